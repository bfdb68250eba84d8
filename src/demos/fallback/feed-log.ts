import type { Row } from '#capture/row.ts';
import type { Arrival } from './feed.ts';

/** A line of what the client tried, in milliseconds since it was started. */
export type Entry = { readonly at: number; readonly text: string };

/** Says in a sentence what the client did; nothing about what the figures show. */
export function sentence(name: unknown, data: Row['data'] = {}): string | undefined {
  if (name === 'try') return `Trying ${String(data['transport'])}.`;
  if (name === 'give-up') return `Gave up ${String(data['transport'])}: ${String(data['reason'])}.`;
  if (name === 'first-update') return `First update, by ${String(data['transport'])}.`;
  if (name === 'done') {
    return data['transport'] === undefined ? 'No transport is left.' : 'The feed has ended.';
  }
  if (name === 'error') return `It failed: ${String(data['reason'])}.`;
  return undefined;
}

/** Reads out of a recorded run what its user saw at its end. */
export function recordedFeed(rows: readonly Row[]) {
  const seen = rows.filter(({ kind }) => kind === 'app');
  const begun = seen.slice(
    Math.max(
      0,
      seen.findLastIndex(({ data }) => data['name'] === 'start'),
    ),
  );
  const named = (name: string) => begun.filter(({ data }) => data['name'] === name);
  const done = named('done')[0]?.data;
  const arrivals: readonly Arrival[] = named('update').map(({ data }) => ({
    number: Number(data['number']),
    transport: String(data['transport']),
  }));
  const log: readonly Entry[] = begun.flatMap(({ t, data }) => {
    const text = sentence(data['name'], data);
    return text === undefined ? [] : [{ at: t - (begun[0]?.t ?? 0), text }];
  });
  const afterMs = named('first-update')[0]?.data['afterMs'];
  return {
    arrivals,
    log,
    isOver: done !== undefined,
    survivor: typeof done?.['transport'] === 'string' ? done['transport'] : undefined,
    firstAfterMs: typeof afterMs === 'number' ? afterMs : undefined,
  };
}
