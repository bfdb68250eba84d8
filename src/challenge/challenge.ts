/**
 * A check as data: what must be true of a run's rows (curriculum, Appendix A.2).
 *
 * `where` maps a path into a row (`kind`, `direction`, `data.statusCode`, `data.fields.etag`) to the
 * value it must have, or to a comparison.
 */
export type Comparison =
  | string
  | number
  | boolean
  | {
      readonly present?: boolean;
      readonly atLeast?: number;
      readonly atMost?: number;
      readonly not?: string | number | boolean;
      readonly includes?: string;
      /** Equal to that path of the row bound to that name before, as `name.path`. */
      readonly sameAs?: string;
    };

/** Paths into a row with what must be true there; all of them must be. */
export type Where = Readonly<Record<string, Comparison>>;

/** One thing that must be true of a run; `as` names the row for the conditions of the same goal. */
export type Condition =
  | { readonly exists: { readonly as?: string; readonly where: Where } }
  | { readonly none: { readonly where: Where } }
  | {
      readonly count: {
        readonly where: Where;
        readonly atLeast?: number;
        readonly atMost?: number;
      };
    }
  | {
      readonly distinct: { readonly path: string; readonly where: Where; readonly atLeast: number };
    }
  | {
      /** Of the numbers at a path; rows without a number there do not count. */
      readonly measure: {
        readonly of: 'sum' | 'mean' | 'max';
        readonly path: string;
        readonly where: Where;
        /** So many rows at least, or nothing was measured; 1 when left out. */
        readonly rows?: number;
        readonly atLeast?: number;
        readonly atMost?: number;
      };
    }
  | {
      /** Every one of these values stands at the path of some row. */
      readonly superset: {
        readonly path: string;
        readonly where: Where;
        readonly of: readonly (string | number | boolean)[];
      };
    }
  | { readonly sameConnection: readonly [string, string] }
  | { readonly before: readonly [string, string] }
  | { readonly within: { readonly rows: readonly [string, string]; readonly ms: number } }
  | { readonly sequence: readonly { readonly as?: string; readonly where: Where }[] };

/** A step of a challenge: met when its conditions hold together for the same rows. */
export type Goal = {
  /** Stable within the challenge. */
  readonly id: string;
  /** In words, what it waits for. */
  readonly words: string;
  readonly all: readonly Condition[];
};

/** Something to bring about, checked on what really crossed the wire. */
export type Challenge = {
  /** Stable: solved challenges are kept under it on the reader's device. */
  readonly id: string;
  readonly title: string;
  readonly goals: readonly Goal[];
  /** Shown one by one, from gentle to plain. */
  readonly hints: readonly string[];
};
