import type { Direction, NoteEvent, RareEvent } from '#capture/wire-event.ts';

import type { BatchWriter } from './batch-writer.ts';

/** Octets of one segment; a longer event gets a segment of its own length. */
const ARENA_LENGTH = 64 * 1024;
/** As many as fill the arena when a third of them are notes and the others 64 octets long. */
const MAX_EVENTS = 1024;

/** What stands at a place of the columns. */
const Kind = { up: 0, down: 1, server: 2, box: 3, other: 4 } as const;
/** In the column of connections: a note that is about none. */
const NONE = 0;

/**
 * Some hundred successive events of a run, as columns.
 *
 * Events of octets are by far the most. As objects, each would live just long enough to be moved by the
 * garbage collector twice; here they are numbers and a place in one arena, and go into batches from there.
 * A segment whose events are all gone is used again: fresh memory costs more than what is stored in it.
 */
export class RingSegment {
  firstSeq: number;
  count = 0;
  #used = 0;
  readonly #arena: Uint8Array;
  readonly #kinds = new Uint8Array(MAX_EVENTS);
  readonly #connections = new Uint32Array(MAX_EVENTS);
  readonly #times = new Float64Array(MAX_EVENTS);
  readonly #ends = new Uint32Array(MAX_EVENTS);
  readonly #costs = new Uint32Array(MAX_EVENTS);
  readonly #names = new Array<string>(MAX_EVENTS).fill('');
  /** A note's data, or an event of another kind. */
  readonly #objects = new Array<object | undefined>(MAX_EVENTS).fill(undefined);

  constructor(firstSeq: number, length: number) {
    this.firstSeq = firstSeq;
    this.#arena = Buffer.allocUnsafeSlow(Math.max(length, ARENA_LENGTH));
  }

  /** Forgets all events, to begin again; `false` for a segment made for one long event. */
  restart(firstSeq: number, length: number): boolean {
    if (length > this.#arena.length || this.#arena.length > ARENA_LENGTH) return false;
    this.firstSeq = firstSeq;
    this.count = 0;
    this.#used = 0;
    this.#objects.fill(undefined);
    return true;
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
    this.#append(Kind[direction], connection, t, cost);
  }

  addNote(
    vantage: NoteEvent['vantage'],
    name: string,
    data: NoteEvent['data'],
    connection: number | undefined,
    t: number,
    cost: number,
  ): void {
    this.#names[this.count] = name;
    this.#objects[this.count] = data;
    this.#append(Kind[vantage], connection ?? NONE, t, cost);
  }

  add(event: RareEvent, cost: number): void {
    this.#objects[this.count] = event;
    this.#append(Kind.other, NONE, event.t, cost);
  }

  costAt(index: number): number {
    return this.#costs[index] ?? 0;
  }

  timeAt(index: number): number {
    return this.#times[index] ?? 0;
  }

  /** Octets of the event, 0 for one that carries none. */
  lengthAt(index: number): number {
    return (this.#ends[index] ?? 0) - this.#startOf(index);
  }

  /** Adds the event to a batch. */
  write(batch: BatchWriter, index: number): void {
    switch (this.#kinds[index]) {
      case Kind.up:
        this.#writeOctets(batch, index, 'up');
        break;
      case Kind.down:
        this.#writeOctets(batch, index, 'down');
        break;
      case Kind.server:
        this.#writeNote(batch, index, 'server');
        break;
      case Kind.box:
        this.#writeNote(batch, index, 'box');
        break;
      default:
        batch.add(this.#objects[index] as RareEvent);
    }
  }

  #writeOctets(batch: BatchWriter, index: number, direction: Direction): void {
    batch.addOctets(
      this.firstSeq + index,
      this.#times[index] ?? 0,
      this.#connections[index] ?? NONE,
      direction,
      this.#arena,
      this.#startOf(index),
      this.#ends[index] ?? 0,
    );
  }

  #writeNote(batch: BatchWriter, index: number, vantage: NoteEvent['vantage']): void {
    batch.addNote(
      this.firstSeq + index,
      this.#times[index] ?? 0,
      this.#connections[index] ?? NONE,
      vantage,
      this.#names[index] ?? '',
      this.#objects[index] as NoteEvent['data'],
    );
  }

  #append(kind: number, connection: number, t: number, cost: number): void {
    const index = this.count;
    this.count += 1;
    this.#kinds[index] = kind;
    this.#connections[index] = connection;
    this.#times[index] = t;
    this.#ends[index] = this.#used;
    this.#costs[index] = cost;
  }

  #startOf(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] ?? 0);
  }
}
