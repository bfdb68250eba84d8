import {
  isQuiet,
  median,
  medianInterval,
  seededRandom,
  verdictOf,
  type Goal,
  type Interval,
  type Verdict,
} from './statistics.ts';

/** What one target did in one window. */
export type Window = {
  readonly operations: number;
  readonly wallSeconds: number;
  /** Of the server's processes and threads, not of the load's. */
  readonly cpuSeconds: number;
};

/** The windows of one target, one per round: the same index is the same round. */
export type Windows = ReadonlyMap<string, readonly Window[]>;

/** Two targets to compare; a `control` is the same program as its base, under another name. */
export type Comparison = {
  readonly target: string;
  readonly base: string;
  readonly goal?: Goal;
  readonly control?: boolean;
};

/** One comparison, measured. */
export type Ratio = Comparison & {
  readonly ratio: number;
  readonly interval: Interval;
  /** `undefined` where there is no goal. */
  readonly verdict: Verdict | undefined;
};

/** Medians of one target. */
export type Rate = {
  readonly target: string;
  readonly perSecond: number;
  readonly perCpuSecond: number;
};

const SEED = 6455;

/** Medians over the windows of each target. */
export function ratesOf(windows: Windows): Rate[] {
  return [...windows].map(([target, ofTarget]) => ({
    target,
    perSecond: median(ofTarget.map(({ operations, wallSeconds }) => operations / wallSeconds)),
    perCpuSecond: median(ofTarget.map(perCpuSecond)),
  }));
}

/**
 * Takes each ratio within its round, then the median over the rounds.
 *
 * When the control is off, nothing is judged. What was not measured is left out.
 */
export function ratiosOf(windows: Windows, comparisons: readonly Comparison[]): Ratio[] {
  const measured = comparisons.flatMap((comparison) => {
    const samples = pairedRatios(windows, comparison);
    if (samples.length === 0) return [];
    const interval = medianInterval(samples, seededRandom(SEED));
    return [{ ...comparison, ratio: median(samples), interval }];
  });
  const quiet = measured.every(({ control, ratio }) => control !== true || isQuiet(ratio));
  return measured.map((figure) => ({ ...figure, verdict: judge(figure, quiet) }));
}

function judge({ interval, goal }: Omit<Ratio, 'verdict'>, quiet: boolean): Verdict | undefined {
  if (goal === undefined) return undefined;
  return quiet ? verdictOf(interval, goal) : 'noisy';
}

function pairedRatios(windows: Windows, { target, base }: Comparison): number[] {
  const ofBase = windows.get(base) ?? [];
  return (windows.get(target) ?? []).flatMap((window, round) => {
    const inRound = ofBase[round];
    return inRound === undefined ? [] : [perCpuSecond(window) / perCpuSecond(inRound)];
  });
}

function perCpuSecond({ operations, cpuSeconds }: Window): number {
  return operations / cpuSeconds;
}
