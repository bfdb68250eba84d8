import type { Saw } from '#demo/workbench.ts';

/** How many updates one feed has. */
export const FEED_LENGTH = 16;

/** One update's arrival, and by which transport. */
export type Arrival = { readonly number: number; readonly transport: string };

/** Starts the run's feed anew: eight updates, a pause, eight more. Goes past all boxes. */
export async function startFeed(address: string, saw: Saw, signal: AbortSignal): Promise<void> {
  saw('start');
  const response = await fetch(new URL('feed', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ updates: FEED_LENGTH, intervalMs: 250, pauseAfter: 8, pauseMs: 3000 }),
    signal,
  });
  if (!response.ok) throw new Error(`the feed did not start: ${response.status}`);
}

/** The feed's address behind the boxes of a path, as in `buffer+strip-upgrade`, outermost first. */
export function feedAddress(address: string, path: string): string {
  const boxes = path === 'none' ? [] : path.split('+');
  return boxes.reduce((so, box) => new URL(`via/${box}/`, so).href, address);
}

/** Counts what came, what came more than once, and (when it is over) what never came. */
export function tally(
  arrivals: readonly Arrival[],
  isOver: boolean,
): { readonly received: number; readonly lost: number; readonly doubled: number } {
  const received = new Set(arrivals.map(({ number }) => number)).size;
  return {
    received,
    lost: isOver ? FEED_LENGTH - received : 0,
    doubled: arrivals.length - received,
  };
}
