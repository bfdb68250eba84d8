import type { Row } from '#capture/row.ts';
import { answered, nothingYet, type Tally } from './tally.ts';

type Letter = { readonly number: number; readonly ageMs: number; readonly answer: number };

/** What each way had brought when a recorded run was saved, the last one first. */
export function recordedTallies(rows: readonly Row[]): readonly Tally[] {
  const tallies = new Map<string, Tally>();
  const seen = rows.filter(({ kind }) => kind === 'app');
  let tally: Tally | undefined;
  for (const [index, { data }] of seen.entries()) {
    if (data['name'] === 'start') tally = nothingYet(String(data['way']));
    if (tally === undefined) continue;
    tally = counted(tally, data, () => lettersOf(seen.slice(index), data['answer']));
    // Deleted first: what was last comes last.
    tallies.delete(tally.way);
    tallies.set(tally.way, tally);
  }
  return [...tallies.values()].reverse();
}

function counted(tally: Tally, data: Row['data'], letters: () => readonly Letter[]): Tally {
  switch (data['name']) {
    case 'ask':
    case 'open':
      return { ...tally, requests: tally.requests + 1 };
    case 'empty-answer':
      return answered(tally, []);
    case 'letter':
      // An answer's letters are rows one after another; its first one brings them all.
      return data['answer'] === tally.answers ? tally : answered(tally, letters());
    default:
      return tally;
  }
}

function lettersOf(rows: readonly Row[], answer: unknown): readonly Letter[] {
  const end = rows.findIndex(({ data }) => data['name'] !== 'letter' || data['answer'] !== answer);
  return rows.slice(0, end < 0 ? rows.length : end).map(({ data }) => data as Letter);
}
