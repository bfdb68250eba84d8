import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { cacheKey } from '#demo-server/shared-cache/cache-key.ts';
import { ResponseStore } from '#demo-server/shared-cache/response-store.ts';
import { SecondOpinion } from '#demo-server/shared-cache/second-opinion.ts';
import type { StoredEntry } from '#demo-server/shared-cache/stored-entry.ts';

const opinion = new SecondOpinion(() => 0);

function entry(octets: number, vary?: string, requestFields = {}): StoredEntry {
  const fields = vary === undefined ? {} : { vary };
  return {
    statusCode: 200,
    reasonPhrase: 'OK',
    fields,
    rawFields: [],
    requestFields,
    content: Buffer.alloc(octets),
    requestTimeMs: 0,
    responseTimeMs: 0,
    policy: opinion.policyFor({ statusCode: 200, fields, requestFields: {} }),
  };
}

const owner = () => {
  const end = new AbortController();
  return { ended: end.signal, end };
};

const LIMITS = { entries: 3, octets: 100, octetsInAll: 150 };

describe('threat 20: cache poisoning and key confusion', () => {
  it('keeps Host and target apart by their lengths', () => {
    assert.equal(cacheKey('Localhost:1', '/a'), '11:localhost:12:/a');
    assert.notEqual(cacheKey('a', '2:/b'), cacheKey('a2:', '/b'));
    assert.notEqual(cacheKey('localhost', '/'), cacheKey('127.0.0.1', '/'));
  });

  it('shows nothing of one run to another', () => {
    const store = new ResponseStore(LIMITS);
    const [one, two] = [owner(), owner()];
    store.put(one, 'k', entry(1), {});
    assert.equal(store.variants(one, 'k').length, 1);
    assert.equal(store.variants(two, 'k').length, 0);
    assert.equal(store.remove(two, 'k'), 0);
  });
});

describe('the store’s bounds', () => {
  it('lets go of what was used longest ago: entries', () => {
    const store = new ResponseStore(LIMITS);
    const run = owner();
    for (const key of ['a', 'b', 'c']) store.put(run, key, entry(1), {});
    store.variants(run, 'a');
    assert.deepEqual(store.put(run, 'd', entry(1), {}), ['b']);
    assert.deepEqual(store.held(run), { entries: 3, octets: 3 });
  });

  it('octets', () => {
    const store = new ResponseStore(LIMITS);
    const run = owner();
    store.put(run, 'a', entry(60), {});
    assert.deepEqual(store.put(run, 'b', entry(60), {}), ['a']);
    assert.deepEqual(store.put(run, 'c', entry(101), {}), [], 'too large: not kept at all');
    assert.deepEqual(store.held(run), { entries: 1, octets: 60 });
  });

  it('variants of one key', () => {
    const store = new ResponseStore(LIMITS);
    const run = owner();
    for (const a of ['1', '2', '3', '4']) store.put(run, 'k', entry(1, 'a', { a }), { a });
    assert.equal(store.variants(run, 'k').length, 3);
    store.put(run, 'k', entry(2, 'a', { a: '4' }), { a: '4' });
    assert.equal(store.variants(run, 'k').length, 3, 'the same variant anew');
  });

  it('Vary: * keeps the last only', () => {
    const store = new ResponseStore(LIMITS);
    const run = owner();
    for (let times = 0; times < 3; times += 1) store.put(run, 'k', entry(1, 'a, *'), {});
    assert.equal(store.held(run).entries, 1);
  });

  it('octets of all runs together', () => {
    const store = new ResponseStore(LIMITS);
    const [one, two] = [owner(), owner()];
    store.put(one, 'a', entry(90), {});
    store.put(two, 'a', entry(90), {});
    assert.deepEqual([store.held(one).octets, store.held(two).octets], [0, 90]);
  });

  it('lets go of a run that has ended, and takes nothing of it later', () => {
    const store = new ResponseStore(LIMITS);
    const run = owner();
    store.put(run, 'a', entry(1), {});
    run.end.abort();
    store.put(run, 'a', entry(1), {});
    assert.deepEqual(store.held(run), { entries: 0, octets: 0 });
  });
});
