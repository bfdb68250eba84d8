import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  decideStorage,
  invalidates,
  type ForStorage,
  type StorageDecision,
} from '#protocol/http-cache/storage.ts';

type Case = {
  readonly cacheControl?: string;
  readonly more?: Partial<ForStorage>;
  readonly isShared?: boolean;
  readonly store: boolean;
  readonly reason: StorageDecision['reason'];
};

const AUTHORIZED = { requestFields: { authorization: 'Basic YTpi' } };

/** One row per sentence of RFC 9111 §3, §3.5 and §5.2.2. */
const cases: readonly Case[] = [
  { cacheControl: 'max-age=3', store: true, reason: 'MAX_AGE' },
  { store: true, reason: 'HEURISTIC' },
  { more: { statusCode: 302 }, store: false, reason: 'NOTHING_ALLOWS_IT' },
  { cacheControl: 'max-age=3', more: { statusCode: 302 }, store: true, reason: 'MAX_AGE' },
  { cacheControl: 'public', more: { statusCode: 302 }, store: true, reason: 'PUBLIC' },
  { more: { statusCode: 302, fields: { expires: '0' } }, store: true, reason: 'EXPIRES' },
  { cacheControl: 'no-store', store: false, reason: 'NO_STORE' },
  { cacheControl: 'no-store, max-age=3', store: false, reason: 'NO_STORE' },
  { cacheControl: 'no-cache', store: true, reason: 'HEURISTIC' },
  { cacheControl: 'must-understand, no-store', store: true, reason: 'HEURISTIC' },
  {
    cacheControl: 'must-understand, no-store',
    more: { statusCode: 299 },
    store: false,
    reason: 'STATUS_CODE_NOT_UNDERSTOOD',
  },
  { cacheControl: 'private', store: true, reason: 'PRIVATE_CACHE' },
  { cacheControl: 'private', isShared: true, store: false, reason: 'PRIVATE' },
  { cacheControl: 'private=""', isShared: true, store: false, reason: 'PRIVATE' },
  { cacheControl: 'private="set-cookie"', isShared: true, store: true, reason: 'HEURISTIC' },
  { cacheControl: 's-maxage=3', isShared: true, store: true, reason: 'S_MAXAGE' },
  {
    cacheControl: 's-maxage=3',
    more: { statusCode: 302 },
    store: false,
    reason: 'NOTHING_ALLOWS_IT',
  },
  { cacheControl: 'max-age=3', more: { method: 'PUT' }, store: false, reason: 'METHOD' },
  { cacheControl: 'max-age=3', more: { statusCode: 103 }, store: false, reason: 'NOT_FINAL' },
  {
    cacheControl: 'max-age=3',
    more: { statusCode: 206 },
    store: false,
    reason: 'STATUS_CODE_NOT_UNDERSTOOD',
  },
  {
    cacheControl: 'max-age=3',
    more: { statusCode: 304 },
    store: false,
    reason: 'STATUS_CODE_NOT_UNDERSTOOD',
  },
  {
    cacheControl: 'max-age=3',
    more: { requestFields: { 'cache-control': 'no-store' } },
    store: false,
    reason: 'REQUEST_NO_STORE',
  },
  { cacheControl: 'max-age=3', more: AUTHORIZED, store: true, reason: 'MAX_AGE' },
  {
    cacheControl: 'max-age=3',
    more: AUTHORIZED,
    isShared: true,
    store: false,
    reason: 'AUTHORIZATION',
  },
  { cacheControl: 'public', more: AUTHORIZED, isShared: true, store: true, reason: 'PUBLIC' },
  { cacheControl: 's-maxage=3', more: AUTHORIZED, isShared: true, store: true, reason: 'S_MAXAGE' },
  {
    cacheControl: 'must-revalidate, max-age=3',
    more: AUTHORIZED,
    isShared: true,
    store: true,
    reason: 'MAX_AGE',
  },
];

describe('decideStorage (RFC 9111 §3)', () => {
  for (const { cacheControl, more = {}, isShared = false, store, reason } of cases) {
    const about = `${cacheControl ?? 'nothing'} ${JSON.stringify(more)}${isShared ? ', shared' : ''}`;
    it(`${store ? 'stores' : 'does not store'} by ${reason} with ${about}`, () => {
      const decision = decideStorage(
        {
          method: 'GET',
          requestFields: {},
          statusCode: 200,
          fields: cacheControl === undefined ? {} : { 'cache-control': cacheControl },
          ...more,
        },
        { isShared },
      );
      assert.deepEqual([decision.store, decision.reason], [store, reason]);
      assert.match(decision.section, /^RFC 911[01] §/);
    });
  }
});

describe('invalidates (RFC 9111 §4.4)', () => {
  it('is for unsafe methods that did not fail', () => {
    assert.equal(invalidates('PUT', 204), true);
    assert.equal(invalidates('POST', 303), true);
    assert.equal(invalidates('PUT', 412), false);
    assert.equal(invalidates('GET', 200), false);
    assert.equal(invalidates('X-UNKNOWN', 200), true);
  });
});
