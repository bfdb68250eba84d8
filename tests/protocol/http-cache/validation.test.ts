import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StoredResponse } from '#protocol/http-cache/stored-response.ts';
import {
  answerConditional,
  decideFreshening,
  freshen,
  validationFields,
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

describe('decideFreshening (RFC 9111 §4.3.4)', () => {
  for (const [theirs, ours, freshens, reason] of [
    [{ etag: '"1"' }, { etag: '"1"' }, true, 'STRONG_ETAG'],
    [{ etag: '"2"' }, { etag: '"1"' }, false, 'DIFFERENT'],
    [{ etag: '"1"' }, { etag: 'W/"1"' }, false, 'DIFFERENT'],
    [{ etag: 'W/"1"' }, { etag: 'W/"1"' }, true, 'WEAK_ETAG'],
    [{ etag: '"1"' }, {}, false, 'DIFFERENT'],
    [{ 'last-modified': LATER }, { 'last-modified': LATER }, true, 'LAST_MODIFIED'],
    [{ 'last-modified': LATER }, { 'last-modified': EARLIER }, false, 'DIFFERENT'],
    [{}, { etag: '"1"' }, true, 'NO_VALIDATORS'],
  ] as const) {
    it(`${freshens}, ${reason}: 304 with ${JSON.stringify(theirs)}, stored ${JSON.stringify(ours)}`, () => {
      const decision = decideFreshening(stored(ours), theirs);
      assert.deepEqual([decision.freshens, decision.reason], [freshens, reason]);
    });
  }
});

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
