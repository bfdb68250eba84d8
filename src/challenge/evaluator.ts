import type { Row } from '#capture/row.ts';
import type { Challenge } from './challenge.ts';
import { GoalSearch } from './goal-search.ts';

/** How one goal stands. */
export type GoalResult = {
  readonly id: string;
  readonly met: boolean;
  /**
   * Numbers of the rows that decided it: those that fulfil it, or how far it came and what stands
   * in its way.
   */
  readonly deciding: readonly number[];
};

/** How each goal of a challenge stands, in the challenge's order. */
export type ChallengeResult = { readonly goals: readonly GoalResult[] };

/** More rows than a reader could look at say nothing. */
const MAX_DECIDING = 100;

/** Judges a challenge on all rows at once. For rows as they come see {@link ChallengeEvaluator}. */
export function evaluate(challenge: Challenge, rows: readonly Row[]): ChallengeResult {
  const evaluator = new ChallengeEvaluator(challenge);
  evaluator.push(rows);
  return evaluator.result();
}

/**
 * Judges a challenge while it runs.
 *
 * A row is looked at when it is pushed: what a head's row gets later (`data.bodyLength`) is not
 * seen, so that conditions on lengths name the row of the body.
 */
export class ChallengeEvaluator {
  readonly #goals: readonly { readonly id: string; readonly search: GoalSearch }[];

  constructor(challenge: Challenge) {
    this.#goals = challenge.goals.map((goal) => ({ id: goal.id, search: new GoalSearch(goal) }));
  }

  push(rows: readonly Row[]): void {
    for (const { search } of this.#goals) search.push(rows);
  }

  result(): ChallengeResult {
    return {
      goals: this.#goals.map(({ id, search }) => {
        const { met, rows } = search.result();
        const numbers = new Set(rows.slice(0, MAX_DECIDING).map((row) => row.number));
        return { id, met, deciding: [...numbers].sort((a, b) => a - b) };
      }),
    };
  }
}
