import { Transform, type TransformCallback } from 'node:stream';

import { Alarm } from './alarm.ts';

/** How one direction of a slow path treats octets. */
export type Pace = {
  readonly delayMs: number;
  /** Up to so much more, by chance. What overtakes in no path of TCP does not overtake here. */
  readonly jitterMs: number;
  readonly octetsPerSecond: number;
};

/** Time in milliseconds, and what decides the jitter: from 0 to 1. */
export type Chance = { readonly random: () => number; readonly now: () => number };

/** More than this is not taken in: the sender has to wait, as behind a full queue of a router. */
export const MAX_QUEUED = 64 * 1024;
/** What an Ethernet carries of TCP in one packet: larger pieces would arrive in jumps. */
const MAX_PIECE = 1460;

type Queued = { readonly length: number; readonly due: number; readonly arrive: () => void };

/**
 * One direction of a path: each octet comes out later, in its order.
 *
 * First the rate, then the way, as in a real path: a piece waits until those before it have been put
 * on the line, takes its own time for that, and then `delayMs` and some jitter.
 */
export class DelayLine extends Transform {
  readonly #pace: Pace;
  readonly #chance: Chance;
  readonly #alarm: Alarm;
  readonly #queue: Queued[] = [];
  #queued = 0;
  #lineIsFreeAt = 0;
  #lastDue = 0;
  #isWaiting = false;
  /** Takes more in, once there is room for it. */
  #takeMore: TransformCallback | undefined;

  constructor(pace: Pace, chance: Chance = { random: Math.random, now: () => performance.now() }) {
    super();
    this.#pace = pace;
    this.#chance = chance;
    this.#alarm = new Alarm(chance.now);
  }

  /** Octets that are under way. */
  get queued(): number {
    return this.#queued;
  }

  /** When more comes out; infinite while nothing is under way. */
  get nextInMs(): number {
    return (this.#queue[0]?.due ?? Infinity) - this.#chance.now();
  }

  /**
   * Does something at the far end, in its turn among the octets and as late as they: for a head, which
   * is handed over whole. It costs no time of the rate; `moreMs` is a time that it takes before its way.
   */
  carry(arrive: () => void, moreMs = 0): void {
    this.#enqueue(0, arrive, moreMs);
  }

  override _transform(octets: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    for (let from = 0; from < octets.length; from += MAX_PIECE) {
      const piece = octets.subarray(from, from + MAX_PIECE);
      this.#enqueue(piece.length, () => this.push(piece));
    }
    if (this.#queued < MAX_QUEUED) done();
    else this.#takeMore = done;
  }

  /** The end takes as long as any octet. */
  override _flush(done: TransformCallback): void {
    this.#enqueue(0, done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#alarm.callOff();
    this.#queue.length = 0;
    this.#queued = 0;
    done(error);
  }

  #enqueue(length: number, arrive: () => void, moreMs = 0): void {
    const { delayMs, jitterMs, octetsPerSecond } = this.#pace;
    const beganAt = Math.max(this.#chance.now(), this.#lineIsFreeAt);
    this.#lineIsFreeAt = beganAt + (length / octetsPerSecond) * 1000;
    const due = this.#lineIsFreeAt + moreMs + delayMs + this.#chance.random() * jitterMs;
    this.#lastDue = Math.max(due, this.#lastDue);
    this.#queue.push({ length, due: this.#lastDue, arrive });
    this.#queued += length;
    this.#wait();
  }

  #wait(): void {
    const [next] = this.#queue;
    if (next === undefined || this.#isWaiting) return;
    this.#isWaiting = true;
    this.#alarm.set(next.due, () => {
      this.#release();
    });
  }

  #release(): void {
    for (let next = this.#queue[0]; next !== undefined && next.due <= this.#chance.now();) {
      this.#queue.shift();
      this.#queued -= next.length;
      next.arrive();
      next = this.#queue[0];
    }
    this.#isWaiting = false;
    this.#wait();
    const takeMore = this.#takeMore;
    if (takeMore !== undefined && this.#queued < MAX_QUEUED) {
      this.#takeMore = undefined;
      takeMore();
    }
  }
}
