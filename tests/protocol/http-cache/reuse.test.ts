import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideReuse, type ReuseDecision, type ReuseOptions } from '#protocol/http-cache/reuse.ts';
import type { StoredResponse } from '#protocol/http-cache/stored-response.ts';

const DATE = 'Mon, 23 Nov 2026 12:00:00 GMT';
const AT = Date.parse(DATE);

type Case = readonly [
  /** `Cache-Control` of the stored response, 12 seconds old. */
  cacheControl: string,
  requestCacheControl: string,
  reuse: ReuseDecision['reuse'],
  reason: ReuseDecision['reason'],
  more?: ReuseOptions,
];

const SHARED = { isShared: true };
const FAILED = { originFailed: true };

const cases: readonly Case[] = [
  ['max-age=13', '', 'fresh', 'FRESH'],
  ['max-age=12', '', 'validate', 'STALE'],
  ['no-store, max-age=13', '', 'never', 'NO_STORE'],
  ['no-cache, max-age=13', '', 'validate', 'NO_CACHE'],
  ['no-cache="set-cookie", max-age=13', '', 'fresh', 'FRESH'],
  ['no-cache=" , ", max-age=13', '', 'validate', 'NO_CACHE'],
  // Stored in spite of no-store, as RFC 9111 §5.2.2.3 lets who understands the status code.
  ['must-understand, no-store, max-age=13', '', 'fresh', 'FRESH'],
  // What the request asks for. RFC 9111 §5.2.1.
  ['max-age=13', 'no-cache', 'validate', 'REQUEST_NO_CACHE'],
  ['max-age=13', 'max-age=12', 'fresh', 'FRESH'],
  ['max-age=13', 'max-age=11', 'validate', 'REQUEST_MAX_AGE'],
  ['max-age=13', 'max-age=0', 'validate', 'REQUEST_MAX_AGE'],
  ['max-age=15', 'min-fresh=3', 'fresh', 'FRESH'],
  ['max-age=14', 'min-fresh=3', 'validate', 'REQUEST_MIN_FRESH'],
  ['max-age=10', 'max-stale', 'stale', 'REQUEST_MAX_STALE'],
  ['max-age=10', 'max-stale=2', 'stale', 'REQUEST_MAX_STALE'],
  ['max-age=10', 'max-stale=1', 'validate', 'STALE'],
  ['max-age=10', 'max-age=99', 'validate', 'REQUEST_MAX_AGE'],
  ['max-age=13', 'only-if-cached', 'fresh', 'FRESH'],
  ['max-age=12', 'only-if-cached', 'never', 'ONLY_IF_CACHED'],
  // Leave to be stale, and what takes it away. RFC 9111 §4.2.4, RFC 5861.
  ['max-age=10, must-revalidate', 'max-stale', 'validate', 'MUST_REVALIDATE'],
  ['max-age=10, proxy-revalidate', 'max-stale', 'validate', 'PROXY_REVALIDATE', SHARED],
  ['max-age=10, proxy-revalidate', 'max-stale', 'stale', 'REQUEST_MAX_STALE'],
  ['s-maxage=10', 'max-stale', 'validate', 'S_MAXAGE_REVALIDATE', SHARED],
  ['max-age=10, stale-while-revalidate=2', '', 'stale', 'STALE_WHILE_REVALIDATE'],
  ['max-age=10, stale-while-revalidate=1', '', 'validate', 'STALE'],
  ['max-age=10, stale-while-revalidate=9, must-revalidate', '', 'validate', 'MUST_REVALIDATE'],
  ['max-age=10, stale-while-revalidate=9', 'min-fresh=1', 'validate', 'REQUEST_MIN_FRESH'],
  ['max-age=10, stale-if-error=2', '', 'stale', 'STALE_IF_ERROR', FAILED],
  ['max-age=10, stale-if-error=1', '', 'validate', 'STALE', FAILED],
  ['max-age=10, stale-if-error=2', '', 'validate', 'STALE'],
  ['max-age=10', 'stale-if-error=2', 'stale', 'STALE_IF_ERROR', FAILED],
  // Whose cache it is.
  ['max-age=99, s-maxage=10', '', 'validate', 'S_MAXAGE_REVALIDATE', SHARED],
  ['max-age=99, s-maxage=10', '', 'fresh', 'FRESH'],
];

const stored = (cacheControl: string, more: Record<string, string> = {}): StoredResponse => ({
  statusCode: 200,
  fields: { date: DATE, 'cache-control': cacheControl, ...more },
  requestFields: { 'accept-language': 'en' },
  requestTimeMs: AT,
  responseTimeMs: AT,
});

describe('decideReuse after 12 seconds (RFC 9111 §4)', () => {
  for (const [cacheControl, wanted, reuse, reason, more = {}] of cases) {
    const shared = more.isShared === true ? ', shared' : '';
    const failed = more.originFailed === true ? ', origin failed' : '';
    it(`${reuse} by ${reason}: ${cacheControl} for "${wanted}"${shared}${failed}`, () => {
      const requestFields = wanted === '' ? {} : { 'cache-control': wanted };
      const decision = decideReuse(stored(cacheControl), AT + 12_000, { ...more, requestFields });
      assert.deepEqual([decision.reuse, decision.reason], [reuse, reason]);
      assert.match(decision.section, /^RFC (?:9111|5861) §/);
    });
  }

  it('takes Pragma for Cache-Control where there is none (§5.4)', () => {
    const reasonFor = (requestFields: Record<string, string>) =>
      decideReuse(stored('max-age=99'), AT, { requestFields }).reason;
    assert.equal(reasonFor({ pragma: 'no-cache' }), 'REQUEST_PRAGMA');
    assert.equal(reasonFor({ pragma: 'no-cache', 'cache-control': 'max-age=9' }), 'FRESH');
  });

  it('asks when the fields that Vary names are not the same (§4.1)', () => {
    const reasonFor = (vary: string, language: string) =>
      decideReuse(stored('max-age=99', { vary }), AT, {
        requestFields: { 'accept-language': language },
      }).reason;
    assert.equal(reasonFor('Accept-Language', 'en'), 'FRESH');
    assert.equal(reasonFor('Accept-Language', 'de'), 'VARY_DIFFERS');
    assert.equal(reasonFor('*', 'en'), 'VARIES_BY_ANYTHING');
  });
});
