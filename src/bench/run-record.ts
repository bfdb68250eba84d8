import type { PageEvent } from '#capture/page-event.ts';
import { readBatchHead } from '#capture/wire-batch-head.ts';
import { decodeBatch } from '#capture/wire-batch.ts';
import type { DroppedEvent, WireEvent } from '#capture/wire-event.ts';

/** So much of a run is kept for exports; what is older goes first. */
export type RecordBounds = {
  /** Of the wire, and as many of the page. */
  readonly events: number;
  readonly octets: number;
};

/** Four times what the server keeps of a run; all formats of export take it. */
export const RECORD_BOUNDS: RecordBounds = { events: 100_000, octets: 16 * 1024 * 1024 };

/** At its bound a record lets go of this part, so that it does not stand there with every event. */
const LET_GO = 0.25;

/** What came together: events, or a batch that is not read before somebody wants its events. */
type Piece = WireEvent | Uint8Array;

/**
 * Keeps what a run's rows were read from, for exports.
 *
 * Its rows share these octets. What was let go is told by one `dropped` event at the beginning.
 */
export class RunRecord {
  readonly #bounds: RecordBounds;
  #pieces: Piece[] = [];
  #dropped: DroppedEvent | undefined;
  #page: PageEvent[] = [];
  #events = 0;
  #octets = 0;
  #lastSeq = 0;

  constructor(bounds = RECORD_BOUNDS) {
    this.#bounds = bounds;
  }

  /** Their numbers rise: what came twice is here once. */
  get events(): readonly WireEvent[] {
    const events: WireEvent[] = this.#dropped === undefined ? [] : [this.#dropped];
    let lastSeq = this.#dropped?.seq ?? 0;
    for (const event of this.#pieces.flatMap(eventsOf)) {
      if (event.seq <= lastSeq) continue;
      lastSeq = event.seq;
      events.push(event);
    }
    return events;
  }

  get page(): readonly PageEvent[] {
    return this.#page;
  }

  addWire(event: WireEvent): void {
    if (event.seq <= this.#lastSeq) return;
    this.#lastSeq = event.seq;
    this.#add(event);
  }

  /** Adopts a message of the wire channel. */
  addBatch(octets: Uint8Array): void {
    this.#add(octets);
  }

  addPage(event: PageEvent): void {
    this.#page.push(event);
    if (this.#page.length > this.#bounds.events) {
      this.#page = this.#page.slice(Math.ceil(this.#bounds.events * LET_GO));
    }
  }

  #add(piece: Piece): void {
    const { events, octets } = sizeOf(piece);
    this.#pieces.push(piece);
    this.#events += events;
    this.#octets += octets;
    const told = this.#dropped === undefined ? 0 : 1;
    if (this.#events + told > this.#bounds.events || this.#octets > this.#bounds.octets)
      this.#letGo();
  }

  #letGo(): void {
    const events = this.#bounds.events * (1 - LET_GO);
    const octets = this.#bounds.octets * (1 - LET_GO);
    let count = 0;
    let { events: goneEvents = 0, octets: goneOctets = 0, seq = 0, t = 0 } = this.#dropped ?? {};
    // The event that tells of what is gone is one, too.
    for (; this.#events + 1 > events || this.#octets > octets; count++) {
      const piece = this.#pieces[count];
      if (piece === undefined) break;
      const size = sizeOf(piece);
      this.#events -= size.events;
      this.#octets -= size.octets;
      for (const event of eventsOf(piece)) {
        if (event.seq <= seq) continue;
        ({ seq, t } = event);
        goneEvents += event.kind === 'dropped' ? event.events : 1;
        goneOctets += event.kind === 'dropped' ? event.octets : octetsOf(event);
      }
    }
    if (count === 0) return;
    this.#pieces.splice(0, count);
    this.#dropped = { kind: 'dropped', seq, t, events: goneEvents, octets: goneOctets };
  }
}

const eventsOf = (piece: Piece): readonly WireEvent[] =>
  piece instanceof Uint8Array ? decodeBatch(piece).events : [piece];

const octetsOf = (event: WireEvent): number => (event.kind === 'octets' ? event.octets.length : 0);

/** Of a batch all octets count: they are what is kept. */
function sizeOf(piece: Piece): { readonly events: number; readonly octets: number } {
  return piece instanceof Uint8Array
    ? { events: readBatchHead(piece).count, octets: piece.length }
    : { events: 1, octets: octetsOf(piece) };
}
