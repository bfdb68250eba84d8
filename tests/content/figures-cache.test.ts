import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import demo from '#demos/cache-fields/demo.ts';
import pushAndGet from '#demos/push-and-get/demo.ts';
import { freshnessLifetime } from '#protocol/http-cache/freshness-lifetime.ts';
import { decideReuse } from '#protocol/http-cache/reuse.ts';
import type { StoredResponse } from '#protocol/http-cache/stored-response.ts';
import { figuresOf } from './lesson-figures.ts';
import { jsonAttribute, tagsOf, tagWithId } from './lesson-text.ts';

const lesson = figuresOf('the-request-you-never-send');

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

const tagWith = (id: string) => tagWithId(lesson.text, id);
const nothing = 'Nothing';
const question = 'A request, and an answer without content';

describe('figures of the-request-you-never-send, recomputed', () => {
  it('offers the same three answers each time', () => {
    const offers = tagsOf(lesson.text, 'Predict').map((tag) => jsonAttribute(tag, 'options'));
    assert.equal(offers.length, 5);
    for (const offer of offers.slice(0, 3)) assert.deepEqual(offer, offers[0]);
  });

  it('predicts a fresh response after three of ten seconds (RFC 9111 §4.2)', () => {
    assert.deepEqual(
      jsonAttribute(tagsOf(lesson.text, 'Bench')[0] ?? tagWith('bench'), 'parameters'),
      {
        maxAge: 10,
      },
    );
    const [, maxAge = ''] =
      /Cache-Control: (max-age=\d+)\./.exec(lesson.questionOf('fresh-load')) ?? [];
    lesson.quotes('at `max-age` with 10 seconds');
    assert.equal(maxAge, 'max-age=10');
    assert.match(lesson.questionOf('fresh-load'), /three seconds later/);
    lesson.quotes(/freshness lifetime of ten seconds/);
    assert.equal(freshnessLifetime(stored({ 'cache-control': maxAge })).seconds, 10);
    assert.equal(reuse({ 'cache-control': maxAge }, 3), 'fresh');
    assert.equal(reuse({ 'cache-control': maxAge }, 10), 'validate');
    assert.equal(lesson.answerTo('fresh-load'), nothing);
  });

  it('predicts a question for no-cache, and storing forbidden by no-store (RFC 9111 §5.2.2)', () => {
    assert.equal(reuse({ 'cache-control': 'no-cache', etag: '"1"' }, 1), 'validate');
    assert.equal(lesson.answerTo('no-cache-load'), question);
    const check = tagWith('forbid-storing');
    const options = jsonAttribute(check, 'options') as readonly string[];
    const forbidding = options.filter((value) => reuse({ 'cache-control': value }, 1) === 'never');
    assert.deepEqual(forbidding, [lesson.answerTo('forbid-storing')]);
  });

  it('computes one day from ten by the heuristic (RFC 9111 §4.2.2)', () => {
    const fields = { 'last-modified': new Date(date - 10 * day * 1000).toUTCString() };
    const { seconds, reason } = freshnessLifetime(stored(fields));
    assert.deepEqual([seconds, reason], [day, 'HEURISTIC']);
    assert.match(lesson.questionOf('heuristic-load'), /Last-Modified, ten days ago/);
    assert.equal(reuse(fields, 1), 'fresh');
    assert.equal(lesson.answerTo('heuristic-load'), nothing);
    lesson.quotes('Ten percent');
    lesson.quotes('makes this response fresh for a day');
  });

  it('says what Vary: * does (RFC 9111 §4.1)', () => {
    assert.equal(reuse({ 'cache-control': 'max-age=60', vary: '*' }, 1), 'validate');
  });

  it('tells of a reader who gets the old version after thirty of sixty seconds', () => {
    assert.match(
      lesson.questionOf('old-version'),
      /max-age=60\..* changes after ten seconds; .* after thirty/,
    );
    assert.equal(reuse({ 'cache-control': 'max-age=60' }, 30), 'fresh');
  });

  it('predicts what goes out when the origin fails (RFC 5861 §4, RFC 9111 §4.2.4)', () => {
    const [, cacheControl = ''] =
      /said (max-age=3, stale-if-error=60)\. Five seconds/.exec(lesson.questionOf('origin-down')) ??
      [];
    const failed = (value: string) =>
      decideReuse(stored({ 'cache-control': value }), date + 5000, {
        isShared: true,
        originFailed: true,
      }).reuse;
    assert.equal(failed(cacheControl), 'stale');
    assert.equal(lesson.answerTo('origin-down'), 'The old version, with status 200');
    lesson.quotes(/for sixty seconds/);
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
    lesson.quotes(/an address, in under fifty bytes/);
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

  it('says that the browser tells 300 where 304 came, and 0 where nothing was asked', () => {
    const json = readFileSync('content/captures/cache-fields.json', 'utf8');
    const told = readReplay(demo, json, 'recording')
      .store.rows.map(({ data }) => data['transferSize'])
      .filter((size) => size !== undefined);
    assert.ok(told.includes(300) && told.includes(0), JSON.stringify(told));
    lesson.quotes('and a `transferSize` of 300. Nobody measured those 300 bytes');
    lesson.quotes('Only its 0 for a fresh response');
    assert.match(lesson.questionOf('three-hundred'), /a transfer of 300 bytes/);
  });

  it('gives the shortest lifetime of the demo as three seconds', () => {
    assert.equal(demo.parameters.maxAge.min, 3);
    lesson.quotes(/Why never less than three seconds\?/);
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
