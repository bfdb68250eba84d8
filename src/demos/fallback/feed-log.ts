import { ledgerOf } from '#capture/ledger.ts';
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
  if (name === 'stopped') return 'You stopped it.';
  if (name === 'error') return `It failed: ${String(data['reason'])}.`;
  return undefined;
}

export type FeedSeen = {
  readonly arrivals: readonly Arrival[];
  readonly log: readonly Entry[];
  readonly isOver: boolean;
  /** The transport by which the feed ended. */
  readonly survivor: string | undefined;
  readonly firstAfterMs: number | undefined;
  readonly tries: number;
  /** Tries that brought no update. */
  readonly wasted: number;
  /** Updates that were held already. */
  readonly cameAgain: number;
  /** On the connections of the browser, since the first try. */
  readonly octets: number;
};

/** Reads the last feed out of a run's rows, live or recorded. */
export function feedSeen(rows: readonly Row[]): FeedSeen {
  const from = rows.findLastIndex(({ kind, data }) => kind === 'app' && data['name'] === 'start');
  const since = from < 0 ? [] : rows.slice(from);
  const seen = since.filter(({ kind }) => kind === 'app');
  const named = (name: string) => seen.filter(({ data }) => data['name'] === name);
  const transports = (name: string) => named(name).map(({ data }) => String(data['transport']));
  const done = named('done')[0]?.data;
  const tries = named('try');
  const useful = new Set([...transports('update'), ...transports('again')]);
  const begun = tries[0]?.t ?? Infinity;
  const ledger = ledgerOf(since.filter(({ t }) => t >= begun));
  const afterMs = named('first-update')[0]?.data['afterMs'];
  return {
    arrivals: named('update').map(({ data }) => ({
      number: Number(data['number']),
      transport: String(data['transport']),
    })),
    log: seen.flatMap(({ t, data }) => {
      const text = sentence(data['name'], data);
      return text === undefined ? [] : [{ at: t - (seen[0]?.t ?? 0), text }];
    }),
    isOver: done !== undefined,
    survivor: typeof done?.['transport'] === 'string' ? done['transport'] : undefined,
    firstAfterMs: typeof afterMs === 'number' ? afterMs : undefined,
    tries: tries.length,
    wasted: transports('try').filter((name) => !useful.has(name)).length,
    cameAgain: named('again').length,
    octets: ledger.up.total + ledger.down.total,
  };
}
