import { ConnectionRows } from './connection-rows.ts';
import type { PageEvent } from './page-event.ts';
import type { AddRow } from './row-draft.ts';
import type { Row } from './row.ts';
import { plainFrameLength, type FrameOrigin, type FrameSink } from './plain-frames.ts';
import { StoredResponses } from './stored-responses.ts';
import {
  octetsConnection,
  octetsDirection,
  octetsEnd,
  octetsSeq,
  octetsStart,
  octetsTime,
  type BatchReader,
} from './wire-batch.ts';
import type { Direction, NoteEvent, OpenEvent, WireEvent } from './wire-event.ts';

/**
 * Reads a run as it arrives, from the wire and from the page, into rows.
 *
 * Rows are numbered as they come to be; for the order of time sort by `t`. A head's row gets
 * `data.bodyLength` when its message has ended; nothing else of a row changes.
 */
export class CaptureReader {
  readonly #keepsRows: boolean;
  readonly #rows: Row[] = [];
  /** Rows of the event that is being read. */
  #fresh: Row[] = [];
  #count = 0;
  readonly #connections = new Map<number, ConnectionRows>();
  readonly #opened = new Map<number, OpenEvent>();
  readonly #stored = new StoredResponses();
  readonly #answerers = new Map<number, 'SERVER' | 'BOX'>();
  readonly #origins = new Map<number, FrameOrigin>();
  #lastSeq = 0;

  /** @param keepsRows otherwise who pushes keeps them: a run has no end. */
  constructor({ keepsRows = true } = {}) {
    this.#keepsRows = keepsRows;
  }

  /** Number of the last event that was read. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** All rows, when they are kept here. */
  get rows(): readonly Row[] {
    return this.#rows;
  }

