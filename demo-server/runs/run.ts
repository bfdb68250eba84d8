import type { CloseEvent, Direction, EndEvent, NoteEvent, OpenEvent } from '#capture/wire-event.ts';

import { FarSide, isBehindBox } from './far-side.ts';
import { RunRing } from './run-ring.ts';

type Unnumbered<Event> = Event extends unknown ? Omit<Event, 'seq'> : never;

/** An event before the run gives it its number; `t` on the clock of `performance.now()`. */
export type NewEvent = Unnumbered<OpenEvent | EndEvent | CloseEvent>;

/** What one bench on one page captures. Its id is the only key to it. */
export class Run {
  readonly id: string;
  readonly demo: string;
  readonly ring: RunRing;
  /** Goes off when the run is given up; whoever holds sockets or timers for it lets go of them. */
  readonly ended: AbortSignal;
  /** On the store's clock; decides which run is dropped first. */
  lastUsed: number;
  readonly #beganAt: number;
  readonly #now: () => number;
  readonly #end = new AbortController();
  /** As `ended` says, which is too slow to be asked for each event. */
  #hasEnded = false;
  readonly #watchers = new Set<() => void>();
  /** Connections that boxes of ours opened. */
  readonly #behindBoxes = new Set<number>();
  #farSide: FarSide | undefined;
  #hidden: string | undefined;
  readonly #onGrowth: (by: number) => void;

  constructor(options: {
    readonly id: string;
    readonly demo: string;
    readonly maxSize: number;
    readonly now: () => number;
    readonly onGrowth: (by: number) => void;
  }) {
    this.id = options.id;
    this.demo = options.demo;
    this.ring = new RunRing(options.maxSize);
    this.#now = options.now;
    this.#onGrowth = options.onGrowth;
    this.#beganAt = options.now();
    this.lastUsed = this.#beganAt;
    this.ended = this.#end.signal;
  }

  /** Milliseconds since the run began. */
  get now(): number {
    return this.#now() - this.#beganAt;
  }

  get watched(): boolean {
    return this.#watchers.size > 0;
  }

  /** Numbers and stores an event, and wakes whoever watches. */
  add(event: NewEvent): void {
    if (this.#hasEnded) return;
    const { connection } = event;
    const t = this.#place(event.t);
    if (event.kind === 'open' && isBehindBox(event)) this.#behindBoxes.add(connection);
    const store = () => {
      const before = this.ring.size;
      this.ring.add({ ...event, seq: this.ring.lastSeq + 1, t });
      this.#grown(before);
    };
    if (this.#farSide === undefined || !this.#behindBoxes.has(connection)) store();
    else this.#farSide.keep(0, store);
    if (event.kind === 'close') this.#behindBoxes.delete(connection);
  }

  /** Stores an event of octets, which it copies. */
  addOctets(connection: number, direction: Direction, octets: Uint8Array, at: number): void {
    if (this.#hasEnded) return;
    const t = this.#place(at);
    if (this.#farSide !== undefined && this.#behindBoxes.has(connection)) {
      const copy = Uint8Array.from(octets);
      this.#farSide.keep(copy.length, () => {
        this.#storeOctets(connection, direction, copy, t);
      });
    } else this.#storeOctets(connection, direction, octets, t);
  }

  /** Stores what a program on the server says that it saw or did. */
  note(
    vantage: NoteEvent['vantage'],
    name: string,
    data: NoteEvent['data'],
    connection?: number,
  ): void {
    if (this.#hasEnded) return;
    const t = this.#place(this.#now());
    if (this.#farSide === undefined) this.#storeNote(vantage, name, data, connection, t);
    else {
      this.#farSide.keep(JSON.stringify(data).length, () => {
        this.#storeNote(vantage, name, data, connection, t);
      });
    }
  }

  /** The box that the address `via/hidden/` stands for; undefined: nothing is hidden. */
  get hidden(): string | undefined {
    return this.#hidden;
  }

  /** Puts a box behind `via/hidden/`. What it does, and what is behind it, is kept back. */
  hide(box: string): void {
    this.reveal();
    this.#hidden = box;
    this.#farSide = new FarSide();
  }

  /** Stores what was kept back; the box stays where it is. */
  reveal(): void {
    const farSide = this.#farSide;
    if (farSide === undefined || this.#hasEnded) return;
    this.#farSide = undefined;
    farSide.reveal();
    if (farSide.lost > 0) this.note('server', 'far-side-lost', { events: farSide.lost });
  }

  /** Calls `wake` after every new event, until the returned function is called. */
  watch(wake: () => void): () => void {
    this.#watchers.add(wake);
    return () => {
      this.#watchers.delete(wake);
      this.lastUsed = this.#now();
    };
  }

  /** Turns a time of the store's clock into one of the run's, and takes it for the last use. */
  #place(t: number): number {
    if (t > this.lastUsed) this.lastUsed = t;
    return Math.max(0, t - this.#beganAt);
  }

  #storeOctets(connection: number, direction: Direction, octets: Uint8Array, t: number): void {
    const before = this.ring.size;
    this.ring.addOctets(connection, direction, octets, t);
    this.#grown(before);
  }

  #storeNote(
    vantage: NoteEvent['vantage'],
    name: string,
    data: NoteEvent['data'],
    connection: number | undefined,
    t: number,
  ): void {
    const before = this.ring.size;
    this.ring.addNote(vantage, name, data, connection, t);
    this.#grown(before);
  }

  #grown(before: number): void {
    this.#onGrowth(this.ring.size - before);
    if (this.#watchers.size > 0) for (const wake of this.#watchers) wake();
  }

  end(): void {
    this.#hasEnded = true;
    this.#farSide = undefined;
    this.#end.abort();
    this.#watchers.clear();
    // A connection may know this run for as long as it lives, and no bound counts it any more.
    this.ring.clear();
  }
}
