import type { Row } from '#capture/row.ts';
import type { Parameters, ValuesOf } from './definition.ts';

/** Tells the bench what the page's script saw or did; it becomes a row with vantage `page`. */
export type Saw = (name: string, data?: Readonly<Record<string, unknown>>) => void;

/** What a bench gives to the demo inside it. */
export type Workbench<P extends Parameters = Parameters> = {
  /** What the reader has set, valid by the demo's schema. */
  readonly values: ValuesOf<P>;
  /** Sets a value as its control would: for what sets several at once. */
  readonly set: <Name extends keyof P & string>(name: Name, value: ValuesOf<P>[Name]) => void;
  /** Absolute address of the demo's server side, ending in `/`; undefined while there is none. */
  readonly address: string | undefined;
  /** All rows so far, in the order of their numbers. One array that grows. */
  readonly rows: readonly Row[];
  /** Milliseconds since the run began, on the clock of the rows. */
  readonly now: () => number;
  readonly saw: Saw;
  /** Chooses a row by its number, and opens the list at it. */
  readonly look: (row: number) => void;
  /** The rows are those of a recorded run: what its user saw is in them. */
  readonly isReplay: boolean;
};
