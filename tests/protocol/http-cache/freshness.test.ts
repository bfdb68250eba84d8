import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldNamesOf, parseCacheControl } from '#protocol/http-cache/cache-control.ts';
import { currentAge } from '#protocol/http-cache/current-age.ts';
import { freshnessLifetime } from '#protocol/http-cache/freshness-lifetime.ts';
import { decideReuse } from '#protocol/http-cache/reuse.ts';
import type { StoredResponse } from '#protocol/http-cache/stored-response.ts';

const DATE = 'Mon, 23 Nov 2026 12:00:00 GMT';
const AT = Date.parse(DATE);

const stored = (
  fields: Record<string, string>,
  more: Partial<StoredResponse> = {},
): StoredResponse => ({
  statusCode: 200,
  fields: { date: DATE, ...fields },
  requestTimeMs: AT,
  responseTimeMs: AT,
  ...more,
});

describe('parseCacheControl (RFC 9111 §5.2)', () => {
  it('reads directives with token, quoted and no argument', () => {
    const directives = parseCacheControl('Max-Age=3, private="Set-Cookie, x", no-cache ,, a="\\""');
    assert.deepEqual(
      [...directives],
      [
        ['max-age', '3'],
        ['private', 'Set-Cookie, x'],
        ['no-cache', true],
        ['a', '"'],
      ],
    );
  });

  it('keeps the first of a directive that stands twice (RFC 9111 §4.2.1)', () => {
    assert.equal(parseCacheControl('max-age=1, max-age=2').get('max-age'), '1');
  });
});

describe('fieldNamesOf (RFC 9111 §5.2.2.4)', () => {
  it('names the fields, with space and tab alone around them (RFC 9110 §5.6.3)', () => {
    const directives = parseCacheControl('private="Set-Cookie\t, ,\xa0x", no-cache=" ,"');
    assert.deepEqual(fieldNamesOf(directives, 'private'), new Set(['set-cookie', '\xa0x']));
    assert.equal(fieldNamesOf(directives, 'no-cache'), 'all');
  });
});

describe('freshnessLifetime (RFC 9111 §4.2.1)', () => {
  const cases = [
    [{ 'cache-control': 'max-age=3' }, false, 3, 'MAX_AGE'],
    [{ 'cache-control': 'max-age="3"' }, false, 3, 'MAX_AGE'],
    [{ 'cache-control': 'max-age=3, s-maxage=9' }, true, 9, 'S_MAXAGE'],
    [{ 'cache-control': 'max-age=3, s-maxage=9' }, false, 3, 'MAX_AGE'],
    [{ 'cache-control': 'max-age=3', expires: DATE }, false, 3, 'MAX_AGE'],
    [{ expires: 'Mon, 23 Nov 2026 12:01:00 GMT' }, false, 60, 'EXPIRES'],
    [{ expires: '0' }, false, 0, 'EXPIRES_INVALID'],
    [{ expires: 'soon' }, false, 0, 'EXPIRES_INVALID'],
    [{ 'cache-control': 'max-age=-1' }, false, 0, 'AGE_INVALID'],
    // Space and tab alone are white space (RFC 9110 §5.6.3): this argument is no number.
    [{ 'cache-control': 'max-age=3\xa0' }, false, 0, 'AGE_INVALID'],
    [{ 'cache-control': 'max-age=3\t, public' }, false, 3, 'MAX_AGE'],
    [
      { 'cache-control': 'max-age=soon', expires: 'Mon, 23 Nov 2036 12:00:00 GMT' },
      false,
      0,
      'AGE_INVALID',
    ],
    [{ 'cache-control': 's-maxage=x, max-age=3' }, true, 0, 'AGE_INVALID'],
    [{ 'cache-control': 's-maxage=x, max-age=3' }, false, 3, 'MAX_AGE'],
    [{ 'last-modified': 'Fri, 13 Nov 2026 12:00:00 GMT' }, false, 86_400, 'HEURISTIC'],
    [{}, false, 0, 'NONE'],
  ] as const;
  for (const [fields, isShared, seconds, reason] of cases) {
    it(`is ${seconds} s by ${reason} with ${JSON.stringify(fields)}${isShared ? ', shared' : ''}`, () => {
      const lifetime = freshnessLifetime(stored(fields), { isShared });
      assert.equal(lifetime.seconds, seconds);
      assert.equal(lifetime.reason, reason);
    });
  }

  it('has no heuristic for status codes that are not cacheable by one (RFC 9110 §15.1)', () => {
    const response = stored(
      { 'last-modified': 'Fri, 13 Nov 2026 12:00:00 GMT' },
      { statusCode: 500 },
    );
    assert.equal(freshnessLifetime(response).reason, 'NONE');
  });
});

describe('currentAge (RFC 9111 §4.2.3)', () => {
  it('adds the time in this cache to the larger of both ages at arrival', () => {
    const response = stored(
      { age: '10' },
      { requestTimeMs: AT + 20_000, responseTimeMs: AT + 24_000 },
    );
    assert.deepEqual(currentAge(response, AT + 30_000), {
      apparentAge: 24,
      correctedAgeValue: 14,
      residentTime: 6,
      currentAge: 30,
    });
  });

  it('is never less than what Age says, when the origin clock runs ahead', () => {
    const response = stored(
      { age: '10' },
      { requestTimeMs: AT - 60_000, responseTimeMs: AT - 60_000 },
    );
    assert.equal(currentAge(response, AT - 60_000).currentAge, 10);
  });

  it('takes the first member of a list, no number for none, and no more than 2^31 (RFC 9111 §5.1)', () => {
    const ageOf = (age: string) => currentAge(stored({ age }), AT).currentAge;
    assert.equal(ageOf('7, 99'), 7);
    assert.equal(ageOf('7\t, 99'), 7);
    for (const none of ['', '-7', '7.5', 'seven', '"7"', ', 7', '7\xa0', '\x0b7, 7']) {
      assert.equal(ageOf(none), 0, none);
    }
    assert.equal(ageOf('9'.repeat(400)), 2 ** 31);
  });
});

describe('decideReuse (RFC 9111 §4)', () => {
  for (const [fields, afterMs, reuse, reason] of [
    [{ 'cache-control': 'max-age=3' }, 2999, 'fresh', 'FRESH'],
    [{ 'cache-control': 'max-age=3' }, 3000, 'validate', 'STALE'],
    [{ 'cache-control': 'no-cache, max-age=9' }, 0, 'validate', 'NO_CACHE'],
    [{ 'cache-control': 'no-cache="Set-Cookie", max-age=9' }, 0, 'fresh', 'FRESH'],
    [{ 'cache-control': 'no-store, max-age=9' }, 0, 'never', 'NO_STORE'],
    [{ 'cache-control': 'max-age=9', vary: 'accept, *' }, 0, 'validate', 'VARIES_BY_ANYTHING'],
  ] as const) {
    it(`is ${reuse} after ${afterMs} ms with ${JSON.stringify(fields)}`, () => {
      const decision = decideReuse(stored(fields), AT + afterMs);
      assert.equal(decision.reuse, reuse);
      assert.equal(decision.reason, reason);
    });
  }
});
