/** More rows than that between two drawings are more than anybody reads. */
const FLOOD_ROWS = 32;
const FRAME_MS = 1000 / 60;
/** Two frames: what the main thread hands over is painted by others, one frame later. */
const MEASURED_FRAMES = 2;
/** So much longer than a drawing delayed frames the next one waits: at most 1 in 15 is lost by it. */
const PATIENCE = 14;
/** In milliseconds; longer, and a flood would look like a standstill. */
const MAX_WAIT_MS = 1000;
/** From one drawing to the next, where a script measures times. */
const TIMED_WAIT_MS = 250;

/** What a pace is measured by. */
export type FrameClock = {
  readonly now: () => number;
  readonly nextFrame: (act: () => void) => void;
  readonly later: (act: () => void, ms: number) => void;
};

/**
 * Spaces the drawings of a flood, and all of them where times are measured, so that the page stays
 * quick: it measures which frames a drawing made late, and lets the next one wait accordingly. A
 * machine that keeps up draws every other frame of a flood.
 */
export class DrawPace {
  readonly #clock: FrameClock;
  readonly #leastMs: number;
  #earliest = 0;

  /** @param leastMs from one drawing to the next, also of few rows */
  constructor(clock: FrameClock, leastMs = 0) {
    this.#clock = clock;
    this.#leastMs = leastMs;
  }

  /** Whether the next drawing would come too soon. */
  get mustWait(): boolean {
    return this.#clock.now() < this.#earliest;
  }

  /**
   * Calls back when it is time to look again. A page that asks for frame after frame is busy with
   * them: where times are measured, the wait is a timer's.
   */
  lookAgain(act: () => void): void {
    if (this.#leastMs === 0) this.#clock.nextFrame(act);
    else {
      const waitMs = Math.min(this.#leastMs, this.#earliest - this.#clock.now());
      this.#clock.later(() => this.#clock.nextFrame(act), waitMs);
    }
  }

  /** Is told right before so many new rows are drawn. */
  drawing(rows: number): void {
    const begin = this.#clock.now();
    const next = begin + this.#leastMs;
    this.#earliest = next;
    if (rows < FLOOD_ROWS && this.#leastMs === 0) return;
    this.#earliest = begin + MAX_WAIT_MS;
    this.#after(MEASURED_FRAMES, () => {
      const now = this.#clock.now();
      const late = Math.max(0, now - begin - MEASURED_FRAMES * FRAME_MS);
      this.#earliest = Math.max(next, now + Math.min(MAX_WAIT_MS, PATIENCE * late));
    });
  }

  #after(frames: number, act: () => void): void {
    this.#clock.nextFrame(() => (frames === 1 ? act() : this.#after(frames - 1, act)));
  }
}

/** The pace of one bench on this page. */
export const newDrawPace = (isTimed: boolean): DrawPace =>
  new DrawPace(
    {
      now: () => performance.now(),
      nextFrame: (act) => void requestAnimationFrame(act),
      later: (act, ms) => void setTimeout(act, ms),
    },
    isTimed ? TIMED_WAIT_MS : 0,
  );
