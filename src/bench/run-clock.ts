/**
 * Maps the page's clock to the run's.
 *
 * A message from the server takes at least no time: each one bounds the difference of the two clocks
 * from above, and the least of these bounds is the best guess.
 */
export class RunClock {
  readonly #pageNow: () => number;
  #difference = Infinity;

  constructor(pageNow: () => number = () => performance.now()) {
    this.#pageNow = pageNow;
  }

  /** Takes note of what time the run had when the server sent what arrived at `pageNow`. */
  heard(runNow: number, pageNow = this.#pageNow()): void {
    this.#difference = Math.min(this.#difference, pageNow - runNow);
  }

  /** Milliseconds since the run began; 0 before the first {@link heard}. */
  now(): number {
    return this.at(this.#pageNow());
  }

  /** A time of the page's clock in milliseconds since the run began. */
  at(pageTime: number): number {
    return this.#difference === Infinity ? 0 : pageTime - this.#difference;
  }
}
