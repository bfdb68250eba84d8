import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { isReaderTarget, parseReading } from '#demo-server/robot/readers.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('cache-fields');
  await client.send('PUT', `/live/${run}/cache-fields/settings`, { cacheControl: 's-maxage=60' });
  const read = async (content: unknown) => {
    const { statusCode, text } = await client.send('POST', `/runs/${run}/readers`, content);
    return { statusCode, report: JSON.parse(text) as Record<string, unknown> };
  };
  return { run, read, watcher: await client.watch(run) };
}

describe('POST /runs/<run>/readers', () => {
  it('200 robots behind the shared cache cost the origin one response', async () => {
    const { read, watcher } = await begin();
    const { statusCode, report } = await read({
      path: 'resource',
      robots: 200,
      via: 'shared-cache',
    });
    assert.equal(statusCode, 200);
    assert.deepEqual(report['statusCodes'], { 200: 200 });
    assert.equal(report['aged'], 199);
    await watcher.until(() => watcher.notes('cache-decision').length === 200);
    assert.equal(watcher.notes('answer').length, 1);
    const robots = watcher.events.filter(
      (event) => event.kind === 'open' && event.sender === 'ROBOT',
    );
    assert.equal(robots.length, 200);
  });

  it('without it, they cost one each', async () => {
    const { read, watcher } = await begin();
    const { report } = await read({ path: 'resource', robots: 20 });
    assert.deepEqual([report['statusCodes'], report['aged']], [{ 200: 20 }, 0]);
    await watcher.until(() => watcher.notes('answer').length === 20);
  });

  it('threat 6: takes no address, and nothing but what a demo serves to readers', async () => {
    const { read } = await begin();
    for (const content of [
      {},
      { path: '../settings', robots: 1 },
      { path: 'http://x/', robots: 1 },
      { path: 'a/b', robots: 1 },
      { path: 'resource', robots: 0 },
      { path: 'resource', robots: 201 },
      { path: 'resource', robots: 1.5 },
      { path: 'resource', robots: 1, via: 'buffer' },
    ]) {
      assert.equal((await read(content)).statusCode, 400, JSON.stringify(content));
    }
    assert.equal(isReaderTarget('/live/r/d/settings'), false);
    assert.equal(isReaderTarget('/live/r/d/via/buffer/readers/x'), false);
    assert.equal(isReaderTarget('/live/r/d/readers/../x'), false);
    assert.deepEqual(parseReading({ path: 'log?offset=41', robots: 2 }).via, 'direct');
  });
});
