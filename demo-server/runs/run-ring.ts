import type { Direction, NoteEvent, RareEvent } from '#capture/wire-event.ts';

import type { BatchWriter } from './batch-writer.ts';
import { RingSegment } from './ring-segment.ts';

/** What one stored event is taken to cost beside its octets. */
const EVENT_OVERHEAD = 64;

/** How far someone has read a run. */
export type Place = {
  /** Number of the last event that was read. */
  readonly seq: number;
  /** Octets of all events up to it: tells how many a `dropped` event stands for. */
  readonly octets: number;
};

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
  /** When the last dropped event was. */
  #droppedT = 0;
  /** The last note's data and their weight: of messages that are alike, each note has the same. */
  #weighed: { readonly data: NoteEvent['data']; readonly weight: number } = { data: {}, weight: 0 };
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
    if (data !== this.#weighed.data) this.#weighed = { data, weight: weightOf(data) };
    const cost = EVENT_OVERHEAD + this.#weighed.weight;
    this.#segmentFor(0).addNote(vantage, name, data, connection, t, cost);
    this.#grow(cost);
  }

  /** For events that are neither octets nor notes. */
  add(event: RareEvent): void {
    this.#segmentFor(0).add(event, EVENT_OVERHEAD);
    this.#grow(EVENT_OVERHEAD);
  }

  dropOldest(): void {
    const oldest = this.#segments[0];
    if (oldest === undefined || this.#firstSeq > this.lastSeq) return;
    const index = this.#firstSeq - oldest.firstSeq;
    this.size -= oldest.costAt(index);
    this.#droppedOctets += oldest.lengthAt(index);
    this.#droppedT = oldest.timeAt(index);
    this.#firstSeq += 1;
    if (index + 1 === oldest.count) this.#spare = this.#segments.shift();
  }

  /** Drops all events, and the memory that those to come would use: none do. */
  clear(): void {
    while (this.size > 0) this.dropOldest();
    this.#spare = undefined;
  }

  /** The place after the event of that number, or after the newest one. */
  placeAfter(seq: number): Place {
    const last = Math.min(seq, this.lastSeq);
    return { seq: last, octets: this.#octetsThrough(last) };
  }

  /**
   * Adds to a batch what comes after a place, as long as the batch is not longer than `maxLength`,
   * preceded by one `dropped` event if some of it is gone. Returns the place after what was added.
   */
  write(batch: BatchWriter, from: Place, maxLength = Infinity): Place {
    let { seq, octets } = from;
    if (seq + 1 < this.#firstSeq) {
      const last = this.#firstSeq - 1;
      const gone = this.#droppedOctets - octets;
      const t = this.#droppedT;
      batch.add({ kind: 'dropped', seq: last, t, events: last - seq, octets: gone });
      seq = last;
      octets = this.#droppedOctets;
    }
    for (const segment of this.#segments) {
      let index = Math.max(0, seq + 1 - segment.firstSeq);
      for (; index < segment.count && batch.length < maxLength; index += 1) {
        segment.write(batch, index);
        octets += segment.lengthAt(index);
        seq += 1;
      }
    }
    return { seq, octets };
  }

  /** Octets of all events up to `seq`; 0, which is too few, if later ones are gone already. */
  #octetsThrough(seq: number): number {
    if (seq + 1 < this.#firstSeq) return 0;
    let octets = this.#droppedOctets;
    for (const segment of this.#segments) {
      const begin = Math.max(0, this.#firstSeq - segment.firstSeq);
      const end = Math.min(segment.count, seq + 1 - segment.firstSeq);
      for (let index = begin; index < end; index += 1) octets += segment.lengthAt(index);
    }
    return octets;
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
