/** Field lines in order; a name may stand twice. `{date}`, `{date+60}` are dates by the case's clock. */
export type Lines = readonly (readonly [name: string, value: string])[];

/** What the origin answers if it is asked in this step. */
export type Reply = {
  /** 304 answers a condition; what asks without one gets 200. */
  readonly statusCode?: number;
  readonly fields?: Lines;
  /** Left out, it is a new text each time. */
  readonly content?: string;
  /** It ends the connection in the middle of the content, or before any answer. */
  readonly fails?: 'in-the-middle' | 'at-once';
};

/** One request at the cache, and what must come of it. */
export type Step = {
  /** Seconds that pass before. */
  readonly after?: number;
  readonly method?: string;
  readonly fields?: Lines;
  /** Behind the path that each case has to itself. */
  readonly path?: string;
  readonly origin?: Reply;
  /**
   * `origin`: its new answer. `store`: an answer that came before, and the origin was not asked.
   * `validated`: that too, but the origin was asked with a condition. `behind`: as `store`, and the
   * origin is asked behind it. `failover`: as `store`, after the origin was asked in vain. `nobody`:
   * neither. `error`: a failure that the origin, or its silence, gave rise to. `cut`: what came of the
   * origin's answer. `asked-twice`: the origin's second answer, to a request that had no condition.
   */
  readonly from:
    | 'origin'
    | 'store'
    | 'validated'
    | 'behind'
    | 'failover'
    | 'nobody'
    | 'error'
    | 'cut'
    | 'asked-twice';
  readonly statusCode?: number;
  /** Of the answer; null: it must not be there. */
  readonly answer?: Readonly<Record<string, string | RegExp | null>>;
  /** Of the request that reached the origin. */
  readonly asked?: Readonly<Record<string, string | RegExp | null>>;
};

/** A sentence of a specification, as requests. */
export type CacheCase = {
  readonly id: string;
  readonly section: string;
  /**
   * `required`: MUST or MUST NOT. `advised`: SHOULD. `optimal`: reuse that is allowed. `chosen`: one
   * of several things that the specification allows, and what this cache does.
   */
  readonly kind: 'required' | 'advised' | 'optimal' | 'chosen';
  readonly says: string;
  readonly steps: readonly Step[];
};
