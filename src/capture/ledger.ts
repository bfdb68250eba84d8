import type { Row } from './row.ts';
import type { Direction } from './wire-event.ts';

/** Octets of one direction, by what they are for. */
export type LedgerColumn = {
  /** Heads of requests and responses, the opening handshake's among them. */
  readonly head: number;
  /** Frame headers, chunk sizes and the line ends around chunks. */
  readonly framing: number;
  /** Content of messages: bodies, chunk data, payload data of all frames. */
  readonly payload: number;
  /** Octets in which nothing could be read. */
  readonly unread: number;
  readonly total: number;
};

/** What a run cost on the wire, and what was not sent. */
export type Ledger = Readonly<Record<Direction, LedgerColumn>> & {
  /** Requests. */
  readonly exchanges: number;
  readonly connections: number;
  /** WebSocket messages and events of event streams, both directions. */
  readonly messages: number;
  /** All octets of both directions by messages; `undefined` without messages. */
  readonly octetsPerMessage: number | undefined;
  /** Loads that the browser answered from its own cache: nothing was sent. */
  readonly cacheHits: number;
};

type Sums = { head: number; framing: number; payload: number; unread: number };

/**
 * Adds up what rows cost on the wire, set-up included.
 *
 * @param hop which hop to count; the one at the page when left out.
 */
export function ledgerOf(
  rows: readonly Row[],
  { hop = 0 }: { readonly hop?: number } = {},
): Ledger {
  const sums: Record<Direction, Sums> = { up: noOctets(), down: noOctets() };
  const counts = { exchanges: 0, connections: 0, messages: 0, cacheHits: 0 };
  for (const row of rows) {
    if (row.vantage === 'page') {
      if (row.data['name'] === 'load' && row.data['fromCache'] === true) counts.cacheHits++;
      continue;
    }
    if (row.vantage !== 'wire' || (row.hop ?? 0) !== hop) continue;
    if (row.kind === 'tcp.open') counts.connections++;
    if (row.kind === 'http.req.head' || isHttp2Request(row)) counts.exchanges++;
    if (row.kind === 'ws.message' || row.kind === 'sse.event') counts.messages++;
    if (row.direction !== undefined) addOctets(sums[row.direction], row);
  }
  const [up, down] = [column(sums.up), column(sums.down)];
  const octetsPerMessage =
    counts.messages === 0 ? undefined : (up.total + down.total) / counts.messages;
  return { up, down, ...counts, octetsPerMessage };
}

function noOctets(): Sums {
  return { head: 0, framing: 0, payload: 0, unread: 0 };
}

function column(sums: Sums): LedgerColumn {
  return { ...sums, total: sums.head + sums.framing + sums.payload + sums.unread };
}

/** Rows of messages and events repeat octets of frames and chunks, and count for nothing here. */
function addOctets(sums: Sums, row: Row): void {
  const length = row.octets?.length ?? 0;
  switch (row.kind) {
    case 'http.req.head':
    case 'http.res.head':
      sums.head += length;
      break;
    case 'http.req.body':
    case 'http.res.body':
      sums.payload += row.octets === undefined ? keptElsewhere(row) : length;
      break;
    case 'http.chunk': {
      const size = typeof row.data['dataLength'] === 'number' ? row.data['dataLength'] : 0;
      sums.payload += size;
      sums.framing += length - size;
      break;
    }
    case 'ws.frame':
      if (row.detail?.type !== 'frame') break;
      sums.framing += row.detail.frame.headerLength;
      sums.payload += length - row.detail.frame.headerLength;
      break;
    case 'h2.preface':
      sums.framing += length;
      break;
    case 'h2.frame':
      addHttp2Frame(sums, row, length);
      break;
    case 'octets.unread':
      sums.unread += length;
      break;
    default:
      break;
  }
}

/** In octets. RFC 9113 §4.1. */
const HTTP2_FRAME_HEADER = 9;

/** What a tunnel carries is counted with its own frames. RFC 8441 §5. */
function addHttp2Frame(sums: Sums, { data }: Row, length: number): void {
  if (data['fields'] !== undefined || data['type'] === 'HEADERS') sums.head += length;
  else if (data['type'] !== 'DATA') sums.framing += length;
  else {
    sums.framing += HTTP2_FRAME_HEADER;
    if (data['tunnel'] === undefined) sums.payload += length - HTTP2_FRAME_HEADER;
  }
}

function isHttp2Request({ kind, direction, data }: Row): boolean {
  const { fields } = data;
  const isWithFields = typeof fields === 'object' && fields !== null;
  return kind === 'h2.frame' && direction === 'up' && isWithFields && ':method' in fields;
}

/** A body too long to keep has a length only; a chunked one was counted with its chunks. */
function keptElsewhere(row: Row): number {
  const { chunked, length } = row.data;
  return chunked === true || typeof length !== 'number' ? 0 : length;
}
