import type { BenchModel } from './bench-model.ts';

/** Whether what comes is followed by itself: not in a replay, and never against the reader's wish. */
export const isGrowing = (model: BenchModel): boolean =>
  model.replay.value === undefined && !prefersStillness.matches;

const prefersStillness = matchMedia('(prefers-reduced-motion: reduce)');
