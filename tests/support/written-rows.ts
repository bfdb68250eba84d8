import type { Row } from '#capture/row.ts';

/** What a test says of a row; the rest is filled in. */
export type RowDraft = Pick<Row, 'kind' | 'data'> & Partial<Omit<Row, 'number' | 'kind' | 'data'>>;

/** Written rows, one a millisecond unless they say otherwise. */
export function writtenRows(drafts: readonly RowDraft[]): Row[] {
  return drafts.map((draft, index) => ({
    number: index + 1,
    t: index + 1,
    vantage: vantages[draft.kind] ?? 'wire',
    ...draft,
  }));
}

const vantages: Partial<Record<Row['kind'], Row['vantage']>> = {
  app: 'page',
  server: 'server',
  box: 'box',
};