  /**
   * Adopts an event (its octets must not be written to afterwards) and returns the rows that it
   * completes; none for an event that was read before.
   */
  pushWire(event: WireEvent): readonly Row[] {
    this.#fresh = [];
    if (event.kind !== 'dropped' && event.seq <= this.#lastSeq) return [];
    const missing = event.seq - this.#lastSeq - 1;
    if (missing > 0 && event.kind !== 'dropped') {
      this.#lose(event.t, { events: missing });
    }
    this.#lastSeq = Math.max(this.#lastSeq, event.seq);
    this.#read(event);
    return this.#fresh;
  }

  /**
   * Counts the next event of a batch without decoding it, if its octets are plain frames and nothing
   * else, of which each becomes two rows: its own and its message's.
   *
   * @returns whether it did, and told `sink` of them.
   */
  passFrames(batch: BatchReader, sink: FrameSink): boolean {
    const { octetsAt: at, view, octets } = batch;
    if (at === undefined || octetsSeq(view, at) !== this.#lastSeq + 1) return false;
    const t = octetsTime(view, at);
    if (!Number.isFinite(t)) return false;
    const connection = octetsConnection(view, at);
    const direction = octetsDirection(view, at);
    const origin = this.#originOf(connection, direction);
    if (origin === undefined) return false;
    const end = octetsEnd(view, at);
    const isMasked = direction === 'up';
    for (let place = octetsStart(at); place < end;) {
      const length = plainFrameLength(octets, place, end, isMasked);
      if (length === 0) return false;
      place += length;
    }
    for (let place = octetsStart(at); place < end;) {
      sink(this.#count + 1, at, place, origin);
      this.#count += 2;
      place += plainFrameLength(octets, place, end, isMasked);
    }
    this.#lastSeq += 1;
    batch.skip();
    return true;
  }

  #originOf(connection: number, direction: Direction): FrameOrigin | undefined {
    const webSocket = this.#connections.get(connection)?.restingWebSocket(direction);
    if (webSocket === undefined) return undefined;
    let origin = this.#origins.get(connection);
    if (origin === undefined) {
      const open = this.#opened.get(connection);
      origin = {
        up: open?.sender,
        down: this.#answerers.get(connection) ?? 'SERVER',
        hop: open?.hop,
        accepted: webSocket.accepted,
      };
      this.#origins.set(connection, origin);
    }
    return origin;
  }

  /** Adds what the page's own script saw or did. */
  pushPage({ t, name, data }: PageEvent): readonly Row[] {
    this.#fresh = [];
    return [this.#add({ t, kind: 'app', vantage: 'page', data: { ...data, name } })];
  }

  #read(event: WireEvent): void {
    switch (event.kind) {
      case 'open':
        this.#open(event);
        break;
      case 'octets':
        this.#connection(event.connection).push(event.direction, event.octets, event.t);
        break;
      case 'end':
        this.#connections.get(event.connection)?.end(event.direction, event.t);
        this.#addWire(event.connection)({
          t: event.t,
          kind: 'tcp.fin',
          direction: event.direction,
          data: {},
        });
        break;
      case 'close':
        this.#connections.get(event.connection)?.close(event.t);
        this.#addWire(event.connection)({
          t: event.t,
          kind: 'tcp.close',
          data: { hadError: event.hadError },
        });
        this.#connections.delete(event.connection);
        this.#opened.delete(event.connection);
        this.#origins.delete(event.connection);
        this.#answerers.delete(event.connection);
        break;
      case 'note':
        this.#addNote(event);
        break;
      case 'dropped':
        this.#lose(event.t, { events: event.events, octets: event.octets });
        break;
    }
  }

  #open(event: OpenEvent): void {
    this.#opened.set(event.connection, event);
    const add = this.#addWire(event.connection);
    this.#connections.set(
      event.connection,
      new ConnectionRows(add, event.hop, this.#stored, false),
    );
    const { hop, box, onBehalfOf, exchangesBefore } = event;
    // Of a connection of TLS no request target says so: who has it passed on answers on it.
    if (onBehalfOf !== undefined && !this.#answerers.has(onBehalfOf)) {
      this.#answerers.set(onBehalfOf, 'BOX');
    }
    add({
      t: event.t,
      kind: 'tcp.open',
      direction: 'up',
      data: {
        hop,
        exchangesBefore,
        ...(box !== undefined && { box }),
        ...(onBehalfOf !== undefined && { onBehalfOf }),
      },
    });
  }

  /** A connection whose `open` was lost is read from the first request on that can be told. */
  #connection(number: number): ConnectionRows {
    const known = this.#connections.get(number);
    if (known !== undefined) return known;
    const connection = new ConnectionRows(this.#addWire(number), 0, this.#stored, true);
    this.#connections.set(number, connection);
    return connection;
  }

  #lose(t: number, data: Record<string, unknown>): void {
    this.#add({ t, kind: 'dropped', vantage: 'wire', data });
    for (const connection of this.#connections.values()) connection.lose();
  }

  #addNote({ t, vantage, connection, name, data }: NoteEvent): void {
    this.#add({
      t,
      kind: vantage,
      vantage,
      ...(connection !== undefined && { connection }),
      data: { ...data, name },
    });
  }

  #addWire(connection: number): AddRow {
    return (draft) => {
      const open = this.#opened.get(connection);
      if (draft.kind === 'http.req.head') {
        this.#answerers.set(connection, answererOf(draft.data['requestTarget']));
      }
      const answerer = this.#answerers.get(connection) ?? 'SERVER';
      const sender = draft.direction === 'down' ? answerer : open?.sender;
      return this.#add({
        ...draft,
        vantage: 'wire',
        connection,
        ...(sender !== undefined && { sender }),
        ...(open !== undefined && { hop: open.hop }),
      });
    };
  }

  #add(draft: Omit<Row, 'number'>): Row {
    this.#count += 1;
    const row: Row = { number: this.#count, ...draft };
    this.#fresh.push(row);
    if (this.#keepsRows) this.#rows.push(row);
    return row;
  }
}

/** A request through a box is answered by the box, whoever stands behind it. */
function answererOf(requestTarget: unknown): 'SERVER' | 'BOX' {
  return /^\/live\/[^/]+\/[^/]+\/via\//.test(String(requestTarget)) ? 'BOX' : 'SERVER';
}
