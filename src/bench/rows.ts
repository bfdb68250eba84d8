import type { Row } from '#capture/row.ts';

/** A run's rows in both orders. */
export type Rows = {
  /** In the order in which they came to be; `rows[n - 1]` has the number n. */
  readonly rows: readonly Row[];
  /** In the order of their times. */
  readonly byTime: readonly Row[];
  row(number: number | undefined): Row | undefined;
};

/** Of a run in which nothing has happened. */
export const NO_ROWS: Rows = { rows: [], byTime: [], row: () => undefined };
