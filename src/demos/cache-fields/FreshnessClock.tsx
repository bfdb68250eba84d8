import { useEffect, useState } from 'preact/hooks';
import { reasons, type Expectation } from './expectation.ts';

type Stored = { readonly until: number; readonly expected: Expectation };
type Props = {
  /** The load that the cache took its stored response from. */
  readonly stored: Stored | undefined;
  readonly now: () => number;
};

/** Counts down how long the stored response stays fresh. */
export function FreshnessClock({ stored, now }: Props) {
  const [, redraw] = useState(0);
  const lifetimeSeconds = stored?.expected.lifetimeSeconds ?? 0;
  const left = stored === undefined ? 0 : lifetimeSeconds - (now() - stored.until) / 1000;
  const isCounting = left > 0;
  useEffect(() => {
    if (!isCounting) return undefined;
    const timer = setInterval(() => redraw((count) => count + 1), 200);
    return () => clearInterval(timer);
  }, [isCounting, stored]);

  if (stored === undefined) {
    return <p class="freshness">The cache holds nothing of this yet.</p>;
  }
  const seconds = Math.max(0, Math.ceil(left));
  return (
    <div class={isCounting ? 'freshness is-fresh' : 'freshness is-stale'}>
      <p>
        <b>{isCounting ? `Fresh for ${duration(seconds)} more` : staleWord(stored.expected)}</b>
        <span>{reasons[stored.expected.why]}</span>
      </p>
      <meter
        min={0}
        max={Math.max(1, lifetimeSeconds)}
        value={Math.max(0, left)}
        aria-label="Freshness left"
      />
    </div>
  );
}

function staleWord({ why }: Expectation): string {
  if (why === 'no-store') return 'Not stored';
  return why === 'explicit' || why === 'heuristic' ? 'Stale: it has to ask' : 'Never fresh';
}

function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
