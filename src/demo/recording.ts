/**
 * One step of a demo's recording, as a reader would take it. Names are those that a screen reader
 * says; a step waits until it can be taken.
 */
export type RecordingStep =
  | { readonly press: string }
  | { readonly unfold: string }
  | { readonly fill: string; readonly with: string }
  | { readonly check: string }
  | { readonly select: string; readonly option: string }
  /** Waits until the bench shows this text. */
  | { readonly see: string };

/** What is done with a demo for the recording that copies of the site without a server show. */
export type RecordingScript = {
  /** As in the page's address, for example `?echo.size=126`. */
  readonly search?: string;
  /** Goals that the recording meets, as `<challenge>/<goal>`: a reader without a server sees these. */
  readonly meets: readonly string[];
  readonly steps: readonly RecordingStep[];
  /** Of the recording's JSON, where 60,000 characters can't hold what it is there to show. */
  readonly maxLength?: number;
};
