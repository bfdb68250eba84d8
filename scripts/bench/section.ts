import { join } from 'node:path';

import type { Child } from './child.ts';
import type { Rate, Ratio } from './figures.ts';
import type { Goal, Interval, RandomSource, Verdict } from './statistics.ts';

/** What a section gets to measure with. */
export type Bench = {
  readonly rounds: number;
  readonly random: RandomSource;
  readonly load: Child;
};

/** A figure with its unit, such as memory per connection. */
export type Figure = {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly interval: Interval;
  readonly goal?: Goal;
  readonly verdict?: Verdict;
};

/** One table of the report. */
export type Section = {
  readonly title: string;
  readonly rates: readonly Rate[];
  readonly ratios: readonly Ratio[];
  readonly figures: readonly Figure[];
  /** One sentence each, among them what was left out and why. */
  readonly notes: readonly string[];
};

/** Where a file of the bench is. */
export function benchFile(name: string): string {
  return join(import.meta.dirname, name);
}
