import type { Challenge } from '#challenge/challenge.ts';
import { ChallengeEvaluator, type ChallengeResult } from '#challenge/evaluator.ts';
import type { Rows } from './rows.ts';

/** A challenge is met within so many rows or not at all: more would be kept for nothing. */
const JUDGED_ROWS = 20_000;
/** So many at once, so that judging a flood does not hold up the page. */
const LOOK_ROWS = 1_000;

/** Judges one run's rows, from a certain one on, as they come. */
export class Judge {
  readonly store: Rows;
  readonly #evaluator: ChallengeEvaluator;
  #read: number;
  #left = JUDGED_ROWS;

  constructor(challenge: Challenge, store: Rows, since: number) {
    this.store = store;
    this.#evaluator = new ChallengeEvaluator(challenge);
    this.#read = since;
  }

  /** Whether there are rows to judge that {@link look} left for the next time. */
  get isBehind(): boolean {
    return this.#left > 0 && this.#read < this.store.lastNumber;
  }

  look(): ChallengeResult {
    const limit = Math.min(LOOK_ROWS, this.#left);
    const rows = this.store.after(this.#read, limit);
    this.#left -= rows.length;
    this.#read = rows.at(-1)?.number ?? this.#read;
    this.#evaluator.push(rows);
    return this.#evaluator.result();
  }
}
