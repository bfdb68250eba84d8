import { responseFraming } from './framing.ts';
import { fieldMembers, fieldValue, type RequestHead } from './head.ts';
import type { MessageElement } from './message-element.ts';
import { MessageReader } from './message-reader.ts';

/** `up` is from client to server. */
type Direction = 'up' | 'down';

/** A request with its responses: interim ones and the final one. RFC 9110 §3.4. */
export type Exchange = {
  /** 1, 2, 3 … on this connection. */
  readonly number: number;
  /** `undefined` for a response that nobody asked for. */
  readonly request: RequestHead | undefined;
};

/** An element of either direction, with the exchange that it belongs to. */
export type ConnectionElement = MessageElement & {
  readonly direction: Direction;
  /** When the last octet of it arrived, as given to {@link ConnectionReader.push}. */
  readonly t: number;
  /** `undefined` only for octets that fit no message. */
  readonly exchange: Exchange | undefined;
};

type Arrival = { readonly octets: Uint8Array; readonly t: number };

type OpenExchange = Exchange & {
  /** The final response's head has been read. */
  answered: boolean;
};

/**
 * Reads both directions of one connection and pairs responses with requests. RFC 9112 §9.3.
 *
 * After a request that asks for another protocol, what the client sends next can't be read before
 * the answer to that request: it is held until then, and read with the times at which it arrived.
 */
export class ConnectionReader {
  readonly #requests = new MessageReader('request');
  readonly #responses = new MessageReader('response', (head) =>
    responseFraming(head, this.#unanswered[0]?.request?.method),
  );
  /** Exchanges whose final response has not ended, oldest first. */
  readonly #unanswered: OpenExchange[] = [];
  #held: Arrival[] = [];
  /** When the octets arrived that the request reader has not read. */
  #upT = 0;
  #exchanges: number;
  #requested: OpenExchange | undefined;
  #responded: OpenExchange | undefined;
  /** Its request asked for another protocol and is complete, and there is no final response yet. */
  #upgrading: OpenExchange | undefined;
  #switched: OpenExchange | undefined;
  #upEnded: { readonly t: number } | undefined;

  /** @param exchangesBefore that are complete, when a connection is not read from its beginning. */
  constructor(exchangesBefore = 0) {
    this.#exchanges = exchangesBefore;
  }

  /** Whether this connection speaks another protocol since a 101, or since a 2xx to CONNECT. */
  get isSwitched(): boolean {
    return this.#switched !== undefined;
  }

  /** Octets that wait for the answer to an upgrade. */
  get heldLength(): number {
    const held = this.#held.reduce((length, { octets }) => length + octets.length, 0);
    return held + (this.#upgrading === undefined ? 0 : this.#requests.unreadLength);
  }

  /** Adopts octets (the caller must not write to them afterwards) and returns what they complete. */
  push(direction: Direction, octets: Uint8Array, t: number): ConnectionElement[] {
    if (direction === 'down') {
      this.#responses.receive(octets);
      return this.#readDown(t);
    }
    if (this.#upgrading !== undefined) {
      this.#held.push({ octets, t });
      return [];
    }
    this.#requests.receive(octets);
    return this.#readUp(t);
  }

  /** Says that one direction sends no more; returns what only that completes. RFC 9112 §8. */
  end(direction: Direction, t: number): ConnectionElement[] {
    if (direction === 'down') {
      this.#responses.end();
      const elements = this.#readDown(t);
      this.#upgrading = undefined;
      return [...elements, ...this.#release()];
    }
    this.#upEnded = { t };
    return this.#upgrading === undefined ? this.#release() : [];
  }

  /** Says that the connection is gone, which ends both directions. */
  close(t: number): ConnectionElement[] {
    this.#upEnded ??= { t };
    return this.end('down', t);
  }

  #readDown(t: number): ConnectionElement[] {
    const elements: ConnectionElement[] = [];
    for (let read = this.#responses.next(); read !== undefined; read = this.#responses.next()) {
      const upgrading = this.#upgrading;
      elements.push({ ...read, direction: 'down', t, exchange: this.#pairDown(read) });
      const isRefused = upgrading !== undefined && this.#upgrading === undefined;
      // What was held may be the request that the next response answers.
      if (isRefused && this.#switched === undefined) elements.push(...this.#release());
    }
    if (this.#upgrading === undefined) elements.push(...this.#release());
    return elements;
  }

  #readUp(t: number): ConnectionElement[] {
    const elements: ConnectionElement[] = [];
    this.#upT = t;
    while (this.#upgrading === undefined) {
      const read = this.#requests.next();
      if (read === undefined) break;
      elements.push({ ...read, direction: 'up', t, exchange: this.#pairUp(read) });
    }
    return elements;
  }

  /** Reads what was held, each arrival with its own time, unless an upgrade is met again. */
  #release(): ConnectionElement[] {
    const elements = this.#readUp(this.#upT);
    while (this.#upgrading === undefined) {
      const arrival = this.#held.shift();
      if (arrival === undefined) break;
      this.#requests.receive(arrival.octets);
      elements.push(...this.#readUp(arrival.t));
    }
    if (this.#upEnded !== undefined && this.#upgrading === undefined) {
      this.#requests.end();
      elements.push(...this.#readUp(this.#upEnded.t));
    }
    return elements;
  }

  #pairUp(element: MessageElement): OpenExchange | undefined {
    if (element.type === 'switched') return this.#switched;
    if (element.type === 'head' && element.head.type === 'request') {
      this.#requested = this.#open(element.head);
      this.#unanswered.push(this.#requested);
    }
    const exchange = this.#requested;
    if (element.type === 'end') {
      this.#requested = undefined;
      if (exchange !== undefined && exchange === this.#switched) this.#requests.switchProtocols();
      else if (exchange?.answered === false && asksToSwitch(exchange)) this.#upgrading = exchange;
    }
    return exchange;
  }

  #pairDown(element: MessageElement): OpenExchange | undefined {
    if (element.type === 'switched') return this.#switched;
    if (element.type === 'unread' && element.code !== 'EMPTY_LINE_BEFORE_START_LINE') {
      this.#upgrading = undefined;
    }
    if (element.type === 'head' && element.head.type === 'response') {
      this.#responded = this.#unanswered[0] ?? this.#open(undefined);
      const { statusCode } = element.head;
      this.#responded.answered = statusCode >= 200 || statusCode === 101;
      if (element.framing.type === 'switched') this.#switched = this.#responded;
    }
    const exchange = this.#responded ?? this.#unanswered[0];
    if (element.type === 'end') this.#finish();
    return exchange;
  }

  /** The response has ended: an interim one leaves its exchange open. RFC 9110 §15.2. */
  #finish(): void {
    const exchange = this.#responded;
    this.#responded = undefined;
    if (exchange === undefined || !exchange.answered) return;
    if (this.#unanswered[0] === exchange) this.#unanswered.shift();
    if (this.#switched === exchange) {
      this.#responses.switchProtocols();
      if (this.#requested !== exchange) this.#requests.switchProtocols();
    }
    if (this.#upgrading === exchange) this.#upgrading = undefined;
  }

  #open(request: RequestHead | undefined): OpenExchange {
    return { number: ++this.#exchanges, request, answered: false };
  }
}

/** RFC 9110 §7.8: Upgrade counts only when Connection names it. */
function asksToSwitch({ request }: Exchange): boolean {
  if (request === undefined) return false;
  const upgrades =
    fieldValue(request, 'upgrade') !== undefined &&
    fieldMembers(request, 'connection').includes('upgrade');
  return upgrades || request.method === 'CONNECT';
}
