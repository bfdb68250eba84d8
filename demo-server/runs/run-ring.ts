import type { Direction, DroppedEvent, NoteEvent, WireEvent } from '#capture/wire-event.ts';

import { RingSegment } from './ring-segment.ts';

/** What one stored event is taken to cost beside its octets. */
const EVENT_OVERHEAD = 64;

/** The newest events of one run, up to a bound; the oldest go first, and are counted. */
export class RunRing {
  /** Sum of what the stored events cost, in octets. */
  size = 0;
  /** Sequence number of the newest event that was ever added. */
  lastSeq = 0;
  #segments: RingSegment[] = [];
  /** Has had its events dropped; the next to be used. */
  #spare: RingSegment | undefined;
  #firstSeq = 1;
  #droppedOctets = 0;
  readonly #maxSize: number;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** Copies the octets: whoever has them may use them for something else. */
  addOctets(connection: number, direction: Direction, octets: Uint8Array, t: number): void {
    const cost = EVENT_OVERHEAD + octets.length;
    this.#segmentFor(octets.length).addOctets(connection, direction, octets, t, cost);
    this.#grow(cost);
  }

  addNote(
    vantage: NoteEvent['vantage'],
    name: string,
    data: NoteEvent['data'],
    connection: number | undefined,
    t: number,
  ): void {
    const cost = EVENT_OVERHEAD + weightOf(data);
    this.#segmentFor(0).addNote(vantage, name, data, connection, t, cost);
    this.#grow(cost);
  }

  /** For events that are neither octets nor notes. */
  add(event: WireEvent): void {
    this.#segmentFor(0).add(event, EVENT_OVERHEAD);
    this.#grow(EVENT_OVERHEAD);
  }

  dropOldest(): void {
    const oldest = this.#segments[0];
    if (oldest === undefined || this.#firstSeq > this.lastSeq) return;
    const index = this.#firstSeq - oldest.firstSeq;
    this.size -= oldest.costAt(index);
    this.#droppedOctets += oldest.lengthAt(index);
    this.#firstSeq += 1;
    if (index + 1 === oldest.count) this.#spare = this.#segments.shift();
  }

  /**
   * Returns the events after a sequence number, at most about `maxOctets` of them, preceded by one
   * `dropped` event if some of them are gone.
   *
   * @param octetsRead octets of all events up to `seq`, see {@link octetsThrough}
   */
  after(seq: number, t: number, octetsRead: number, maxOctets = Infinity): readonly WireEvent[] {
    const read: WireEvent[] = [];
    if (seq + 1 < this.#firstSeq) read.push(this.#dropped(seq, t, octetsRead));
    const start = Math.max(seq + 1, this.#firstSeq);
    let octets = 0;
    for (const segment of this.#segments) {
      const begin = Math.max(0, start - segment.firstSeq);
      for (let index = begin; index < segment.count && octets < maxOctets; index += 1) {
        octets += segment.costAt(index);
        const event = segment.eventAt(index);
        if (event !== undefined) read.push(event);
      }
    }
    return read;
  }

  /** Octets of all events up to `seq`; 0, which is too few, if later ones are gone already. */
  octetsThrough(seq: number): number {
    if (seq + 1 < this.#firstSeq) return 0;
    let octets = this.#droppedOctets;
    for (const segment of this.#segments) {
      const begin = Math.max(0, this.#firstSeq - segment.firstSeq);
      const end = Math.min(segment.count, seq + 1 - segment.firstSeq);
      for (let index = begin; index < end; index += 1) octets += segment.lengthAt(index);
    }
    return octets;
  }

  /** Takes the place of the events between `seq` and the oldest one that is left. */
  #dropped(seq: number, t: number, octetsRead: number): DroppedEvent {
    const last = this.#firstSeq - 1;
    const octets = this.#droppedOctets - octetsRead;
    return { kind: 'dropped', seq: last, t, events: last - seq, octets };
  }

  #segmentFor(length: number): RingSegment {
    const newest = this.#segments.at(-1);
    if (newest?.hasRoomFor(length) === true) return newest;
    const spare = this.#spare;
    this.#spare = undefined;
    const firstSeq = this.lastSeq + 1;
    const next =
      spare?.restart(firstSeq, length) === true ? spare : new RingSegment(firstSeq, length);
    this.#segments.push(next);
    return next;
  }

  #grow(cost: number): void {
    this.lastSeq += 1;
    this.size += cost;
    while (this.size > this.#maxSize) this.dropOldest();
  }
}

/** Octets that an event carries or stands for. */
export function octetsOf(event: WireEvent | undefined): number {
  if (event?.kind === 'octets') return event.octets.length;
  return event?.kind === 'dropped' ? event.octets : 0;
}

/** Notes are small and many: what their data weigh is estimated, not written down to be measured. */
function weightOf(data: NoteEvent['data']): number {
  let weight = 0;
  for (const name in data) {
    const value = data[name];
    weight += name.length + 8;
    if (typeof value === 'string') weight += value.length;
    else if (typeof value === 'object' && value !== null) weight += JSON.stringify(value).length;
  }
  return weight;
}
