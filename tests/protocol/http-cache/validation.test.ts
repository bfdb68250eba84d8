import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import CachePolicy from 'http-cache-semantics';
import type { StoredResponse } from '#protocol/http-cache/stored-response.ts';
import {
  answerConditional,
  decideFreshening,
  freshen,
  validationFields,
  type FresheningDecision,
} from '#protocol/http-cache/validation.ts';

const NOW = Date.parse('Mon, 23 Nov 2026 12:00:00 GMT');
const EARLIER = 'Sun, 22 Nov 2026 12:00:00 GMT';
const LATER = 'Mon, 23 Nov 2026 11:00:00 GMT';

const stored = (fields: Record<string, string>): StoredResponse => ({
  statusCode: 200,
  fields,
  requestTimeMs: 0,
  responseTimeMs: 0,
});

describe('validationFields (RFC 9111 §4.3.1)', () => {
  it('sends the validators that were stored', () => {
    assert.deepEqual(validationFields(stored({ etag: 'W/"1"', 'last-modified': EARLIER })), {
      'if-none-match': 'W/"1"',
      'if-modified-since': EARLIER,
    });
    assert.deepEqual(validationFields(stored({})), {});
  });
});

describe('answerConditional (RFC 9110 §13.2.2)', () => {
  const current = { etag: '"2"', 'last-modified': LATER };
  for (const [fields, statusCode, reason] of [
    [{}, 200, 'UNCONDITIONAL'],
    [{ 'if-none-match': '"2"' }, 304, 'ETAG_MATCHES'],
    [{ 'if-none-match': 'W/"2"' }, 304, 'ETAG_MATCHES'],
    [{ 'if-none-match': '"1", "2"' }, 304, 'ETAG_MATCHES'],
    [{ 'if-none-match': '*' }, 304, 'ETAG_MATCHES'],
    [{ 'if-none-match': '"1"' }, 200, 'ETAG_DIFFERS'],
    [{ 'if-none-match': '2' }, 200, 'ETAG_DIFFERS'],
    // The tag wins over the date (§13.1.3).
    [{ 'if-none-match': '"1"', 'if-modified-since': LATER }, 200, 'ETAG_DIFFERS'],
    [{ 'if-modified-since': LATER }, 304, 'NOT_MODIFIED_SINCE'],
    [{ 'if-modified-since': EARLIER }, 200, 'MODIFIED_SINCE'],
    [{ 'if-modified-since': 'yesterday' }, 200, 'DATE_INVALID'],
  ] as const) {
    it(`is ${statusCode} by ${reason} for ${JSON.stringify(fields)}`, () => {
      const answer = answerConditional(fields, current, NOW);
      assert.deepEqual([answer.statusCode, answer.reason], [statusCode, reason]);
    });
  }
});

type Freshening = readonly [
  theirs: Readonly<Record<string, string>>,
  ours: Readonly<Record<string, string>>,
  freshens: boolean,
  reason: FresheningDecision['reason'],
  /** Why http-cache-semantics says otherwise. */
  because?: string,
];

describe('decideFreshening (RFC 9111 §4.3.4)', () => {
  const rows: readonly Freshening[] = [
    [{ etag: '"1"' }, { etag: '"1"' }, true, 'STRONG_ETAG'],
    [{ etag: '"2"' }, { etag: '"1"' }, false, 'DIFFERENT'],
    [{ etag: '"1"' }, { etag: 'W/"1"' }, false, 'DIFFERENT', 'it takes the stored tag for strong'],
    [{ etag: 'W/"1"' }, { etag: 'W/"1"' }, true, 'WEAK_ETAG'],
    [{ etag: '"1"' }, {}, false, 'DIFFERENT'],
    [{ 'last-modified': LATER }, { 'last-modified': LATER }, true, 'LAST_MODIFIED'],
    [{ 'last-modified': LATER }, { 'last-modified': EARLIER }, false, 'DIFFERENT'],
    [{ 'last-modified': LATER }, { etag: '"1"' }, false, 'DIFFERENT'],
    [{ 'last-modified': LATER }, {}, false, 'DIFFERENT'],
    // The third case: it is about a stored response that lacks a validator too.
    [{}, {}, true, 'NO_VALIDATORS'],
    [{}, { etag: '"1"' }, false, 'NO_VALIDATORS'],
    [{}, { etag: 'W/"1"' }, false, 'NO_VALIDATORS'],
    [{}, { 'last-modified': LATER }, false, 'NO_VALIDATORS'],
    [{}, { etag: '"1"', 'last-modified': LATER }, false, 'NO_VALIDATORS'],
  ];
  for (const [theirs, ours, freshens, reason, because] of rows) {
    it(`${freshens}, ${reason}: 304 with ${JSON.stringify(theirs)}, stored ${JSON.stringify(ours)}`, () => {
      const decision = decideFreshening(stored(ours), theirs);
      assert.deepEqual([decision.freshens, decision.reason], [freshens, reason]);
      const isSame = Boolean(freshensByLibrary(ours, theirs)) === freshens;
      assert.equal(isSame, because === undefined, 'a difference has a reason');
    });
  }
});

function freshensByLibrary(ours: Freshening[1], theirs: Freshening[0]): boolean | undefined {
  const request = { method: 'GET', url: '/', headers: {} };
  const policy = new CachePolicy(request, { status: 200, headers: { ...ours } });
  return policy.revalidatedPolicy(request, { status: 304, headers: { ...theirs } }).matches;
}

describe('freshen (RFC 9111 §3.2)', () => {
  it('takes the new fields but those of the connection, the proxy and the length', () => {
    const old = stored({
      date: EARLIER,
      age: '7',
      'content-type': 'text/plain',
      'content-length': '9',
      'x-kept': 'a',
    });
    const notModified = {
      date: LATER,
      'cache-control': 'max-age=9',
      'content-length': '0',
      'content-type': 'text/html',
      'proxy-authenticate': 'Basic',
      connection: 'x-hop',
      'x-hop': 'b',
    };
    const times = { requestTimeMs: NOW, responseTimeMs: NOW + 5 };
    assert.deepEqual(freshen(old, notModified, times), {
      statusCode: 200,
      fields: {
        date: LATER,
        'cache-control': 'max-age=9',
        'content-type': 'text/html',
        'content-length': '9',
        'x-kept': 'a',
      },
      ...times,
    });
  });
});
