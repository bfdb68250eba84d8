import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { SecondOpinion } from '#demo-server/shared-cache/second-opinion.ts';
import { decideReuse } from '#protocol/http-cache/reuse.ts';
import { decideStorage } from '#protocol/http-cache/storage.ts';

type Case = {
  readonly cacheControl: string;
  /** More fields of the response. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly asked?: Readonly<Record<string, string>>;
  readonly afterSeconds: number;
  /** Whether a stored response answers before the origin is asked: by RFC 9111, and by the library. */
  readonly rfc: boolean;
  readonly library: boolean;
  readonly section: string;
};

const same = (cacheControl: string, afterSeconds: number, answers: boolean, asked = {}): Case => ({
  cacheControl,
  afterSeconds,
  asked,
  rfc: answers,
  library: answers,
  section: 'RFC 9111 §4',
});

const CASES: readonly Case[] = [
  same('max-age=10', 5, true),
  same('max-age=10', 11, false),
  same('max-age=1, s-maxage=10', 5, true),
  same('no-cache', 1, false),
  same('private, max-age=10', 1, false),
  same('max-age=1, stale-while-revalidate=10', 5, true),
  same('max-age=10', 5, false, { 'cache-control': 'max-age=3' }),
  same('max-age=10', 11, true, { 'cache-control': 'max-stale=9' }),
  // Where it departs from the RFC.
  {
    cacheControl: 'max-age=10, must-revalidate',
    afterSeconds: 1,
    rfc: true,
    library: false,
    section: 'RFC 9111 §5.2.2.2',
  },
  {
    cacheControl: 'max-age=10, proxy-revalidate',
    afterSeconds: 1,
    rfc: true,
    library: false,
    section: 'RFC 9111 §5.2.2.8',
  },
  {
    cacheControl: 's-maxage=1, stale-while-revalidate=9',
    afterSeconds: 3,
    rfc: false,
    library: true,
    section: 'RFC 9111 §5.2.2.10',
  },
  {
    cacheControl: 's-maxage=1',
    asked: { 'cache-control': 'max-stale' },
    afterSeconds: 3,
    rfc: false,
    library: true,
    section: 'RFC 9111 §5.2.2.10',
  },
  {
    cacheControl: 'Max-Age=10',
    afterSeconds: 1,
    rfc: true,
    library: false,
    section: 'RFC 9111 §5.2',
  },
  {
    cacheControl: 'NO-STORE, max-age=10',
    afterSeconds: 1,
    rfc: false,
    library: true,
    section: 'RFC 9111 §5.2',
  },
  {
    cacheControl: 'x="no-store, a", max-age=10',
    afterSeconds: 1,
    rfc: true,
    library: true,
    section: 'RFC 9111 §5.2',
  },
  {
    cacheControl: 'x="a, no-store, b", max-age=10',
    afterSeconds: 1,
    rfc: true,
    library: false,
    section: 'RFC 9111 §5.2',
  },
  {
    cacheControl: 'max-age=1, max-age=10',
    afterSeconds: 3,
    rfc: false,
    library: true,
    section: 'RFC 9111 §4.2.1',
  },
  {
    cacheControl: 'max-age=10',
    fields: { 'set-cookie': 'a=1' },
    afterSeconds: 1,
    rfc: true,
    library: false,
    section: 'RFC 9111 §7.3',
  },
  {
    cacheControl: 'max-age=10, private="x"',
    afterSeconds: 1,
    rfc: true,
    library: false,
    section: 'RFC 9111 §5.2.2.7',
  },
  {
    cacheControl: 'must-understand, no-store, max-age=10',
    afterSeconds: 1,
    rfc: true,
    library: false,
    section: 'RFC 9111 §5.2.2.3',
  },
  {
    cacheControl: 'max-age=10',
    fields: { date: new Date(-9000).toUTCString() },
    afterSeconds: 5,
    rfc: false,
    library: true,
    section: 'RFC 9111 §4.2.3',
  },
  {
    cacheControl: 'max-age=10',
    asked: { pragma: 'no-cache', 'cache-control': 'max-age=9' },
    afterSeconds: 1,
    rfc: true,
    library: false,
    section: 'RFC 9111 §5.4',
  },
];

describe('http-cache-semantics beside RFC 9111', () => {
  for (const { cacheControl, fields, asked = {}, afterSeconds, rfc, library, section } of CASES) {
    const agree = rfc === library ? 'agrees' : 'departs';
    it(`${agree}: ${cacheControl} ${JSON.stringify({ ...fields, ...asked })} (${section})`, () => {
      let nowMs = 0;
      const opinion = new SecondOpinion(() => nowMs);
      const answered = {
        statusCode: 200,
        fields: { date: new Date(0).toUTCString(), ...fields, 'cache-control': cacheControl },
        requestFields: {},
      };
      const policy = opinion.policyFor(answered);
      nowMs = afterSeconds * 1000;
      const stored = { ...answered, requestTimeMs: 0, responseTimeMs: 0 };
      const { store } = decideStorage({ method: 'GET', ...answered }, { isShared: true });
      const { reuse } = decideReuse(stored, nowMs, { isShared: true, requestFields: asked });
      const answers = store && (reuse === 'fresh' || reuse === 'stale');
      assert.equal(answers, rfc, 'ours');
      assert.equal(opinion.wouldAnswer(policy, asked) && policy.storable(), library, 'the library');
    });
  }
});
