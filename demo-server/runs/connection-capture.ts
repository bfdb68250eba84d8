import type { Direction, OpenEvent } from '#capture/wire-event.ts';
import {
  ConnectionReader,
  type ConnectionElement,
  type Exchange,
} from '#protocol/http/connection-reader.ts';
import type { WireTapListener } from '#demo-server/wire-tap/wire-tap.ts';

import { Arrivals, type ArrivalPart } from './arrivals.ts';
import { withheldSpans, withhold, type Span } from './redaction.ts';
import type { RunStore } from './run-store.ts';
import type { Run } from './run.ts';

/** Who opened a connection. */
export type ConnectionOrigin = Pick<OpenEvent, 'sender' | 'hop' | 'box' | 'onBehalfOf'>;

/** A part of one arrival that belongs to one run. */
type Piece = ArrivalPart & { readonly run: Run; readonly exchangesBefore: number; to: number };

type BoundExchange = { readonly exchange: Exchange; readonly run: Run | undefined };

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
  /** Runs that have seen this connection open. */
  readonly #openIn: Run[] = [];
  /** The run that has the whole connection since its upgrade. */
  #switchedTo: Run | undefined;
  /** Gone, with what it holds, when nothing more is to be read: idle connections are many. */
  #reading: ExchangeReading | undefined = beginExchangeReading();

  constructor(number: number, origin: () => ConnectionOrigin, runs: RunStore) {
    this.#number = number;
    this.#origin = origin;
    this.#runs = runs;
  }

  octets(direction: Direction, octets: Uint8Array, t: number): void {
    if (octets.length === 0) return;
    if (this.#switchedTo !== undefined) {
      this.#switchedTo.addOctets(this.#number, direction, octets, t);
    } else if (this.#reading !== undefined) {
      this.#read(this.#reading, direction, Buffer.from(octets), t);
    }
  }

  end(direction: Direction, t: number): void {
    const reading = this.#reading;
    if (reading !== undefined) this.#release(reading, reading.reader.end(direction, t));
    for (const run of this.#openIn) {
      run.add({ kind: 'end', connection: this.#number, direction, t });
    }
  }

  close(hadError: boolean, t: number): void {
    const reading = this.#reading;
    if (reading !== undefined) this.#release(reading, reading.reader.close(t));
    this.#reading = undefined;
    for (const run of this.#openIn) {
      run.add({ kind: 'close', connection: this.#number, hadError, t });
    }
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
    if (!this.#openIn.includes(run)) {
      this.#openIn.push(run);
      const connection = this.#number;
      run.add({ kind: 'open', connection, ...this.#origin(), exchangesBefore, t });
    }
    const octets = arrival.octets.subarray(from - offset, to - offset);
    run.addOctets(this.#number, direction, withhold(octets, withheld[direction], from), t);
  }

  /** Looks the run up once for all elements of a direction; the id of a run never comes a second time. */
  #runOf({ bound }: ExchangeReading, direction: Direction, exchange: Exchange): Run | undefined {
    const last = bound[direction];
    if (last?.exchange === exchange) return last.run;
    const [, id = ''] = LIVE_TARGET.exec(exchange.request?.requestTarget ?? '') ?? [];
    const run = this.#runs.get(id);
    bound[direction] = { exchange, run };
    return run;
  }
}

function beginExchangeReading(): ExchangeReading {
  return {
    reader: new ConnectionReader(),
    arrivals: { up: new Arrivals('up'), down: new Arrivals('down') },
    withheld: { up: [], down: [] },
    bound: { up: undefined, down: undefined },
  };
}

function isSwitch(element: ConnectionElement): boolean {
  return element.type === 'head' && element.framing.type === 'switched';
}
