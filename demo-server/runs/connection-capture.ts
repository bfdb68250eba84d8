import type { Direction, OpenEvent } from '#capture/wire-event.ts';
import {
  ConnectionReader,
  type ConnectionElement,
  type Exchange,
} from '#protocol/http/connection-reader.ts';
import type { WireTapListener } from '#demo-server/wire-tap/wire-tap.ts';

import { Arrivals, type ArrivalPart } from './arrivals.ts';
import { plainRequest, plainResponse } from './plain-message.ts';
import { withheldSpans, withhold, type Span } from './redaction.ts';
import type { RunStore } from './run-store.ts';
import type { Run } from './run.ts';

/** Who opened a connection. */
export type ConnectionOrigin = Pick<OpenEvent, 'sender' | 'hop' | 'box' | 'onBehalfOf'>;

/** A part of one arrival that belongs to one run. */
type Piece = ArrivalPart & { readonly run: Run; readonly exchangesBefore: number; to: number };

type BoundExchange = { readonly exchange: Exchange; readonly run: Run | undefined };

/** A plain request that has no response yet. Its octets are stored already. */
type Asked = {
  readonly method: string;
  readonly run: Run | undefined;
  /** A copy with nothing withheld, for when the response takes thought. */
  readonly octets: Uint8Array;
  readonly t: number;
};

/** What there is of a connection as long as its exchanges are told apart. */
type ExchangeReading = {
  readonly reader: ConnectionReader;
  readonly arrivals: Readonly<Record<Direction, Arrivals>>;
  /** Spans from the first octet of each direction. */
  readonly withheld: Readonly<Record<Direction, Span[]>>;
  /** The exchange that each direction is in, with its run. */
  readonly bound: Record<Direction, BoundExchange | undefined>;
};

/** More than a head may take, and more than a client sends before its upgrade is answered. */
const MAX_WAITING = 1024 * 1024;
const LIVE_TARGET = /^\/live\/([^/?]+)/;

/**
 * Gives the octets of one connection to the runs that they belong to.
 *
 * A keep-alive connection carries exchanges of several runs and of none: an exchange belongs to the
 * run that its request target names, and after an upgrade all the rest does. What belongs to no run,
 * and what is not understood and so can't be redacted, is forgotten at once.
 */
export class ConnectionCapture implements WireTapListener {
  readonly #number: number;
  readonly #origin: () => ConnectionOrigin;
  readonly #runs: RunStore;
  /** Runs that have seen this connection open; those that have ended are forgotten with the next. */
  #openIn: readonly Run[] = [];
  /** The run that has the whole connection since its upgrade. */
  #switchedTo: Run | undefined;
  /** Nothing has come yet but plain messages, one by one; they need no reader. */
  #isPlain = true;
  #asked: Asked | undefined;
  /** Plain exchanges that have begun. */
  #exchanges = 0;
  /** Gone, with what it holds, when nothing more is to be read: idle connections are many. */
  #reading: ExchangeReading | undefined;

  constructor(number: number, origin: () => ConnectionOrigin, runs: RunStore) {
    this.#number = number;
    this.#origin = origin;
    this.#runs = runs;
  }

