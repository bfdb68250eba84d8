import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import demo from '#demos/cache-fields/demo.ts';
import pushAndGet from '#demos/push-and-get/demo.ts';
import { freshnessLifetime } from '#protocol/http-cache/freshness-lifetime.ts';
import { decideReuse } from '#protocol/http-cache/reuse.ts';
import type { StoredResponse } from '#protocol/http-cache/stored-response.ts';
import { answerTo, jsonAttribute, tagsOf, tagWithId, writtenLesson } from './lesson-text.ts';

const { text } = writtenLesson('the-request-you-never-send');

const date = Date.parse('Mon, 23 Nov 2026 12:00:00 GMT');
const day = 24 * 60 * 60;

function stored(fields: Record<string, string>): StoredResponse {
  return {
    statusCode: 200,
    fields: { date: new Date(date).toUTCString(), ...fields },
    requestTimeMs: date,
    responseTimeMs: date,
  };
}

const reuse = (fields: Record<string, string>, afterSeconds: number) =>
  decideReuse(stored(fields), date + afterSeconds * 1000).reuse;

const tagWith = (id: string) => tagWithId(text, id);
const nothing = 'Nothing';
const question = 'A request, and an answer without content';

describe('figures of the-request-you-never-send, recomputed', () => {
  it('offers the same three answers each time', () => {
    const offers = tagsOf(text, 'Predict').map((tag) => jsonAttribute(tag, 'options'));
    assert.equal(offers.length, 5);
    for (const offer of offers.slice(0, 3)) assert.deepEqual(offer, offers[0]);
  });

  it('predicts a fresh response after three of ten seconds (RFC 9111 §4.2)', () => {
    assert.deepEqual(jsonAttribute(tagsOf(text, 'Bench')[0] ?? tagWith('bench'), 'parameters'), {
      maxAge: 10,
    });
    const [, maxAge = ''] =
      /Cache-Control: (max-age=\d+)\./.exec(tagWith('fresh-load').attributes) ?? [];
    assert.equal(maxAge, 'max-age=10');
    assert.match(tagWith('fresh-load').attributes, /three seconds later/);
    assert.match(text, /freshness lifetime of ten seconds/);
    assert.equal(freshnessLifetime(stored({ 'cache-control': maxAge })).seconds, 10);
    assert.equal(reuse({ 'cache-control': maxAge }, 3), 'fresh');
    assert.equal(reuse({ 'cache-control': maxAge }, 10), 'validate');
    assert.equal(answerTo(text, 'fresh-load'), nothing);
  });

  it('predicts a question for no-cache, and storing forbidden by no-store (RFC 9111 §5.2.2)', () => {
    assert.equal(reuse({ 'cache-control': 'no-cache', etag: '"1"' }, 1), 'validate');
    assert.equal(answerTo(text, 'no-cache-load'), question);
    const check = tagWith('forbid-storing');
    const options = jsonAttribute(check, 'options') as readonly string[];
    const forbidding = options.filter((value) => reuse({ 'cache-control': value }, 1) === 'never');
    assert.deepEqual(forbidding, [answerTo(text, 'forbid-storing')]);
  });

  it('computes one day from ten by the heuristic (RFC 9111 §4.2.2)', () => {
    const fields = { 'last-modified': new Date(date - 10 * day * 1000).toUTCString() };
    const { seconds, reason } = freshnessLifetime(stored(fields));
    assert.deepEqual([seconds, reason], [day, 'HEURISTIC']);
    assert.equal(reuse(fields, 1), 'fresh');
    assert.equal(answerTo(text, 'heuristic-load'), nothing);
    assert.match(text, /Ten percent .*makes this response fresh for a day/s);
  });

  it('says what Vary: * does (RFC 9111 §4.1)', () => {
    assert.equal(reuse({ 'cache-control': 'max-age=60', vary: '*' }, 1), 'validate');
  });

  it('tells of a reader who gets the old version after thirty of sixty seconds', () => {
    assert.match(tagWith('old-version').attributes, /max-age=60\..*after thirty/);
    assert.equal(reuse({ 'cache-control': 'max-age=60' }, 30), 'fresh');
  });

  it('predicts what goes out when the origin fails (RFC 5861 §4, RFC 9111 §4.2.4)', () => {
    const { attributes } = tagWith('origin-down');
    const [, cacheControl = ''] =
      /said (max-age=3, stale-if-error=60)\. Five seconds/.exec(attributes) ?? [];
    const failed = (value: string) =>
      decideReuse(stored({ 'cache-control': value }), date + 5000, {
        isShared: true,
        originFailed: true,
      }).reuse;
    assert.equal(failed(cacheControl), 'stale');
    assert.equal(answerTo(text, 'origin-down'), 'The old version, with status 200');
    assert.match(text, /for sixty seconds/);
    for (const taken of ['must-revalidate', 's-maxage=3']) {
      assert.equal(failed(`${cacheControl}, ${taken}`), 'validate');
      assert.equal(failed(`max-age=3, stale-while-revalidate=60, ${taken}`), 'validate');
    }
  });

  it('tells of an address in under fifty bytes, and of a GET that is sent once', () => {
    const json = readFileSync('content/captures/push-and-get.json', 'utf8');
    const rows = readReplay(pushAndGet, json, 'recording').store.rows;
    const texts = rows
      .filter(({ kind, direction }) => kind === 'ws.frame' && direction === 'down')
      .map(({ octets = new Uint8Array() }) => new TextDecoder().decode(octets));
    const addresses = texts.filter((text) => text.includes('"changed"'));
    assert.equal(addresses.length, 3);
    for (const text of addresses) assert.ok(text.length < 50, text);
    assert.match(text, /an address, in under fifty bytes/);
    // Whole it came twice; by its address each of three versions was fetched once and read again.
    assert.equal(texts.filter((text) => text.includes('A snapshot of')).length, 2);
    const gets = rows.filter(
      ({ kind, hop, data }) =>
        kind === 'http.req.head' &&
        hop === 0 &&
        String(data['requestTarget']).includes('/snapshots/'),
    );
    assert.equal(gets.length, 3);
  });

  it('gives the shortest lifetime of the demo as three seconds', () => {
    assert.equal(demo.parameters.maxAge.min, 3);
    assert.match(text, /Why never less than three seconds\?/);
  });
});
