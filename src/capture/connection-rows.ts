import {
  ConnectionReader,
  type ConnectionElement,
  type Exchange,
} from '#protocol/http/connection-reader.ts';
import type { HttpHead, RequestHead, ResponseHead } from '#protocol/http/head.ts';
import type { Framing } from '#protocol/http/framing.ts';
import { beginsWithPreface } from '#protocol/http2/preface.ts';
import { concatOctets, latin1FromOctets } from '#protocol/octets.ts';
import { beginsWithTls } from '#protocol/tls/record.ts';
import { extensionsOf } from '#protocol/websocket/extensions.ts';
import { asksForWebSocket } from '#protocol/websocket/handshake.ts';
import { fieldRecord } from './field-record.ts';
import { handshakeData, headData, isInterim } from './head-data.ts';
import { HttpBody } from './http-body.ts';
import { http2Provider, tlsProvider, type ProtocolReading } from './protocol-providers.ts';
import type { AddRow } from './row-draft.ts';
import type { Row } from './row.ts';
import type { StoredResponses } from './stored-responses.ts';
import { WebSocketRows } from './web-socket-rows.ts';
import type { Direction } from './wire-event.ts';

type OpenMessage = {
  readonly row: Row;
  /** The row's data, to which the body's length comes when it is known. */
  readonly data: Record<string, unknown>;
  readonly body: HttpBody;
};

type OpenRequest = { readonly row: Row; readonly fields: Readonly<Record<string, string>> };

/** Turns the octets of one connection into rows. */
export class ConnectionRows {
  readonly #add: AddRow;
  readonly #hop: number;
  readonly #stored: StoredResponses;
  #reader = new ConnectionReader();
  #messages: Partial<Record<Direction, OpenMessage>> = {};
  /** Rows of requests whose final response has not ended. */
  readonly #requests = new Map<Exchange, OpenRequest>();
  /** A request for WebSocket that has no final response. */
  #handshake: Exchange | undefined;
  #webSocket: WebSocketRows | undefined;
  /** Of a protocol that is not HTTP/1.1. */
  #other: ProtocolReading | undefined;
  /** The client's first octets, as long as they may be the preface of HTTP/2. */
  #maybePreface: Uint8Array | undefined = new Uint8Array(0);
  #isLost: boolean;

  /** @param isLost whether octets came before those that will be pushed first. */
  constructor(add: AddRow, hop: number, stored: StoredResponses, isLost: boolean) {
    this.#add = add;
    this.#hop = hop;
    this.#stored = stored;
    this.#isLost = isLost;
  }

  push(direction: Direction, octets: Uint8Array, t: number): void {
    if (this.#isLost && !this.#finds(direction, octets)) {
      this.#add({ t, kind: 'octets.unread', direction, octets, data: { code: 'EVENTS_LOST' } });
      return;
    }
    const begin = this.#maybePreface;
    if (begin !== undefined && direction === 'up')
      this.#pushFirst(concatOctets([begin, octets]), t);
    else if (this.#other !== undefined) this.#other.push(direction, octets, t);
    else this.#addElements(this.#reader.push(direction, octets, t));
  }

  /** Decides by what the client says first whether this is HTTP/2 or TLS. RFC 9113 §3.4, RFC 8446 §5.1. */
  #pushFirst(octets: Uint8Array, t: number): void {
    if (tlsProvider.begin !== undefined && beginsWithTls(octets)) {
      this.#maybePreface = undefined;
      this.#other = tlsProvider.begin(this.#add);
      this.push('up', octets, t);
      return;
    }
    const isHttp2 = http2Provider.begin === undefined ? false : beginsWithPreface(octets);
    this.#maybePreface = isHttp2 === undefined ? octets : undefined;
    if (isHttp2 === true) this.#other = http2Provider.begin?.(this.#add);
    if (isHttp2 !== undefined) this.push('up', octets, t);
  }

  /** The WebSocket, when what comes next in a direction depends on nothing that came before. */
  restingWebSocket(direction: Direction): WebSocketRows | undefined {
    return this.#isLost || this.#webSocket?.isAtRest(direction) !== true
      ? undefined
      : this.#webSocket;
  }

  end(direction: Direction, t: number): void {
    this.#addElements(this.#reader.end(direction, t));
    this.#endDirection(direction, t);
  }

  close(t: number): void {
    this.#addElements(this.#reader.close(t));
    this.#endDirection('up', t);
    this.#endDirection('down', t);
    if (this.#handshake !== undefined) this.#addHandshake(this.#handshake, undefined, t);
  }

  /** Says that octets are missing here, so that the place in the stream is not known any more. */
  lose(): void {
    this.#isLost = true;
  }

  /** After a loss the first thing that can be told with certainty is a request's first line. */
  #finds(direction: Direction, octets: Uint8Array): boolean {
    const begin = latin1FromOctets(octets.subarray(0, 4096));
    const hasLeftHttp = this.#webSocket !== undefined || this.#other !== undefined;
    if (direction === 'down' || hasLeftHttp) return false;
    if (!/^[A-Z]+ [^ \r\n]+ HTTP\/1\.[01]\r?\n/.test(begin)) return false;
    this.#reader = new ConnectionReader();
    this.#messages = {};
    this.#requests.clear();
    this.#handshake = undefined;
    this.#isLost = false;
    return true;
  }

