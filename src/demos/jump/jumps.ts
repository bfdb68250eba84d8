import { ledgerOf } from '#capture/ledger.ts';
import type { Row } from '#capture/row.ts';

/** What jumps by one transport took. */
export type Landings = {
  readonly by: string;
  readonly tookMs: readonly number[];
  readonly meanMs: number | undefined;
  /** Of the page’s own connections, both directions, of the last series. */
  readonly octets: number;
};

/** The last series of jumps. */
export type Series = {
  readonly jumps: number;
  readonly delayMs: number;
  readonly isBusy: boolean;
  readonly post: Landings;
  readonly socket: Landings;
  readonly isOver: boolean;
};

/** Reads the last series out of a run’s rows; undefined when there was none. */
export function seriesOf(rows: readonly Row[]): Series | undefined {
  const began = rows.findLast(({ kind, data }) => kind === 'app' && data['name'] === 'jumping');
  if (began === undefined) return undefined;
  const { first, jumps, delayMs, busy } = began.data;
  const [from, count] = [Number(first), Number(jumps)];
  const isOwn = (jump: unknown) => Number(jump) >= from && Number(jump) < from + count;
  const own = rows.filter(({ data }) => isOwn(data['jump']));
  const landings = (by: string, octets: number): Landings => {
    const tookMs = own
      .filter(({ kind, data }) => kind === 'server' && data['by'] === by)
      .map(({ data }) => Number(data['tookMs']));
    return { by, tookMs, meanMs: meanOf(tookMs), octets };
  };
  const since = rows.slice(rows.indexOf(began));
  return {
    jumps: count,
    delayMs: Number(delayMs),
    isBusy: busy === true,
    post: landings('POST', octetsOfPosts(since)),
    socket: landings('WebSocket', octetsOfFrames(since)),
    isOver: rows.some(({ kind, data }) => kind === 'app' && data['first'] === first && isEnd(data)),
  };
}

const isEnd = ({ name }: Row['data']): boolean => name === 'series' || name === 'error';

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length;
}

/** Frames on the page’s own connections: all of them are of jumps. */
function octetsOfFrames(rows: readonly Row[]): number {
  return rows
    .filter(({ kind, hop = 0 }) => kind === 'ws.frame' && hop === 0)
    .reduce((sum, { octets }) => sum + (octets?.length ?? 0), 0);
}

/** A connection may serve other requests, too: from a POST’s head on it belongs to the jump. */
function octetsOfPosts(rows: readonly Row[]): number {
  const isJump = new Map<number, boolean>();
  const own = rows.filter(({ kind, vantage, connection = 0, hop = 0, data }) => {
    if (vantage !== 'wire' || hop !== 0) return false;
    if (kind === 'http.req.head') {
      isJump.set(connection, String(data['requestTarget']).endsWith('/jumps'));
    }
    return isJump.get(connection) === true;
  });
  const { up, down } = ledgerOf(own);
  return up.total + down.total;
}
