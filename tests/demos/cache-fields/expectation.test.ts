import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { expectation } from '#demos/cache-fields/expectation.ts';

const now = Date.parse('2026-11-23T04:00:00Z');
const date = new Date(now).toUTCString();
const tenDaysAgo = new Date(now - 10 * 86_400_000).toUTCString();
const of = (fields: Record<string, string>) => {
  const { why, lifetimeSeconds } = expectation(new Headers({ date, ...fields }), now);
  return [why, lifetimeSeconds];
};

describe('expectation', () => {
  it('takes max-age at its word (RFC 9111 §5.2.2.1)', () => {
    assert.deepEqual(of({ 'cache-control': 'max-age=3' }), ['explicit', 3]);
    assert.deepEqual(of({ 'cache-control': 'max-age=0', 'last-modified': tenDaysAgo }), [
      'explicit',
      0,
    ]);
  });

  it('guesses a tenth of the time since Last-Modified (RFC 9111 §4.2.2)', () => {
    assert.deepEqual(of({ 'last-modified': tenDaysAgo }), ['heuristic', 86_400]);
  });

  it('has nothing to guess from in what has just changed, or says nothing', () => {
    assert.deepEqual(of({ 'last-modified': date }), ['none', 0]);
    assert.deepEqual(of({}), ['none', 0]);
  });

  it('knows what is not stored, or not used without asking (RFC 9111 §5.2.2, §4.1)', () => {
    assert.deepEqual(of({ 'cache-control': 'no-store' }), ['no-store', 0]);
    assert.deepEqual(of({ 'cache-control': 'no-cache' }), ['no-cache', 0]);
    assert.deepEqual(of({ 'cache-control': 'max-age=9', vary: '*' }), ['vary-anything', 0]);
  });
});
