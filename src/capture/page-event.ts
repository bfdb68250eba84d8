/** What the page's own script saw or did: the vantage of an application programmer. */
export type PageEvent = {
  /** Milliseconds since the run began, mapped from the page's clock. */
  readonly t: number;
  /** Kebab-case after the DOM's own events where there is one: `open`, `message`, `error`, `close`, `send`. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
};
