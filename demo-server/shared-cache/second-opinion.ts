import CachePolicy from 'http-cache-semantics';

import type { Fields } from './stored-entry.ts';

type Answered = {
  readonly requestFields: Fields;
  readonly statusCode: number;
  readonly fields: Fields;
};

/**
 * `http-cache-semantics`, which many Node programs go by, asked for its opinion on each decision.
 *
 * It does not decide here: `src/protocol/http-cache` does, and says by which rule. Where the two
 * differ, the event says so. Why: tests/demo-server/shared-cache/second-opinion.test.ts lists where
 * the library departs from RFC 9111.
 */
export class SecondOpinion {
  readonly #Policy: typeof CachePolicy;

  constructor(now: () => number) {
    this.#Policy = class extends CachePolicy {
      now(): number {
        return now();
      }
    };
  }

  /** What it makes of a response that has come. */
  policyFor({ requestFields, statusCode, fields }: Answered): CachePolicy {
    const request = { method: 'GET', url: '', headers: { ...requestFields } };
    const response = { status: statusCode, headers: { ...fields } };
    return new this.#Policy(request, response, { shared: true, immutableMinTimeToLive: 0 });
  }

  /** Whether it would answer from the store, be it stale or not, before it asks the origin. */
  wouldAnswer(policy: CachePolicy, requestFields: Fields): boolean {
    const request = { method: 'GET', url: '', headers: { ...requestFields, host: undefined } };
    return policy.evaluateRequest(request).response !== undefined;
  }
}
