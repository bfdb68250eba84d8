import type { DroppedEvent, WireEvent } from '#capture/wire-event.ts';

/** What one stored event is taken to cost beside its octets. */
const EVENT_OVERHEAD = 64;

/** The newest events of one run, up to a bound; the oldest go first, and are counted. */
export class RunRing {
  /** Sum of what the stored events cost, in octets. */
  size = 0;
  #events: (WireEvent | undefined)[] = [];
  #head = 0;
  #firstSeq = 1;
  #droppedOctets = 0;
  readonly #maxSize: number;

  constructor(maxSize: number) {
    this.#maxSize = maxSize;
  }

  /** Sequence number of the newest event that was ever added. */
  get lastSeq(): number {
    return this.#firstSeq + this.#events.length - this.#head - 1;
  }

  add(event: WireEvent): void {
    this.#events.push(event);
    this.size += costOf(event);
    while (this.size > this.#maxSize) this.dropOldest();
  }

  dropOldest(): void {
    const oldest = this.#events[this.#head];
    if (oldest === undefined) return;
    this.size -= costOf(oldest);
    this.#droppedOctets += octetsOf(oldest);
    this.#events[this.#head] = undefined;
    this.#head += 1;
    this.#firstSeq += 1;
    if (this.#head > 1024 && this.#head > this.#events.length / 2) this.#compact();
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
    const start = this.#head + Math.max(0, seq + 1 - this.#firstSeq);
    let octets = 0;
    for (let index = start; index < this.#events.length && octets < maxOctets; index += 1) {
      const event = this.#events[index];
      if (event === undefined) break;
      octets += costOf(event);
      read.push(event);
    }
    return read;
  }

  /** Octets of all events up to `seq`; 0, which is too few, if later ones are gone already. */
  octetsThrough(seq: number): number {
    if (seq + 1 < this.#firstSeq) return 0;
    const kept = this.#events.slice(this.#head, this.#head + seq + 1 - this.#firstSeq);
    return this.#droppedOctets + kept.reduce((sum, event) => sum + octetsOf(event), 0);
  }

  /** Takes the place of the events between `seq` and the oldest one that is left. */
  #dropped(seq: number, t: number, octetsRead: number): DroppedEvent {
    const last = this.#firstSeq - 1;
    const octets = this.#droppedOctets - octetsRead;
    return { kind: 'dropped', seq: last, t, events: last - seq, octets };
  }

  #compact(): void {
    this.#events = this.#events.slice(this.#head);
    this.#head = 0;
  }
}

/** Octets that an event carries or stands for. */
export function octetsOf(event: WireEvent | undefined): number {
  if (event?.kind === 'octets') return event.octets.length;
  return event?.kind === 'dropped' ? event.octets : 0;
}

function costOf(event: WireEvent): number {
  const data = event.kind === 'note' ? JSON.stringify(event.data).length : 0;
  return EVENT_OVERHEAD + octetsOf(event) + data;
}
