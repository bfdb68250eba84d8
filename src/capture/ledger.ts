import { RECORD_HEADER_LENGTH } from '#protocol/tls/record.ts';
import type { Row } from './row.ts';
import { SavedOctets, type NotSent } from './saved-octets.ts';
import { TransportSums, type TransportLedger } from './transport-sums.ts';
import type { Direction } from './wire-event.ts';
import { WireEstimate, type EstimatedColumn } from './wire-estimate.ts';

/** Octets of one direction, by what they are for. */
export type LedgerColumn = {
  /** Heads of requests and responses, the opening handshake's among them; of HTTP/2 field blocks. */
  readonly head: number;
  /** Frame headers, chunk sizes and the line ends around chunks; of HTTP/2 whatever else it sends. */
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
  readonly notSent: NotSent;
  /** Those that carried something. */
  readonly transports: readonly TransportLedger[];
  /** What TLS and TCP/IP would add on a network: computed, not captured. */
  readonly estimate: Readonly<Record<Direction, EstimatedColumn>>;
};

/** How many octets of a row are of which kind. */
export type RowOctets = {
  readonly head: number;
  readonly framing: number;
  readonly payload: number;
  readonly unread: number;
};

/**
 * Adds up what rows cost on the wire, set-up included.
 *
 * @param hop which hop to count; the one at the page when left out.
 */
export function ledgerOf(rows: Iterable<Row>, { hop = 0 }: { readonly hop?: number } = {}): Ledger {
  const reader = new LedgerReader({ hop });
  for (const row of rows) reader.push(row);
  return reader.ledger();
}

/** Adds up rows as they come, each once. */
export class LedgerReader {
  readonly #hop: number;
  readonly #sums = { up: noOctets(), down: noOctets() };
  readonly #transports = new TransportSums();
  readonly #saved = new SavedOctets();
  readonly #estimate = new WireEstimate();
  #exchanges = 0;
  #connections = 0;
  #messages = 0;

  constructor({ hop = 0 }: { readonly hop?: number } = {}) {
    this.#hop = hop;
  }

  push(row: Row): void {
    if (row.vantage === 'page') this.#saved.pushPage(row);
    if (row.vantage !== 'wire' || (row.hop ?? 0) !== this.#hop) return;
    if (row.kind === 'tcp.open') {
      this.#connections++;
      this.#estimate.open();
    }
    if (row.kind === 'http.req.head' || isHttp2Request(row)) this.#exchanges++;
    if (row.kind === 'ws.message' || row.kind === 'sse.event') this.#messages++;
    const octets = octetsOf(row);
    this.#saved.pushWire(row, total(octets));
    this.#transports.push(row, total(octets));
    if (row.direction === undefined || total(octets) === 0) return;
    // What a tunnel carries was written with the frame around it.
    const written = row.kind === 'h2.frame' ? (row.octets?.length ?? 0) : total(octets);
    if (row.data['transport'] !== 'h2') this.#estimate.write(row.direction, written);
    const sums = this.#sums[row.direction];
    sums.head += octets.head;
    sums.framing += octets.framing;
    sums.payload += octets.payload;
    sums.unread += octets.unread;
  }

  ledger(): Ledger {
    const [up, down] = [this.#sums.up, this.#sums.down].map((sums) => ({
      ...sums,
      total: total(sums),
    })) as [LedgerColumn, LedgerColumn];
    const messages = this.#messages;
    return {
      up,
      down,
      exchanges: this.#exchanges,
      connections: this.#connections,
      messages,
      octetsPerMessage: messages === 0 ? undefined : (up.total + down.total) / messages,
      notSent: this.#saved.notSent,
      transports: this.#transports.list(),
      estimate: this.#estimate.columns(),
    };
  }
}

function noOctets(): { -readonly [Kind in keyof RowOctets]: number } {
  return { head: 0, framing: 0, payload: 0, unread: 0 };
}

const total = ({ head, framing, payload, unread }: RowOctets): number =>
  head + framing + payload + unread;

/** Rows of messages and events repeat octets of frames and chunks, and count for nothing here. */
function octetsOf(row: Row): RowOctets {
  const length = row.octets?.length ?? 0;
  const none = noOctets();
  switch (row.kind) {
    case 'http.req.head':
    case 'http.res.head':
      return { ...none, head: length };
    case 'http.req.body':
    case 'http.res.body':
      return { ...none, payload: row.octets === undefined ? keptElsewhere(row) : length };
    case 'http.chunk': {
      const size = typeof row.data['dataLength'] === 'number' ? row.data['dataLength'] : 0;
      return { ...none, payload: size, framing: length - size };
    }
    case 'ws.frame': {
      if (row.detail?.type !== 'frame') return none;
      const { headerLength } = row.detail.frame;
      return { ...none, framing: headerLength, payload: length - headerLength };
    }
    case 'h2.preface':
      return { ...none, framing: length };
    case 'h2.frame':
      return http2Octets(row, length);
    case 'tls.record':
      return { ...none, framing: RECORD_HEADER_LENGTH, unread: length - RECORD_HEADER_LENGTH };
    case 'octets.unread':
      return { ...none, unread: length };
    default:
      return none;
  }
}

/** What a tunnel carries is counted with its own frames. RFC 8441 §5. */
function http2Octets({ data }: Row, length: number): RowOctets {
  const head = Number(data['fieldBlockLength'] ?? 0);
  const content = Number(data['dataLength'] ?? 0);
  const payload = data['tunnel'] === undefined ? content : 0;
  return { ...noOctets(), head, payload, framing: length - head - content };
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
