import type { PageEvent } from '#capture/page-event.ts';
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

/**
 * Keeps what a run's rows were read from, for exports.
 *
 * Its rows share these octets. What was let go is told by one `dropped` event at the beginning.
 */
export class RunRecord {
  readonly #bounds: RecordBounds;
  #events: WireEvent[] = [];
  #page: PageEvent[] = [];
  #octets = 0;
  #lastSeq = 0;

  constructor(bounds = RECORD_BOUNDS) {
    this.#bounds = bounds;
  }

  get events(): readonly WireEvent[] {
    return this.#events;
  }

  get page(): readonly PageEvent[] {
    return this.#page;
  }

  addWire(event: WireEvent): void {
    if (event.seq <= this.#lastSeq) return;
    this.#lastSeq = event.seq;
    this.#events.push(event);
    this.#octets += octetsOf(event);
    if (this.#events.length > this.#bounds.events || this.#octets > this.#bounds.octets) {
      this.#letGo();
    }
  }

  addPage(event: PageEvent): void {
    this.#page.push(event);
    if (this.#page.length > this.#bounds.events) {
      this.#page = this.#page.slice(Math.ceil(this.#bounds.events * LET_GO));
    }
  }

  #letGo(): void {
    const events = this.#bounds.events * (1 - LET_GO);
    const octets = this.#bounds.octets * (1 - LET_GO);
    const gone = { events: 0, octets: 0 };
    let count = 0;
    for (; this.#events.length - count + 1 > events || this.#octets > octets; count++) {
      const event = this.#events[count];
      if (event === undefined) break;
      this.#octets -= octetsOf(event);
      gone.events += event.kind === 'dropped' ? event.events : 1;
      gone.octets += event.kind === 'dropped' ? event.octets : octetsOf(event);
    }
    const last = this.#events[count - 1];
    if (last === undefined) return;
    const dropped: DroppedEvent = { kind: 'dropped', seq: last.seq, t: last.t, ...gone };
    this.#events = [dropped, ...this.#events.slice(count)];
  }
}

const octetsOf = (event: WireEvent): number => (event.kind === 'octets' ? event.octets.length : 0);
