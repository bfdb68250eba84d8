import type { Challenge } from '#challenge/challenge.ts';

/** One thing that a reader can set. Draws its control, validates its address, documents the demo. */
export type Parameter =
  | {
      readonly type: 'text';
      readonly label: string;
      readonly default: string;
      /** In UTF-16 code units. */
      readonly maxLength: number;
      readonly help?: string;
    }
  | {
      readonly type: 'choice';
      readonly label: string;
      readonly default: string;
      readonly choices: readonly { readonly value: string; readonly label: string }[];
      readonly help?: string;
    }
  | {
      readonly type: 'number';
      readonly label: string;
      readonly default: number;
      readonly min: number;
      readonly max: number;
      readonly step: number;
      readonly unit?: string;
      readonly help?: string;
    }
  | {
      readonly type: 'flag';
      readonly label: string;
      readonly default: boolean;
      readonly help?: string;
    };

export type Parameters = Readonly<Record<string, Parameter>>;

/** The value type of each parameter of a schema. */
export type ValuesOf<P extends Parameters> = {
  -readonly [Name in keyof P]: P[Name] extends { type: 'number' }
    ? number
    : P[Name] extends { type: 'flag' }
      ? boolean
      : string;
};

export type DemoDefinition<P extends Parameters = Parameters> = {
  /** Kebab-case: folder in `src/demos`, file in `demo-server/demos`, path segment in `/live/…`. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what happens when it runs. */
  readonly summary: string;
  readonly parameters: P;
  /**
   * Headings of the timeline's lifelines: `page` where it is not the reader's script, `client` where it
   * is not the browser that sends.
   */
  readonly lifelines: { readonly page?: string; readonly client?: string; readonly server: string };
  readonly challenges: readonly Challenge[];
  /** Its runs hold HTTP/2, whose reader is loaded only then. */
  readonly http2?: boolean;
  /** Its runs hold TLS, likewise. */
  readonly tls?: boolean;
  /**
   * Its script measures times of many events: the bench draws new rows at most four times a second, and
   * the bytes of one row, as drawing takes the thread on which the next event waits to be measured.
   */
  readonly isTimed?: boolean;
};

/** Keeps a definition's exact types. */
export function defineDemo<const P extends Parameters>(
  definition: DemoDefinition<P>,
): DemoDefinition<P> {
  return definition;
}
