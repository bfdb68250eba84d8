import type { Pair } from '#capture/comparison.ts';
import type { Difference } from '#capture/difference.ts';
import type { Row } from '#capture/row.ts';
import { formatCount } from '#controls/number-format.ts';
import { comparisonWords as words } from '#words/comparison.ts';
import { visibleText } from './visible-text.ts';

/** So much of a value is quoted: what is longer is in the row. */
const MAX_QUOTED = 60;

/**
 * Says in one sentence what a row and its recorded partner do differently.
 *
 * @param isReplay the run is over, and may have been anybody’s
 */
export function pairSentence({ here, there, differences }: Pair, isReplay = false): string {
  if (here === undefined) return words.onlyThere;
  if (there === undefined) return words.onlyHere(subjectOf(here, isReplay));
  if (differences.length === 0) return words.same;
  const subject = subjectOf(here, isReplay);
  const parts = differences.map(partOf).join('; ');
  return visibleText(`${subject.charAt(0).toUpperCase()}${subject.slice(1)}: ${parts}.`);
}

function subjectOf({ sender, vantage }: Row, isReplay: boolean): string {
  const subjects = isReplay ? { ...words.subjects, ...words.subjectsThen } : words.subjects;
  return subjects[sender ?? vantage];
}

function partOf(difference: Difference): string {
  switch (difference.type) {
    case 'octets':
      return words.differences.octets(formatCount(difference.here), formatCount(difference.there));
    case 'value':
      return words.differences.value(
        difference.name,
        quoted(difference.here),
        quoted(difference.there),
      );
    default:
      return words.differences[difference.type](difference.names.join(', '));
  }
}

function quoted(value: string): string {
  if (value === '') return words.differences.nothing;
  return value.length > MAX_QUOTED ? `${value.slice(0, MAX_QUOTED)}…` : value;
}
