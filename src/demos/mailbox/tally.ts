/** A letter that the page learned of, or an answer that brought none. */
export type Mark = { readonly number: number; readonly ageMs: number } | 'empty';

/** What one way of being told has cost and brought so far. */
export type Tally = {
  readonly way: string;
  readonly requests: number;
  /** That have come; each event and each message counts as one. */
  readonly answers: number;
  readonly empty: number;
  readonly letters: number;
  readonly totalAgeMs: number;
  readonly worstAgeMs: number;
  readonly marks: readonly Mark[];
};

/** Letters that come by themselves, in one millisecond on average: one in three seconds. */
const LETTERS_PER_MS = 1 / 3000;

export const nothingYet = (way: string): Tally => ({
  way,
  requests: 0,
  answers: 0,
  empty: 0,
  letters: 0,
  totalAgeMs: 0,
  worstAgeMs: 0,
  marks: [],
});

/** Counts an answer and the letters in it, each with its age. */
export function answered(tally: Tally, letters: readonly Exclude<Mark, 'empty'>[]): Tally {
  const ages = letters.map(({ ageMs }) => ageMs);
  return {
    ...tally,
    answers: tally.answers + 1,
    empty: tally.empty + (letters.length === 0 ? 1 : 0),
    letters: tally.letters + letters.length,
    totalAgeMs: ages.reduce((sum, age) => sum + age, tally.totalAgeMs),
    worstAgeMs: Math.max(tally.worstAgeMs, ...ages),
    marks: [...tally.marks, ...(letters.length === 0 ? (['empty'] as const) : letters)],
  };
}

/** Mean age of the letters; undefined while there is none. */
export function meanAgeMs({ letters, totalAgeMs }: Tally): number | undefined {
  return letters === 0 ? undefined : totalAgeMs / letters;
}

/** What to expect of asking by the clock, from the clock and the rate of the letters alone. */
export type Prediction = { readonly meanAgeMs: number; readonly emptyShare: number };

/**
 * A letter comes anywhere between two questions, so that it waits half the time between them; and
 * the share of times without a letter is a Poisson process's e^(−T·λ).
 */
export function predict(everyMs: number): Prediction {
  return { meanAgeMs: everyMs / 2, emptyShare: Math.exp(-everyMs * LETTERS_PER_MS) };
}

/** Time between two questions of a way such as `every-3`; undefined: it doesn't ask by the clock. */
export function everyMsOf(way: string): number | undefined {
  const seconds = /^every-(\d+)$/.exec(way)?.[1];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
