import { useEffect, useState } from 'preact/hooks';

type Props = {
  /** Whose clock it is, as in “Your browser”. */
  readonly of: string;
  /** Absent while that cache holds nothing. */
  readonly lifetimeSeconds: number | undefined;
  /** On the run's clock. */
  readonly freshUntil: number;
  readonly why: string;
  /** What to say when it is not fresh. */
  readonly otherwise: string;
  readonly now: () => number;
};

/** Counts down how long a stored response stays fresh. */
export function FreshnessClock({ of, lifetimeSeconds, freshUntil, why, otherwise, now }: Props) {
  const [, redraw] = useState(0);
  const left = lifetimeSeconds === undefined ? 0 : (freshUntil - now()) / 1000;
  const isCounting = left > 0;
  useEffect(() => {
    if (!isCounting) return undefined;
    const timer = setInterval(() => redraw((count) => count + 1), 200);
    return () => clearInterval(timer);
  }, [isCounting, freshUntil]);

  if (lifetimeSeconds === undefined) {
    return <p class="freshness">{of}: holds nothing of this yet.</p>;
  }
  const seconds = Math.max(0, Math.ceil(left));
  return (
    <div class={isCounting ? 'freshness is-fresh' : 'freshness is-stale'}>
      <p>
        <b>
          {of}: {isCounting ? `fresh for ${duration(seconds)} more` : otherwise}
        </b>
        <span>{why}</span>
      </p>
      <meter
        min={0}
        max={Math.max(1, lifetimeSeconds)}
        value={Math.max(0, left)}
        aria-label={`Freshness left, ${of}`}
      />
    </div>
  );
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
