import type { Saw } from '#demo/workbench.ts';
import { follow, pause, type Transport } from './client.ts';
import { PROBE_LENGTH } from './probe-length.ts';

/**
 * How long an update may be on its way, once the last one is out. The slow box holds what passes it for
 * a quarter of a second each way, and a short poll asks for it half a second late.
 */
const GRACE_MS = 2000;

export type ProbeReport = {
  readonly received: number;
  /** From publishing to the script, the middle one; undefined when none came. */
  readonly medianMs: number | undefined;
  /** How many WebSockets, streams or requests it took. */
  readonly attempts: number;
};

export type Probe = {
  readonly transport: Transport;
  /** Of the feed with its boxes. */
  readonly address: string;
  readonly saw: Saw;
  /** Of `beginFeed`. */
  readonly feed: Feed;
  readonly onUpdate?: (number: number, afterMs: number) => void;
  readonly stop: AbortSignal;
};

/** Settles when the server has published the last update, however fast its clock and ours are. */
export type Feed = { readonly isPublished: Promise<unknown> };

/** Begins the run's feed anew, past all boxes; with `beats`, it says something in its silence too. */
export async function beginFeed(direct: string, signal: AbortSignal, beats = false): Promise<Feed> {
  await command(direct, 'feed', { beats }, signal);
  const published = fetch(new URL('published', direct), { signal, cache: 'no-store' });
  return { isPublished: published.catch(() => undefined) };
}

/** Posts to the demo's server side, and reads what it answers. */
export async function command(
  direct: string,
  path: string,
  content: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const response = await fetch(new URL(path, direct), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(content),
    ...(signal && { signal }),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  return answer;
}

/** Tries one transport on a path, until all sixteen came or they should have come long ago. */
export async function probe({
  transport,
  address,
  saw,
  feed,
  onUpdate,
  stop,
}: Probe): Promise<ProbeReport> {
  const delays = new Map<number, number>();
  const end = new AbortController();
  let attempts = 0;
  void feed.isPublished
    .then(() => pause(GRACE_MS, AbortSignal.any([end.signal, stop])))
    .then(() => end.abort());
  await follow(transport, {
    address,
    after: () => Math.max(0, ...delays.keys()),
    signal: AbortSignal.any([end.signal, stop]),
    stop,
    take: ({ number, at }) => {
      if (number > PROBE_LENGTH || delays.has(number)) return;
      const afterMs = Math.max(0, Date.now() - at);
      delays.set(number, afterMs);
      onUpdate?.(number, afterMs);
      if (delays.size === PROBE_LENGTH) end.abort();
    },
    saw: (name, data) => {
      // EventSource comes back by itself.
      const isBack = name === 'error-event' && data?.['readyState'] === 'CONNECTING';
      if (name === 'try' || isBack) attempts += 1;
      saw(name, data);
    },
  });
  end.abort();
  const sorted = [...delays.values()].sort((one, other) => one - other);
  return { received: delays.size, medianMs: sorted[Math.floor(sorted.length / 2)], attempts };
}
