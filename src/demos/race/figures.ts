import { ledgerOf } from '#capture/ledger.ts';
import type { Row } from '#capture/row.ts';
import { Lanes, type Conditions } from './lanes.ts';

/** An event at the page: when, on the run's clock, and how long after it was published. */
export type Arrival = { readonly at: number; readonly lateMs: number };

/** What one lane has brought and cost. */
export type LaneFigures = {
  readonly lane: string;
  readonly name: string;
  readonly arrivals: readonly Arrival[];
  readonly predictedMs: number;
  /** Undefined while nothing has come, as are the next two. */
  readonly meanMs: number | undefined;
  readonly medianMs: number | undefined;
  readonly maxMs: number | undefined;
  readonly requests: number;
  /** Of the connection to the page, both directions, heads included. */
  readonly octets: number;
};

/** One race, read off the rows of its run. */
export type RaceFigures = {
  readonly feed: number;
  readonly conditions: Conditions;
  readonly count: number;
  /** Moments of the events, on the run's clock. */
  readonly published: readonly number[];
  readonly lanes: readonly LaneFigures[];
  /**
   * What the browser took on average from an answer to long polling to its next question, in
   * milliseconds, on the page's own connection; undefined before the second question.
   */
  readonly turnaroundMs: number | undefined;
  readonly isOver: boolean;
  /** The page was hidden for a while: its timers were slowed. */
  readonly wasHidden: boolean;
};

type Start = Conditions & { readonly feed: number; readonly count: number; readonly lanes: string };

/**
 * Reads the last race of a run; undefined when there was none.
 *
 * The same for a live run and a recorded one, and the octets are those that were captured.
 */
export function raceOf(rows: readonly Row[]): RaceFigures | undefined {
  const began = rows.findLastIndex(({ kind, data }) => kind === 'app' && data['name'] === 'start');
  const start = rows[began]?.data as Start | undefined;
  if (start === undefined) return undefined;
  const { feed, count, lanes } = start;
  const own = rowsByLane(rows, feed);
  const turnaroundMs = turnaroundOf(own.get('long') ?? []);
  const known = { ...start, turnaroundMs: turnaroundMs ?? 0 };
  const ofFeed = rows.slice(began).filter(({ data }) => data['feed'] === feed);
  const over = ofFeed.find(({ data }) => data['name'] === 'finish');
  return {
    feed,
    count,
    conditions: start,
    published: ofFeed
      .filter(({ kind, data }) => kind === 'server' && data['name'] === 'event')
      .map(({ t }) => t),
    lanes: Lanes.filter(({ id }) => lanes === 'all' || lanes === id).map(
      ({ id, name, predict }) => ({
        lane: id,
        name,
        predictedMs: predict(known),
        ...arrived(ofFeed.filter(({ data }) => data['name'] === 'arrival' && data['lane'] === id)),
        ...paid(own.get(id) ?? []),
      }),
    ),
    turnaroundMs,
    isOver: over !== undefined,
    wasHidden: over?.data['hidden'] === true,
  };
}

function arrived(rows: readonly Row[]) {
  const arrivals = rows.map(({ t, data }) => ({ at: t, lateMs: Number(data['lateMs']) }));
  const sorted = arrivals.map(({ lateMs }) => lateMs).sort((a, b) => a - b);
  const { length } = sorted;
  return {
    arrivals,
    meanMs: length === 0 ? undefined : sorted.reduce((sum, ms) => sum + ms, 0) / length,
    medianMs: sorted[Math.ceil(length / 2) - 1],
    maxMs: sorted.at(-1),
  };
}

/** One question at a time: the next request on any connection of the lane is the next question. */
function turnaroundOf(rows: readonly Row[]): number | undefined {
  let [count, totalMs] = [0, 0];
  let answeredAt: number | undefined;
  for (const { kind, t } of rows) {
    if (kind === 'http.res.head') answeredAt = t;
    if (kind !== 'http.req.head' || answeredAt === undefined) continue;
    totalMs += t - answeredAt;
    count += 1;
  }
  return count === 0 ? undefined : totalMs / count;
}

function paid(rows: readonly Row[]) {
  const { up, down, exchanges } = ledgerOf(rows);
  return { requests: exchanges, octets: up.total + down.total };
}

/**
 * Sorts what crossed the page's own connections by lane.
 *
 * Lanes may share a kept-alive connection: what follows a request on it belongs to that request's.
 */
function rowsByLane(rows: readonly Row[], feed: number): ReadonlyMap<string, Row[]> {
  const own = new Map<string, Row[]>();
  const laneOn = new Map<number, string | undefined>();
  const target = new RegExp(`/([a-z]+)\\?feed=${feed}(?:&|$)`);
  for (const row of rows) {
    const { connection, hop = 0, kind, data } = row;
    if (row.vantage !== 'wire' || connection === undefined || hop !== 0) continue;
    if (kind === 'http.req.head')
      laneOn.set(connection, target.exec(String(data['requestTarget']))?.[1]);
    const lane = laneOn.get(connection);
    if (lane === undefined) continue;
    const known = own.get(lane);
    if (known === undefined) own.set(lane, [row]);
    else known.push(row);
  }
  return own;
}
