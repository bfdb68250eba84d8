/** The last stretch before a moment. A timer of Node's counts whole milliseconds, and misses by up to one. */
const LAST_MS = 1;
/** So much of a span is waited for turn by turn at most, and the rest by timers: that costs a core. */
const CLOSE_MS = 2;
const SPAN_MS = 10;

/**
 * Goes off at a moment, to a fraction of a millisecond and never before it.
 *
 * A timer brings it near. From there on it looks at the clock in each turn of the event loop, which
 * everything else takes part in as ever. Where one moment follows close on another, as in a stream of
 * octets, the timer has to do for most of them.
 */
export class Alarm {
  readonly #now: () => number;
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;
  #closeSince = -Infinity;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Calls back once, at a moment of its clock, and not within this call. One at a time. */
  set(due: number, act: () => void): void {
    this.callOff();
    const now = this.#now();
    const leftMs = due - now;
    const again = () => {
      if (this.#now() < due) this.set(due, act);
      else act();
    };
    if (leftMs > LAST_MS) this.#timer = setTimeout(again, leftMs - LAST_MS);
    else if (leftMs <= 0 || this.#mayWatch(now)) this.#turn = setImmediate(again);
    else this.#timer = setTimeout(again, leftMs);
  }

  callOff(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
  }

  #mayWatch(now: number): boolean {
    if (now - this.#closeSince >= SPAN_MS) this.#closeSince = now;
    return now - this.#closeSince < CLOSE_MS;
  }
}
