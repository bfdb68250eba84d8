import type { Row } from '#capture/row.ts';
import { formatCount } from '#controls/number-format.ts';
import { words } from '#words/instrument.ts';
import { rowWords } from './row-words.ts';

/** What is said of so many new rows, of which this one is the last. */
export function announcementOf(count: number, last: Row): string {
  const { title, detail } = rowWords(last);
  const said = `${title} ${detail}`.trimEnd();
  return count === 1 ? words.newRow(said) : words.newRows(formatCount(count), said);
}
