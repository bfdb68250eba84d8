import { Transform, type TransformCallback } from 'node:stream';

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

type Queued = { readonly octets: Buffer; readonly due: number };

/**
 * One direction of a path: each octet comes out later, in its order.
 *
 * First the rate, then the way, as in a real path: a piece waits until those before it have been put
 * on the line, takes its own time for that, and then `delayMs` and some jitter.
 */
export class DelayLine extends Transform {
  readonly #pace: Pace;
  readonly #chance: Chance;
  readonly #queue: Queued[] = [];
  #queued = 0;
  #lineIsFreeAt = 0;
  #lastDue = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Takes more in, once there is room for it. */
  #takeMore: TransformCallback | undefined;
  #finish: TransformCallback | undefined;

  constructor(pace: Pace, chance: Chance = { random: Math.random, now: () => performance.now() }) {
    super();
    this.#pace = pace;
    this.#chance = chance;
  }

  /** Octets that are under way. */
  get queued(): number {
    return this.#queued;
  }

  override _transform(octets: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    for (let from = 0; from < octets.length; from += MAX_PIECE) {
      this.#enqueue(octets.subarray(from, from + MAX_PIECE));
    }
    if (this.#queued < MAX_QUEUED) done();
    else this.#takeMore = done;
  }

  /** The end takes as long as any octet. */
  override _flush(done: TransformCallback): void {
    this.#enqueue(Buffer.alloc(0));
    this.#finish = done;
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#timer);
    this.#queue.length = 0;
    this.#queued = 0;
    done(error);
  }

  #enqueue(octets: Buffer): void {
    const { delayMs, jitterMs, octetsPerSecond } = this.#pace;
    const beganAt = Math.max(this.#chance.now(), this.#lineIsFreeAt);
    this.#lineIsFreeAt = beganAt + (octets.length / octetsPerSecond) * 1000;
    const due = this.#lineIsFreeAt + delayMs + this.#chance.random() * jitterMs;
    this.#lastDue = Math.max(due, this.#lastDue);
    this.#queue.push({ octets, due: this.#lastDue });
    this.#queued += octets.length;
    this.#wait();
  }

  #wait(): void {
    const [next] = this.#queue;
    if (next === undefined || this.#timer !== undefined) return;
    const waitMs = Math.max(0, next.due - this.#chance.now());
    this.#timer = setTimeout(() => {
      this.#release();
    }, waitMs);
  }

  #release(): void {
    for (let next = this.#queue[0]; next !== undefined && next.due <= this.#chance.now();) {
      this.#queue.shift();
      this.#queued -= next.octets.length;
      if (next.octets.length > 0) this.push(next.octets);
      next = this.#queue[0];
    }
    this.#timer = undefined;
    this.#wait();
    const takeMore = this.#takeMore;
    if (takeMore !== undefined && this.#queued < MAX_QUEUED) {
      this.#takeMore = undefined;
      takeMore();
    }
    if (this.#queue.length === 0) this.#finish?.();
  }
}
