import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('quiet-feed');
  const place = `/live/${run}/quiet-feed`;
  const ask = (headers: Readonly<Record<string, string>> = {}) =>
    client.ask({ path: `${place}/notice?series=1`, headers });
  return { place, ask, watcher: await client.watch(run) };
}

describe('the notice', () => {
  it('comes whole to whoever names no version, and may be kept but not used unasked', async () => {
    const { ask } = await begin();
    const { statusCode, headers, text } = await ask();
    assert.equal(statusCode, 200);
    assert.equal(headers['cache-control'], 'no-cache');
    assert.equal(headers.etag, '"v1"');
    assert.equal(text.length, 1000);
    assert.equal((JSON.parse(text) as { version: number }).version, 1);
  });

  it('is a 304 without content to whoever has it, and whole again once it was replaced', async () => {
    const { place, ask, watcher } = await begin();
    const known = await ask({ 'if-none-match': '"v1"' });
    assert.deepEqual([known.statusCode, known.text, known.headers.etag], [304, '', '"v1"']);
    assert.equal((await client.send('POST', `${place}/change`)).statusCode, 204);
    const changed = await ask({ 'if-none-match': '"v1"' });
    assert.deepEqual([changed.statusCode, changed.headers.etag], [200, '"v2"']);
    await watcher.until(() => watcher.notes('answered').length === 2);
    assert.deepEqual(
      watcher.notes('answered').map(({ data }) => data),
      [
        { series: 1, statusCode: 304, version: 1 },
        { series: 1, statusCode: 200, version: 2 },
      ],
    );
  });

  it('is each run’s own', async () => {
    const [one, other] = [await begin(), await begin()];
    await client.send('POST', `${one.place}/change`);
    assert.equal((await one.ask()).headers.etag, '"v2"');
    assert.equal((await other.ask()).headers.etag, '"v1"');
  });

  it('says what to ask for instead', async () => {
    const { place } = await begin();
    for (const series of ['', '?series=0', '?series=x', '?series=10000']) {
      assert.equal((await client.ask({ path: `${place}/notice${series}` })).statusCode, 400);
    }
    assert.equal((await client.ask({ path: `${place}/tea` })).statusCode, 404);
  });
});
