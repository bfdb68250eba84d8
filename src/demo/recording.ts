/**
 * One step of a demo's recording, as a reader would take it. Names are those that a screen reader
 * says; a step waits until it can be taken.
 */
export type RecordingStep =
  | { readonly press: string }
  | { readonly unfold: string }
  | { readonly fill: string; readonly with: string }
  /** Copies what stands behind that text in the panel, and writes more behind it. */
  | { readonly fill: string; readonly copy: string; readonly then?: string }
  | { readonly check: string }
  | { readonly select: string; readonly option: string }
  /** Waits until the bench shows this text. */
  | { readonly see: string };

/** What a reader can save in a demo's panel, as it is saved for its folder in `src/demos`. */
export type RecordedFile = {
  readonly name: string;
  readonly search?: string;
  readonly steps: readonly RecordingStep[];
  /** The button that saves it, when all steps are taken. */
  readonly saveBy: string;
};

/** What is done with a demo for the recording that copies of the site without a server show. */
export type RecordingScript = {
  /** As in the page's address, for example `?echo.size=126`. */
  readonly search?: string;
  /** Goals that the recording meets, as `<challenge>/<goal>`: a reader without a server sees these. */
  readonly meets: readonly string[];
  readonly steps: readonly RecordingStep[];
  /** Other things that are recorded, each on a page of its own. */
  readonly files?: readonly RecordedFile[];
  /** Of the recording's JSON, where 60,000 characters can't hold what it is there to show. */
  readonly maxLength?: number;
};