  octets(direction: Direction, octets: Uint8Array, t: number): void {
    if (octets.length === 0) return;
    if (this.#switchedTo !== undefined) {
      this.#switchedTo.addOctets(this.#number, direction, octets, t);
      return;
    }
    if (this.#isPlain && this.#takePlain(direction, octets, t)) return;
    const reading = this.#readThoroughly();
    if (reading !== undefined) this.#read(reading, direction, Buffer.from(octets), t);
  }

  end(direction: Direction, t: number): void {
    const reading = this.#asked === undefined ? this.#reading : this.#readThoroughly();
    if (reading !== undefined) this.#release(reading, reading.reader.end(direction, t));
    for (const run of this.#openIn) {
      run.add({ kind: 'end', connection: this.#number, direction, t });
    }
  }

  close(hadError: boolean, t: number): void {
    const reading = this.#reading;
    if (reading !== undefined) this.#release(reading, reading.reader.close(t));
    this.#reading = undefined;
    this.#isPlain = false;
    this.#asked = undefined;
    for (const run of this.#openIn) {
      run.add({ kind: 'close', connection: this.#number, hadError, t });
    }
  }

  /** Takes a plain message to its run; `false` leaves the octets to a reader. */
  #takePlain(direction: Direction, octets: Uint8Array, t: number): boolean {
    const asked = this.#asked;
    if (direction === 'down') {
      const response = asked && plainResponse(octets, asked.method);
      if (asked === undefined || response === undefined) return false;
      this.#asked = undefined;
      this.#keep(asked.run, direction, withhold(octets, response.withheld, 0), t);
      return true;
    }
    const request = asked === undefined ? plainRequest(octets) : undefined;
    if (request === undefined) return false;
    const run = this.#runNamedIn(request.requestTarget);
    this.#asked = { method: request.method, run, octets: Uint8Array.from(octets), t };
    if (run !== undefined) this.#openFor(run, this.#exchanges, t, octets);
    this.#exchanges += 1;
    this.#keep(run, direction, withhold(octets, request.withheld, 0), t);
    return true;
  }

  #keep(run: Run | undefined, direction: Direction, octets: Uint8Array, t: number): void {
    run?.addOctets(this.#number, direction, octets, t);
  }

  /** From now on with a reader, which is told of a request that has no response yet. */
  #readThoroughly(): ExchangeReading | undefined {
    if (!this.#isPlain) return this.#reading;
    this.#isPlain = false;
    const asked = this.#asked;
    this.#asked = undefined;
    const reading = beginExchangeReading(this.#exchanges - (asked === undefined ? 0 : 1));
    this.#reading = reading;
    if (asked !== undefined) {
      reading.arrivals.up.add(asked.octets, asked.t);
      for (const { octets } of reading.reader.push('up', asked.octets, asked.t)) {
        reading.arrivals.up.take(octets.length);
      }
    }
    return reading;
  }

  #read(reading: ExchangeReading, direction: Direction, octets: Uint8Array, t: number): void {
    reading.arrivals[direction].add(octets, t);
    this.#release(reading, reading.reader.push(direction, octets, t));
    if (reading.arrivals[direction].length > MAX_WAITING) this.#reading = undefined;
  }

  /** Stores what elements cover, one event per arrival and run. */
  #release(reading: ExchangeReading, elements: readonly ConnectionElement[]): void {
    let open: Piece | undefined;
    for (const element of elements) {
      const { direction, exchange } = element;
      const parts = reading.arrivals[direction].take(element.octets.length);
      const run = exchange && this.#runOf(reading, direction, exchange);
      if (isSwitch(element)) this.#switchedTo = run;
      if (exchange === undefined || run === undefined || element.type === 'unread') continue;
      for (const span of withheldSpans(element)) reading.withheld[direction].push(span);
      for (const part of parts) {
        if (open?.arrival === part.arrival && open.run === run && open.to === part.from) {
          open.to = part.to;
        } else {
          if (open !== undefined) this.#store(reading, open);
          open = { ...part, run, exchangesBefore: exchange.number - 1 };
        }
      }
    }
    if (open !== undefined) this.#store(reading, open);
    reading.withheld.up.length = 0;
    reading.withheld.down.length = 0;
    if (reading.reader.isSwitched) this.#reading = undefined;
  }

  #store({ withheld }: ExchangeReading, { arrival, run, exchangesBefore, from, to }: Piece): void {
    const { direction, offset, t } = arrival;
    const octets = arrival.octets.subarray(from - offset, to - offset);
    this.#openFor(run, exchangesBefore, t, octets);
    run.addOctets(this.#number, direction, withhold(octets, withheld[direction], from), t);
  }

  /** @param first what the client has said first in this run */
  #openFor(run: Run, exchangesBefore: number, t: number, first: Uint8Array): void {
    if (this.#openIn.includes(run)) return;
    // What has ended takes nothing more, and a connection may be used for as long as a browser likes.
    this.#openIn = [...this.#openIn.filter(({ ended }) => !ended.aborted), run];
    const connection = this.#number;
    const origin = this.#origin();
    // Whoever comes in at the front is taken for a browser, unless it says that it is none.
    const sender = origin.sender === 'BROWSER' && isTool(first) ? 'TOOL' : origin.sender;
    run.add({ kind: 'open', connection, ...origin, sender, exchangesBefore, t });
  }

  /** Looks the run up once for all elements of a direction; the id of a run never comes a second time. */
  #runOf({ bound }: ExchangeReading, direction: Direction, exchange: Exchange): Run | undefined {
    const last = bound[direction];
    if (last?.exchange === exchange) return last.run;
    const run = this.#runNamedIn(exchange.request?.requestTarget ?? '');
    bound[direction] = { exchange, run };
    return run;
  }

  #runNamedIn(requestTarget: string): Run | undefined {
    const [, id = ''] = LIVE_TARGET.exec(requestTarget) ?? [];
    return this.#runs.get(id);
  }
}

function beginExchangeReading(exchangesBefore: number): ExchangeReading {
  return {
    reader: new ConnectionReader(exchangesBefore),
    arrivals: { up: new Arrivals('up'), down: new Arrivals('down') },
    withheld: { up: [], down: [] },
    bound: { up: undefined, down: undefined },
  };
}

/** RFC 9110 §10.1.5; curl is the one tool that a demo asks its reader to use. */
function isTool(head: Uint8Array): boolean {
  return /^User-Agent: curl\//im.test(Buffer.from(head).toString('latin1'));
}

function isSwitch(element: ConnectionElement): boolean {
  return element.type === 'head' && element.framing.type === 'switched';
}
