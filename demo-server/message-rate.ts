/** Messages, Pings and Pongs that a run may send each second, in the long run. */
export const MESSAGES_PER_SECOND = 200;
/** And at once, after a rest. */
export const MESSAGE_BURST = 400;

/**
 * Counts what arrives on all WebSockets of one run, and says how long to read no more of it.
 *
 * One read of a socket may bring thousands of small frames, and what has been read is served. So the
 * count may go below zero; the wait makes up for all of it.
 */
export class MessageRate {
  readonly #now: () => number;
  #allowed = MESSAGE_BURST;
  #countedAt: number;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#countedAt = now();
  }

  /** Counts one message; returns for how many milliseconds there should be no other. */
  count(): number {
    const now = this.#now();
    const earned = ((now - this.#countedAt) * MESSAGES_PER_SECOND) / 1000;
    this.#countedAt = now;
    this.#allowed = Math.min(MESSAGE_BURST, this.#allowed + earned) - 1;
    return Math.max(0, (-this.#allowed * 1000) / MESSAGES_PER_SECOND);
  }
}
