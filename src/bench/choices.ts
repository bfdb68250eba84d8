/** Rows to choose from, in the order in which they stand. */
export type Choices = {
  readonly length: number;
  /** A row's number; `undefined` for what can't be chosen. */
  readonly numberAt: (index: number) => number | undefined;
  /** -1 for a row that is not here. */
  readonly indexOf: (number: number | undefined) => number;
};
