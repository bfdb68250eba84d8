import type { LaneFigures, RaceFigures } from './figures.ts';

/** So far a measured mean may be from the predicted one without a word. */
const TOLERANCE = 0.15;

/** What to say of a race that is over and departs from the formula, with what may be behind it. */
export function doubtOf(race: RaceFigures): string | undefined {
  const off = race.lanes.filter((lane) => Math.abs(offBy(lane)) > TOLERANCE);
  if (!race.isOver || off.length === 0) return undefined;
  return `${off.map(wordsOf).join(', ')} than predicted. ${reasonFor(race, off)}`;
}

/** How far a lane's mean is from the formula's, as a share of it. */
function offBy({ meanMs, predictedMs }: LaneFigures): number {
  return meanMs === undefined ? 0 : meanMs / Math.max(1, predictedMs) - 1;
}

function wordsOf(lane: LaneFigures): string {
  const off = offBy(lane);
  return `${lane.name} ${Math.round(Math.abs(off) * 100)}\u00a0% ${off > 0 ? 'later' : 'earlier'}`;
}

const isPolling = ({ lane }: LaneFigures): boolean => lane === 'poll' || lane === 'long';

function reasonFor({ wasHidden, conditions }: RaceFigures, off: readonly LaneFigures[]): string {
  if (wasHidden) return 'This page was hidden meanwhile, and its timers were slowed.';
  if (conditions.delayMs < 10) return 'A way this short is lost in what programs take.';
  if (!off.every(isPolling)) return 'This machine was busy with something else.';
  return conditions.rhythm === 'even'
    ? 'Questions and events both keep time here, so that their phase counts.'
    : 'So few events at random moments leave much to chance.';
}
