import { useEffect, useMemo, useState } from 'preact/hooks';
import type { BenchModel } from './bench-model.ts';
import type { Choices } from './choices.ts';
import { FilteredRows, isFiltering, type RowFilter } from './row-filter.ts';

/** Rows that are listed; of a filter, how far it has come. */
export type ListedRows = Choices & {
  /** Rows that a filter has not looked at yet. */
  readonly unseen: number;
};

/** A search in a long run is done in such pieces, in milliseconds: the page stays quick. */
const PIECE_MS = 8;
/** So often what was found meanwhile is drawn. */
const DRAWN_EVERY_MS = 100;

/** The run's rows in the order of their times, as far as they pass a filter. */
export function useListedRows(model: BenchModel, filter: RowFilter): ListedRows {
  const { store } = model;
  const { length } = store.byTime;
  const [, setPieces] = useState(0);
  const filtered = useMemo(
    () => (isFiltering(filter) ? new FilteredRows(store, filter) : undefined),
    [store, filter],
  );
  const isDone = filtered?.advance(performance.now() + PIECE_MS) ?? true;
  useEffect(() => {
    if (isDone || filtered === undefined) return undefined;
    const begin = performance.now();
    const search = () => {
      const now = performance.now();
      if (filtered.advance(now + PIECE_MS) || now > begin + DRAWN_EVERY_MS) {
        setPieces((count) => count + 1);
      } else timer = setTimeout(search);
    };
    let timer = setTimeout(search);
    return () => clearTimeout(timer);
  });
  if (filtered !== undefined) {
    return {
      length: filtered.length,
      numberAt: filtered.numberAt,
      indexOf: filtered.indexOf,
      unseen: length - filtered.seen,
    };
  }
  return {
    length,
    numberAt: (index) => store.numberAt(index),
    indexOf: (number) => (number === undefined ? -1 : store.placeOf(number)),
    unseen: 0,
  };
}
