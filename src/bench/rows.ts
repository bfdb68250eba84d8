import type { PlainFrames } from '#capture/plain-frames.ts';
import type { Row } from '#capture/row.ts';

/** Sees a row without its being made: it is one already, or that number among plain frames. */
export type SeeRow = (
  number: number,
  row: Row | undefined,
  frames: PlainFrames | undefined,
) => void;

/** A run's rows in both orders. */
export type Rows = {
  /**
   * In the order in which they came to be. Row n stands at n − 1, unless the oldest are gone: then
   * the first says how many. For a row by its number see `row`, for new ones `after`.
   */
  readonly rows: readonly Row[];
  /** In the order of their times. */
  readonly byTime: readonly Row[];
  /** Number of the newest row; 0 without any. */
  readonly lastNumber: number;
  /** Number of the last event of the wire that was read; 0 without any. */
  readonly lastSeq: number;
  row(number: number | undefined): Row | undefined;
  /** Rows with a higher number, oldest first: at most so many, the newest of them if asked for. */
  after(number: number, limit: number, newest?: 'newest'): readonly Row[];
  /** The number of the row at a place in the order of time. */
  numberAt(place: number): number | undefined;
  /** The place of a row in the order of time; -1 for none. */
  placeOf(number: number): number;
  /** Where rows came between others; {@link generation} counts how often it began anew. */
  readonly insertions: readonly number[];
  /** Counts how often all places changed, because the oldest rows went. */
  readonly generation: number;
  /** Shows rows in the order of time, from one place up to another. */
  see(from: number, to: number, see: SeeRow): void;
};

/** The least place that has moved since there were so many insertions; Infinity: none has. */
export function firstMoved({ insertions }: Pick<Rows, 'insertions'>, since: number): number {
  let first = Infinity;
  for (let at = since; at < insertions.length; at++) first = Math.min(first, insertions[at]!);
  return first;
}

/** Of a run in which nothing has happened. */
export const NO_ROWS: Rows = {
  rows: [],
  byTime: [],
  lastNumber: 0,
  lastSeq: 0,
  row: () => undefined,
  after: () => [],
  numberAt: () => undefined,
  placeOf: () => -1,
  insertions: [],
  generation: 0,
  see: () => undefined,
};
