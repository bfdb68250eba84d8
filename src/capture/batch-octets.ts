import type { Row } from './row.ts';
import { tcpOverhead, tlsOverhead } from './wire-estimate.ts';
import type { Direction } from './wire-event.ts';

/** One write of a program: a head, a head with its content, a chunk or a frame. */
export type Write = { readonly direction: Direction; readonly length: number };

/** What the exchanges of one batch put on the wire, how they ended left out. */
export type BatchOctets = {
  /** Of requests and their answers: with an event stream or a WebSocket, what sets it up. */
  readonly heads: number;
  /** Everything after them: content, chunks, frames. */
  readonly after: number;
  readonly exchanges: number;
  /** Length of the last frame or chunk; 0 without one. */
  readonly last: number;
  /** Of requests and of answers that have no chunks and no frames. */
  readonly polls: readonly Write[];
  /** Of chunks and frames. */
  readonly pushes: readonly Write[];
};

type Draft = { -readonly [Name in keyof BatchOctets]: BatchOctets[Name] } & {
  polls: Write[];
  pushes: Write[];
};

/**
 * Adds up octets of exchanges that belong together.
 *
 * A Close frame and a last chunk are not counted: a connection may stay open for as long as it likes.
 *
 * @param keyOf what a request belongs to, by its request target; `undefined`: it is not counted
 */
export function batchOctets(
  rows: Iterable<Row>,
  keyOf: (requestTarget: string) => string | undefined,
): ReadonlyMap<string, BatchOctets> {
  const batches = new Map<string, Draft>();
  const now = new Map<number, Draft | undefined>();
  for (const row of rows) {
    if (row.vantage !== 'wire' || row.connection === undefined) continue;
    if (row.kind === 'http.req.head') {
      const key = keyOf(String(row.data['requestTarget']));
      const batch = key === undefined ? undefined : (batches.get(key) ?? emptyBatch());
      if (key !== undefined && batch !== undefined) batches.set(key, batch);
      now.set(row.connection, batch);
    }
    const batch = now.get(row.connection);
    if (batch !== undefined) add(batch, row);
  }
  return batches;
}

const emptyBatch = (): Draft => ({
  heads: 0,
  after: 0,
  exchanges: 0,
  last: 0,
  polls: [],
  pushes: [],
});

function add(batch: Draft, { kind, direction = 'up', octets, data }: Row): void {
  const length = octets?.length ?? 0;
  switch (kind) {
    case 'http.req.head':
      batch.exchanges++;
      batch.heads += length;
      batch.polls.push({ direction, length });
      break;
    case 'http.res.head':
      batch.heads += length;
      batch.polls.push({ direction, length });
      break;
    case 'http.res.body': {
      // Of a chunked body the chunks were counted.
      if (data['chunked'] === true) break;
      batch.after += length;
      const head = batch.polls.pop();
      batch.polls.push({ direction, length: length + (head?.length ?? 0) });
      break;
    }
    case 'http.chunk':
      if (data['dataLength'] !== 0) push(batch, direction, length);
      break;
    case 'ws.frame':
      if (data['opcode'] !== 8) push(batch, direction, length);
      break;
    default:
      break;
  }
}

function push(batch: Draft, direction: Direction, length: number): void {
  batch.after += length;
  batch.last = length;
  batch.pushes.push({ direction, length });
}

/** What TLS and TCP/IP add to writes: a model, see {@link tlsOverhead}. */
export function layersBelow(writes: readonly { readonly length: number }[]): {
  readonly tls: number;
  readonly tcp: number;
} {
  const sum = (of: (length: number) => number) =>
    writes.reduce((total, { length }) => total + of(length), 0);
  return { tls: sum(tlsOverhead), tcp: sum((length) => tcpOverhead(length + tlsOverhead(length))) };
}
