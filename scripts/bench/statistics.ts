/** Two ends between which a figure lies with 95 % confidence. */
export type Interval = { readonly lower: number; readonly upper: number };

/** What a figure has to reach. */
export type Goal = { readonly bound: 'at least' | 'at most'; readonly value: number };

/** A `noisy` verdict is none: the same program, measured twice, did not come out the same. */
export type Verdict = 'pass' | 'miss' | 'undecided' | 'noisy';

/** Numbers from 0 to 1, 1 left out. */
export type RandomSource = () => number;

const RESAMPLES = 2000;

/** The middle of the sorted samples, or halfway between the two in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)];
  if (upper === undefined) throw new RangeError('No median without samples.');
  const lower = sorted[Math.ceil(middle) - 1] ?? upper;
  return (lower + upper) / 2;
}

/** Percentile bootstrap: the middle 95 % of the medians of samples drawn from the samples. */
export function medianInterval(
  samples: readonly number[],
  random: RandomSource,
  resamples = RESAMPLES,
): Interval {
  const medians = Array.from({ length: resamples }, () =>
    median(samples.map((sample) => samples[Math.floor(random() * samples.length)] ?? sample)),
  ).sort((one, other) => one - other);
  const tail = Math.floor(resamples * 0.025);
  const lower = medians[tail];
  const upper = medians[resamples - 1 - tail];
  if (lower === undefined || upper === undefined) throw new RangeError('Resample at least once.');
  return { lower, upper };
}

/** Judges by the interval, not by the median: what noise could have turned round is undecided. */
export function verdictOf({ lower, upper }: Interval, { bound, value }: Goal): Verdict {
  const isReached = bound === 'at least' ? lower >= value : upper <= value;
  const isMissed = bound === 'at least' ? upper < value : lower > value;
  if (isReached) return 'pass';
  return isMissed ? 'miss' : 'undecided';
}

/** Says whether the ratio of a program to itself is near enough to 1 for other ratios to mean much. */
export function isQuiet(controlRatio: number): boolean {
  return controlRatio >= 0.9 && controlRatio <= 1.1;
}

/** The same numbers for the same seed, so that the same samples get the same interval. */
export function seededRandom(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    // A linear congruential generator modulo 2^32; the upper bits, which a fraction shows, are good.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Returns the values in random order (Fisher and Yates). */
export function shuffled<Value>(values: readonly Value[], random: RandomSource): Value[] {
  const left = [...values];
  const order: Value[] = [];
  while (left.length > 0) order.push(...left.splice(Math.floor(random() * left.length), 1));
  return order;
}
