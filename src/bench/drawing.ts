import type { DrawPace } from './draw-pace.ts';

/** How long a page waits for its animation frame; none comes while it is hidden. */
const VISIBLE_MS = 1250;
const HIDDEN_MS = 250;

/** Draws once in an animation frame, and of a flood as often as the page stays quick. */
export class Drawing {
  readonly #draw: () => void;
  readonly #pace: () => DrawPace | undefined;
  #isDue = false;

  constructor(draw: () => void, pace: () => DrawPace | undefined) {
    this.#draw = draw;
    this.#pace = pace;
  }

  soon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    const draw = () => {
      if (!this.#isDue) return;
      this.#isDue = false;
      clearTimeout(timer);
      this.#draw();
    };
    const drawInTime = () => {
      const pace = this.#pace();
      if (pace?.mustWait === true) pace.lookAgain(drawInTime);
      else draw();
    };
    requestAnimationFrame(drawInTime);
    const timer = setTimeout(draw, document.hidden ? HIDDEN_MS : VISIBLE_MS);
  }
}
