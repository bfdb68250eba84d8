import type { Direction, OctetsEvent, WireEvent } from '#capture/wire-event.ts';

/** Octets of one segment; a longer event gets a segment of its own length. */
const ARENA_LENGTH = 64 * 1024;
const MAX_EVENTS = 512;
const UP = 0;
const DOWN = 1;
const OTHER = 2;

/**
 * Some hundred successive events of a run, as columns.
 *
 * Events of octets are by far the most. As objects, each would live just long enough to be moved by the
 * garbage collector twice; here they are numbers and a place in one arena, until somebody reads them.
 */
export class RingSegment {
  readonly firstSeq: number;
  count = 0;
  #used = 0;
  readonly #arena: Uint8Array;
  readonly #kinds = new Uint8Array(MAX_EVENTS);
  readonly #connections = new Uint32Array(MAX_EVENTS);
  readonly #times = new Float64Array(MAX_EVENTS);
  readonly #ends = new Uint32Array(MAX_EVENTS);
  readonly #costs = new Uint32Array(MAX_EVENTS);
  readonly #others = new Map<number, WireEvent>();

  constructor(firstSeq: number, length: number) {
    this.firstSeq = firstSeq;
    this.#arena = Buffer.allocUnsafeSlow(Math.max(length, ARENA_LENGTH));
  }

  hasRoomFor(length: number): boolean {
    return this.count < MAX_EVENTS && this.#used + length <= this.#arena.length;
  }

  addOctets(
    connection: number,
    direction: Direction,
    octets: Uint8Array,
    t: number,
    cost: number,
  ): void {
    this.#arena.set(octets, this.#used);
    this.#used += octets.length;
    const index = this.#next(direction === 'up' ? UP : DOWN, cost);
    this.#connections[index] = connection;
    this.#times[index] = t;
  }

  add(event: WireEvent, cost: number): void {
    this.#others.set(this.#next(OTHER, cost), event);
  }

  costAt(index: number): number {
    return this.#costs[index] ?? 0;
  }

  /** Octets of the event, 0 for one that carries none. */
  lengthAt(index: number): number {
    return (this.#ends[index] ?? 0) - this.#startOf(index);
  }

  eventAt(index: number): WireEvent | undefined {
    if (index >= this.count) return undefined;
    return this.#kinds[index] === OTHER ? this.#others.get(index) : this.#octetsAt(index);
  }

  #octetsAt(index: number): OctetsEvent {
    return {
      kind: 'octets',
      seq: this.firstSeq + index,
      t: this.#times[index] ?? 0,
      connection: this.#connections[index] ?? 0,
      direction: this.#kinds[index] === UP ? 'up' : 'down',
      octets: this.#arena.subarray(this.#startOf(index), this.#ends[index]),
    };
  }

  #next(kind: number, cost: number): number {
    const index = this.count;
    this.count += 1;
    this.#kinds[index] = kind;
    this.#ends[index] = this.#used;
    this.#costs[index] = cost;
    return index;
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
  }
}
