import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import {
  isQuiet,
  median,
  medianInterval,
  seededRandom,
  shuffled,
  verdictOf,
} from '#scripts/bench/statistics.ts';

/** Gives the numbers in turn, over and over. */
function scripted(...numbers: readonly number[]): () => number {
  let next = 0;
  return () => numbers[next++ % numbers.length] ?? 0;
}

describe('median', () => {
  it('is the sample in the middle, whatever their order', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([10, 9, 100]), 10, 'sorted as numbers, not as text');
  });

  it('lies halfway between the two in the middle', () => {
    assert.equal(median([4, 1, 2, 100]), 3);
  });

  it('leaves the samples in their order', () => {
    const samples = [3, 1, 2];
    median(samples);
    assert.deepEqual(samples, [3, 1, 2]);
  });

  it('refuses to make a figure of nothing', () => {
    assert.throws(() => median([]), RangeError);
  });
});

describe('the bootstrap interval of the median', () => {
  it('is a point when all samples are the same', () => {
    assert.deepEqual(medianInterval([2, 2, 2], seededRandom(1)), { lower: 2, upper: 2 });
  });

  it('draws with replacement: as many as there are samples, each by one random number', () => {
    // Draws of three from [1, 5, 9]: (1, 1, 9), (5, 9, 9), (1, 5, 5), so the medians are 1, 9 and 5.
    const random = scripted(0, 0.1, 0.99, 0.4, 0.7, 0.8, 0.3, 0.34, 0.5);
    assert.deepEqual(medianInterval([1, 5, 9], random, 3), { lower: 1, upper: 9 });
  });

  it('cuts 2.5 % of the medians off either end', () => {
    // Two samples, 20 resamples: (0, 0) once, (1, 1) once, (0, 1) otherwise. 0 are cut of 20, 1 of 40.
    const draws = [
      0,
      0,
      0.9,
      0.9,
      ...Array.from({ length: 36 }, (_, n) => (n % 2 === 0 ? 0 : 0.9)),
    ];
    assert.deepEqual(medianInterval([0, 1], scripted(...draws), 20), { lower: 0, upper: 1 });
    const twiceAsMany = [
      ...draws,
      ...Array.from({ length: 40 }, (_, n) => (n % 2 === 0 ? 0 : 0.9)),
    ];
    assert.deepEqual(medianInterval([0, 1], scripted(...twiceAsMany), 40), {
      lower: 0.5,
      upper: 0.5,
    });
  });

  it('is the same for the same samples', () => {
    const samples = [0.91, 1.04, 0.98, 1.2, 0.85];
    const first = medianInterval(samples, seededRandom(7));
    assert.deepEqual(medianInterval(samples, seededRandom(7)), first);
    assert.ok(first.lower >= 0.85 && first.lower <= 0.98);
    assert.ok(first.upper >= 0.98 && first.upper <= 1.2);
  });
});

describe('a verdict', () => {
  const atLeast = { bound: 'at least', value: 0.95 } as const;
  const atMost = { bound: 'at most', value: 2 } as const;

  it('passes when the whole interval reaches the goal, its end included', () => {
    assert.equal(verdictOf({ lower: 0.95, upper: 1.2 }, atLeast), 'pass');
    assert.equal(verdictOf({ lower: 1.1, upper: 2 }, atMost), 'pass');
  });

  it('misses when no part of the interval reaches it', () => {
    assert.equal(verdictOf({ lower: 0.7, upper: 0.94 }, atLeast), 'miss');
    assert.equal(verdictOf({ lower: 2.01, upper: 3 }, atMost), 'miss');
  });

  it('is undecided when the goal lies within the interval', () => {
    assert.equal(verdictOf({ lower: 0.94, upper: 1.2 }, atLeast), 'undecided');
    assert.equal(verdictOf({ lower: 0.9, upper: 0.95 }, atLeast), 'undecided');
    assert.equal(verdictOf({ lower: 1, upper: 2.5 }, atMost), 'undecided');
  });
});

describe('the control', () => {
  it('is quiet from 0.9 to 1.1', () => {
    assert.deepEqual([0.89, 0.9, 1, 1.1, 1.11].map(isQuiet), [false, true, true, true, false]);
  });
});

describe('random numbers', () => {
  it('come from the seed by x · 1664525 + 1013904223 modulo 2^32', () => {
    const random = seededRandom(0);
    assert.equal(random(), 1_013_904_223 / 2 ** 32);
    // 1013904223 · 1664525 + 1013904223 = 1687669940693298 ≡ 1196435762.
    assert.equal(random(), 1_196_435_762 / 2 ** 32);
  });

  it('shuffle without loss, by the scripted draw', () => {
    // Takes the third of three, the first of two, the last.
    assert.deepEqual(shuffled(['a', 'b', 'c'], scripted(0.9, 0, 0.5)), ['c', 'a', 'b']);
  });
});
