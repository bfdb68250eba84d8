import type { Direction, OpenEvent } from '#capture/wire-event.ts';
import {
  ConnectionReader,
  type ConnectionElement,
  type Exchange,
} from '#protocol/http/connection-reader.ts';
import type { WireTapListener } from '#demo-server/wire-tap/wire-tap.ts';

import { Arrivals, type Arrival, type ArrivalPart } from './arrivals.ts';
import { withheldSpans, withhold, type Span } from './redaction.ts';
import type { RunStore } from './run-store.ts';
import type { Run } from './run.ts';

/** Who opened a connection. */
export type ConnectionOrigin = Pick<OpenEvent, 'sender' | 'hop' | 'box' | 'onBehalfOf'>;

/** A part of one arrival that belongs to one run. */
type Piece = ArrivalPart & { readonly run: Run; readonly exchangesBefore: number };

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
  /** Bound once: an exchange keeps its run. */
  readonly #runOf = new WeakMap<Exchange, Run>();
  /** Runs that have seen this connection open. */
  readonly #openIn = new Set<Run>();
  readonly #arrivals = { up: new Arrivals('up'), down: new Arrivals('down') };
  readonly #withheld: { up: Span[]; down: Span[] } = { up: [], down: [] };
  #reader: ConnectionReader | undefined = new ConnectionReader();
  /** The run that has the whole connection since its upgrade. */
  #switchedTo: Run | undefined;

  constructor(number: number, origin: () => ConnectionOrigin, runs: RunStore) {
    this.#number = number;
    this.#origin = origin;
    this.#runs = runs;
  }

  octets(direction: Direction, octets: Uint8Array, t: number): void {
    if (octets.length === 0) return;
    if (this.#switchedTo !== undefined) {
      this.#store(this.#switchedTo, { direction, octets, t });
      return;
    }
    if (this.#reader === undefined) return;
    this.#arrivals[direction].add(octets, t);
    this.#release(this.#reader.push(direction, octets, t));
    if (this.#arrivals[direction].length > MAX_WAITING) this.#reader = undefined;
  }

  end(direction: Direction, t: number): void {
    this.#release(this.#reader?.end(direction, t) ?? []);
    for (const run of this.#openIn) {
      run.add({ kind: 'end', connection: this.#number, direction, t });
    }
  }

  close(hadError: boolean, t: number): void {
    this.#release(this.#reader?.close(t) ?? []);
    this.#reader = undefined;
    for (const run of this.#openIn) {
      run.add({ kind: 'close', connection: this.#number, hadError, t });
    }
  }

  /** Stores what elements cover, one event per arrival and run. */
  #release(elements: readonly ConnectionElement[]): void {
    let open: Piece | undefined;
    for (const element of elements) {
      for (const piece of this.#piecesOf(element)) {
        if (open?.arrival === piece.arrival && open.run === piece.run && open.to === piece.from) {
          open = { ...open, to: piece.to };
        } else {
          if (open !== undefined) this.#storePiece(open);
          open = piece;
        }
      }
      if (isSwitch(element)) this.#switchedTo = this.#runOfExchange(element.exchange);
    }
    if (open !== undefined) this.#storePiece(open);
    this.#withheld.up.length = 0;
    this.#withheld.down.length = 0;
    if (this.#reader?.isSwitched === true) this.#reader = undefined;
  }

  #piecesOf(element: ConnectionElement): Piece[] {
    const { direction, exchange } = element;
    const parts = this.#arrivals[direction].take(element.octets.length);
    const run = this.#runOfExchange(exchange);
    if (run === undefined || exchange === undefined || element.type === 'unread') return [];
    this.#withheld[direction].push(...withheldSpans(element));
    return parts.map((part) => ({ ...part, run, exchangesBefore: exchange.number - 1 }));
  }

  #storePiece({ arrival, run, exchangesBefore, from, to }: Piece): void {
    const { direction, t } = arrival;
    if (!this.#openIn.has(run)) {
      this.#openIn.add(run);
      const connection = this.#number;
      run.add({ kind: 'open', connection, ...this.#origin(), exchangesBefore, t });
    }
    const octets = arrival.octets.subarray(from - arrival.offset, to - arrival.offset);
    const spans = this.#withheld[direction].map((span) => ({
      ...span,
      offset: span.offset - from,
    }));
    this.#store(run, { direction, octets: withhold(octets, spans), t });
  }

  #store(run: Run, { direction, octets, t }: Omit<Arrival, 'offset'>): void {
    run.add({ kind: 'octets', connection: this.#number, direction, octets, t });
  }

  #runOfExchange(exchange: Exchange | undefined): Run | undefined {
    if (exchange === undefined) return undefined;
    const known = this.#runOf.get(exchange);
    if (known !== undefined) return known;
    const [, id = ''] = LIVE_TARGET.exec(exchange.request?.requestTarget ?? '') ?? [];
    const run = this.#runs.get(id);
    if (run !== undefined) this.#runOf.set(exchange, run);
    return run;
  }
}

function isSwitch(element: ConnectionElement): boolean {
  return element.type === 'head' && element.framing.type === 'switched';
}
