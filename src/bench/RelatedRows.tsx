import { useMemo } from 'preact/hooks';
import type { Row } from '#capture/row.ts';
import { relationsOf } from '#capture/threads.ts';
import { relationWords as words } from '#words/relations.ts';
import type { BenchModel } from './bench-model.ts';
import { rowWords } from './row-words.ts';

/** The rows that the chosen one belongs together with, each one press away. */
export function RelatedRows({ row, model }: { readonly row: Row; readonly model: BenchModel }) {
  const count = model.store.rows.length;
  const relations = useMemo(() => relationsOf(row, model.store), [row, count]);
  if (relations.length === 0) return null;
  return (
    <ul class="related" aria-label={words.title}>
      {relations.map(({ kind, row: number }) => {
        const other = model.store.row(number);
        return (
          <li key={number}>
            {words.kinds[kind]}{' '}
            <button type="button" class="row-link" onClick={() => (model.chosen.value = number)}>
              {words.row(number, other === undefined ? '' : rowWords(other).title)}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