  #endDirection(direction: Direction, t: number): void {
    this.#other?.end(direction, t);
    this.#webSocket?.end(direction, t);
    if (this.#messages[direction] !== undefined) this.#endMessage(direction, t, false);
  }

  #addElements(elements: readonly ConnectionElement[]): void {
    for (const element of elements) this.#addElement(element);
  }

  #addElement(element: ConnectionElement): void {
    const { direction, t, octets, exchange } = element;
    switch (element.type) {
      case 'head':
        this.#addHead(element.head, element.framing, element, exchange);
        break;
      case 'end':
        if (direction === 'down' && exchange !== undefined) this.#endExchange(exchange);
        this.#endMessage(direction, t, true);
        break;
      case 'switched':
        if (this.#webSocket !== undefined) this.#webSocket.push(direction, octets, t);
        else this.#addUnread(element, { code: 'OTHER_PROTOCOL' });
        break;
      case 'unread':
        if (element.code === 'MESSAGE_INCOMPLETE') this.#endMessage(direction, t, false);
        this.#addUnread(element, { code: element.code, section: element.section });
        break;
      default:
        this.#messages[direction]?.body.push(element, t);
    }
  }

  #addUnread({ direction, t, octets }: ConnectionElement, data: Record<string, unknown>): void {
    if (octets.length > 0) this.#add({ t, kind: 'octets.unread', direction, octets, data });
  }

  #addHead(
    head: HttpHead,
    framing: Framing,
    { direction, t, octets }: ConnectionElement,
    exchange: Exchange | undefined,
  ): void {
    const request = exchange === undefined ? undefined : this.#requests.get(exchange);
    const fields = fieldRecord(head.fieldLines);
    const data = headData(head, framing, fields, exchange);
    if (head.type === 'response' && head.statusCode === 304 && request !== undefined) {
      const target = exchange?.request?.requestTarget ?? '';
      const revalidates = this.#stored.find(this.#hop, target, request.fields);
      if (revalidates !== undefined) data['revalidates'] = revalidates;
    }
    const row = this.#add({
      t,
      kind: head.type === 'request' ? 'http.req.head' : 'http.res.head',
      direction,
      octets,
      detail: { type: 'head', head },
      data,
      ...(head.type === 'response' && request !== undefined && { answers: request.row.number }),
    });
    // Coded content is octets of gzip or the like: no lines of events are in it.
    const isCoded = (fields['content-encoding'] ?? 'identity') !== 'identity';
    const isEventStream = !isCoded && /^text\/event-stream\b/i.test(fields['content-type'] ?? '');
    const body = new HttpBody(this.#add, row, direction, isEventStream);
    this.#messages[direction] = { row, data, body };
    if (exchange === undefined) return;
    if (head.type === 'request') this.#openExchange(exchange, head, { row, fields });
    else this.#answer(exchange, head, row, fields, t);
  }

  #openExchange(exchange: Exchange, head: RequestHead, request: OpenRequest): void {
    this.#requests.set(exchange, request);
    if (asksForWebSocket(head)) this.#handshake = exchange;
  }

  #answer(
    exchange: Exchange,
    head: ResponseHead,
    row: Row,
    fields: Readonly<Record<string, string>>,
    t: number,
  ): void {
    if (head.statusCode === 200 && exchange.request?.method === 'GET') {
      this.#stored.remember(this.#hop, exchange.request.requestTarget, row, fields);
    }
    if (exchange !== this.#handshake || isInterim(head)) return;
    this.#addHandshake(exchange, head, t);
    if (head.statusCode === 101)
      this.#webSocket = new WebSocketRows(this.#add, extensionsOf(head) ?? []);
  }

  /** @param response `undefined` when the connection ended without one. */
  #addHandshake(exchange: Exchange, response: ResponseHead | undefined, t: number): void {
    this.#handshake = undefined;
    const { request } = exchange;
    const requestRow = this.#requests.get(exchange)?.row;
    if (request === undefined || requestRow === undefined) return;
    this.#add({
      t,
      kind: 'ws.handshake',
      direction: 'down',
      answers: requestRow.number,
      data: {
        exchange: exchange.number,
        ...handshakeData(request, response),
      },
    });
  }

  #endMessage(direction: Direction, t: number, isComplete: boolean): void {
    const message = this.#messages[direction];
    if (message === undefined) return;
    delete this.#messages[direction];
    message.data['bodyLength'] = message.body.length;
    message.body.end(t, isComplete);
  }

  #endExchange(exchange: Exchange): void {
    const detail = this.#messages.down?.row.detail;
    const isFinal = detail?.type === 'head' && !isInterim(detail.head);
    if (isFinal) this.#requests.delete(exchange);
  }
}
