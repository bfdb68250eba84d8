import type { Row } from '#capture/row.ts';

/** What one round of reading took, read off the wire. */
export type Bill = {
  readonly way: string;
  /** Robots, or sockets of the browser, on real connections. */
  readonly readers: number;
  /** Responses, events and messages that left the origin. */
  readonly originMessages: number;
  readonly originOctets: number;
  readonly readerOctets: number;
  /** WebSocket frames that left the origin, handshakes apart, and their octets. */
  readonly frames: number;
  readonly frameOctets: number;
  /** Answers or messages that reached readers. */
  readonly served: number;
  /** Outcome of a cache → how often. */
  readonly decisions: ReadonlyMap<string, number>;
  /** The oldest answer out of the store, in seconds. */
  readonly oldest: number | undefined;
};

const READERS = /\/(?:readers\/[\w-]+(?:\?|$)|ws$)/;
/** What brings the score: of a stream that is not the head, which comes at once. */
const carrierOf = (way: unknown): string =>
  way === 'events' ? 'sse.event' : way === 'websocket' ? 'ws.message' : 'http.res.head';
/** Their octets are those of frames and chunks, which have rows of their own. */
const REPEATED: ReadonlySet<string> = new Set(['ws.message', 'sse.event']);

/** Adds up the last round: what comes after its mark, on the connections of readers. */
export function lastBill(rows: readonly Row[]): Bill | undefined {
  const from = rows.findLastIndex(({ kind, data }) => kind === 'app' && data['name'] === 'round');
  const round = rows[from];
  if (round === undefined) return undefined;
  const hops = new Map<number, number>();
  const decisions = new Map<string, number>();
  const sum = {
    originMessages: 0,
    originOctets: 0,
    readerOctets: 0,
    frames: 0,
    frameOctets: 0,
    served: 0,
  };
  let oldest: number | undefined;
  // The page's mark may come a little later than the first octets that it caused.
  for (const row of rows) {
    if (row.t < round.t - 8) continue;
    const { kind, data, connection = 0, hop = 0, octets } = row;
    if (kind === 'http.req.head' && READERS.test(String(data['requestTarget']))) {
      hops.set(connection, hop);
    }
    if (kind === 'box' && data['name'] === 'cache-decision') {
      const outcome = String(data['outcome']);
      decisions.set(outcome, (decisions.get(outcome) ?? 0) + 1);
      if (outcome !== 'miss') oldest = Math.max(oldest ?? 0, Number(data['age'] ?? 0));
    }
    if (row.direction !== 'down' || !hops.has(connection)) continue;
    const count = kind === carrierOf(round.data['way']) ? 1 : 0;
    const length = REPEATED.has(kind) ? 0 : (octets?.length ?? 0);
    if (row.sender === 'SERVER') {
      sum.originMessages += count;
      sum.originOctets += length;
      if (kind === 'ws.frame' && data['opcode'] !== 8) {
        sum.frames += 1;
        sum.frameOctets += length;
      }
    }
    if (hops.get(connection) === 0) {
      sum.served += count;
      sum.readerOctets += length;
    }
  }
  const { way, readers } = round.data;
  return { way: String(way), readers: Number(readers), ...sum, decisions, oldest };
}
