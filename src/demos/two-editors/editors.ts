import type { Row } from '#capture/row.ts';

/** What became of the list, as the server's program and the scripts said in order. */
export type ListState = {
  /** The list on the server; undefined before anybody has loaded it. */
  readonly text: string | undefined;
  /** Saved changes that the text no longer has: what was added by somebody and then overwritten. */
  readonly lost: readonly string[];
  /** The last thing that the scripts were told of a save. */
  readonly last: string | undefined;
};

/** Reads the list's fate from a run's rows: live and in a recording. */
export function listState(rows: readonly Row[]): ListState {
  const saves = rows.filter(({ kind, data }) => kind === 'server' && data['name'] === 'saved');
  const reports = rows.filter(({ kind }) => kind === 'app').map(({ data }) => data);
  const loaded = reports.find(({ name }) => name === 'loaded');
  const list = saves.at(-1)?.data['text'] ?? loaded?.['text'];
  const text = typeof list === 'string' ? list : undefined;
  const items = new Set(saves.flatMap(({ data }) => itemsOf(String(data['text']))));
  const now = new Set(itemsOf(text ?? ''));
  const told = reports.findLast(({ name }) => name === 'saved' || name === 'not-saved');
  return {
    text,
    lost: [...items].filter((item) => !now.has(item)),
    last: told && `${String(told['who'])}: ${String(told['statusCode'])}`,
  };
}

const itemsOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
