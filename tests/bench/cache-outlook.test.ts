import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { cacheOutlook } from '#bench/cache-outlook.ts';
import type { Row } from '#capture/row.ts';
import { directiveWords } from '#words/cache.ts';
import { fieldWords } from '#words/fields.ts';

const request: Row = {
  number: 1,
  t: 990,
  kind: 'http.req.head',
  vantage: 'wire',
  data: { method: 'GET', fields: {} },
};

const answer = (fields: Readonly<Record<string, string>>): Row => ({
  number: 2,
  t: 1000,
  kind: 'http.res.head',
  vantage: 'wire',
  data: {
    method: 'GET',
    statusCode: 200,
    fields: { date: 'Wed, 25 Nov 2026 12:00:00 GMT', ...fields },
  },
});

const at = (seconds: number, fields: Readonly<Record<string, string>>, isShared = false) =>
  cacheOutlook(answer(fields), request, 1000 + seconds * 1000, isShared);

describe('cacheOutlook (RFC 9111)', () => {
  it('drains from max-age to stale, the time of the exchange counted (§4.2.3)', () => {
    const fields = { 'cache-control': 'max-age=5' };
    assert.equal(at(0, fields).left.toFixed(2), '4.99');
    assert.equal(at(3, fields).reuse.reuse, 'fresh');
    assert.equal(at(6, fields).reuse.reuse, 'validate');
    assert.equal(at(6, fields).left.toFixed(2), '-1.01');
  });

  it('tells a private from a shared cache (§5.2.2.7, §5.2.2.10)', () => {
    assert.equal(at(0, { 'cache-control': 'private, max-age=5' }, true).storage.store, false);
    assert.equal(at(0, { 'cache-control': 'private, max-age=5' }).storage.store, true);
    const both = { 'cache-control': 'max-age=5, s-maxage=60' };
    assert.deepEqual([at(0, both).lifetime.seconds, at(0, both, true).lifetime.seconds], [5, 60]);
  });

  it('counts an Age that the answer brought (§5.1)', () => {
    const { left } = at(0, { 'cache-control': 'max-age=60', age: '50' });
    assert.ok(Math.abs(left - 9.99) < 1e-9, String(left));
  });

  it('asks each time under no-cache (§5.2.2.4)', () => {
    assert.equal(at(0, { 'cache-control': 'no-cache, max-age=60' }).reuse.reason, 'NO_CACHE');
  });
});

describe('the words for fields and directives', () => {
  it('go by lower-case names', () => {
    for (const name of [...Object.keys(fieldWords), ...Object.keys(directiveWords)]) {
      assert.equal(name, name.toLowerCase());
    }
  });
});
