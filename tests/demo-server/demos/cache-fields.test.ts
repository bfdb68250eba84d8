import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(settings: Record<string, unknown>) {
  const place = `/live/${await client.beginRun('cache-fields')}/cache-fields`;
  const { statusCode, text } = await client.send('PUT', `${place}/settings`, settings);
  assert.equal(statusCode, 204, text);
  const load = (headers: Record<string, string> = {}) =>
    client.ask({ path: `${place}/resource`, headers });
  const change = () => client.send('POST', `${place}/change`);
  return { place, load, change };
}

describe('the resource', () => {
  it('is about 2 kB of text that begins with its version', async () => {
    const { load, change } = await begin({});
    const first = await load();
    assert.equal(first.statusCode, 200);
    assert.match(first.text, /^Version 1\n/);
    assert.ok(Math.abs(first.text.length - 2048) < 100);
    await change();
    assert.match((await load()).text, /^Version 2\n/);
  });

  it('carries exactly the fields that were composed', async () => {
    const none = await (await begin({})).load();
    for (const name of ['cache-control', 'etag', 'last-modified', 'vary']) {
      assert.equal(none.headers[name], undefined, name);
    }
    const { load } = await begin({
      cacheControl: 'max-age=5, must-revalidate',
      etag: true,
      lastModified: 'ten-days-ago',
      vary: 'accept-language',
    });
    const { headers } = await load();
    assert.equal(headers['cache-control'], 'max-age=5, must-revalidate');
    assert.match(headers.etag ?? '', /^"[^"]+"$/);
    assert.equal(headers.vary, 'accept-language');
    const age = Date.parse(headers.date ?? '') - Date.parse(headers['last-modified'] ?? '');
    assert.ok(Math.abs(age - 864_000_000) <= 2000);
  });

  it('answers If-None-Match by weak comparison, also in a list (RFC 9110 §13.1.2)', async () => {
    const { load, change } = await begin({ etag: true, cacheControl: 'max-age=5' });
    const { headers } = await load();
    const etag = headers.etag ?? '';
    for (const value of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await load({ 'if-none-match': value });
      assert.equal(answer.statusCode, 304, value);
      assert.equal(answer.text, '');
      assert.equal(answer.headers.etag, etag);
      assert.equal(answer.headers['cache-control'], 'max-age=5', 'a 304 brings the fields again');
    }
    assert.equal((await load({ 'if-none-match': '"other"' })).statusCode, 200);
    await change();
    assert.equal((await load({ 'if-none-match': etag })).statusCode, 200);
  });

  it('answers If-Modified-Since, but not beside If-None-Match (RFC 9110 §13.1.3)', async () => {
    const { load } = await begin({ etag: true, lastModified: 'now' });
    const { headers } = await load();
    const lastModified = headers['last-modified'] ?? '';
    assert.equal((await load({ 'if-modified-since': lastModified })).statusCode, 304);
    assert.equal((await load({ 'if-modified-since': new Date(0).toUTCString() })).statusCode, 200);
    assert.equal((await load({ 'if-modified-since': 'not a date' })).statusCode, 200);
    const both = { 'if-modified-since': lastModified, 'if-none-match': '"other"' };
    assert.equal((await load(both)).statusCode, 200);
  });

  it('notes why it answered as it did', async () => {
    const run = await client.beginRun('cache-fields');
    await client.ask({ path: `/live/${run}/cache-fields/resource` });
    const { data, connection } = await (await client.watch(run)).note('answer');
    assert.deepEqual(data, { statusCode: 200, version: 1, why: 'no-validator-sent' });
    assert.ok(connection !== undefined);
  });

  it('takes no settings but its own, and no line breaks into its fields', async () => {
    const { place } = await begin({});
    const wrong = [
      { cacheControl: 'max-age=1\r\nSet-Cookie: x' },
      { cacheControl: 5 },
      { etag: 'yes' },
      { lastModified: 'yesterday' },
      { vary: 'cookie' },
    ];
    for (const settings of wrong) {
      assert.equal((await client.send('PUT', `${place}/settings`, settings)).statusCode, 400);
    }
    assert.equal((await client.send('PUT', `${place}/resource`)).statusCode, 404);
  });
});

describe('threat 20: cache poisoning and key confusion', () => {
  it('keeps the settings of one run out of another', async () => {
    const one = await begin({ cacheControl: 'no-store' });
    const two = await begin({ cacheControl: 'max-age=9' });
    assert.equal((await one.load()).headers['cache-control'], 'no-store');
    assert.equal((await two.load()).headers['cache-control'], 'max-age=9');
  });
});

describe('the origin switched off', () => {
  it('answers 503, and is back with the same version', async () => {
    const { place, load } = await begin({ down: true });
    assert.equal((await load()).statusCode, 503);
    await client.send('PUT', `${place}/settings`, {});
    assert.match((await load()).text, /^Version 1\n/);
    assert.equal((await client.send('PUT', `${place}/settings`, { down: 'yes' })).statusCode, 400);
  });
});
