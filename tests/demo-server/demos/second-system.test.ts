import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const run = await client.beginRun('second-system');
const poll = `/live/${run}/second-system/poll`;

describe('the door of the fallback tier', () => {
  it('lets in while nobody is turned away', async () => {
    const { statusCode, headers } = await client.ask({ path: `${poll}?shed=0&wait=5` });
    assert.deepEqual([statusCode, headers['retry-after']], [200, undefined]);
  });

  it('turns away with 503 and the number that was set (RFC 9110 §10.2.3)', async () => {
    const watcher = await client.watch(run);
    const { statusCode, headers } = await client.ask({ path: `${poll}?shed=1&wait=60` });
    assert.deepEqual([statusCode, headers['retry-after']], [503, '60']);
    assert.deepEqual((await watcher.note('turned-away')).data, { retryAfter: 60 });
  });

  it('tells each another number, from that to twice as many', async () => {
    const told = new Set<number>();
    for (let count = 0; count < 20; count += 1) {
      const { headers } = await client.ask({ path: `${poll}?shed=28&wait=60&spread=on` });
      told.add(Number(headers['retry-after']));
    }
    assert.ok(told.size > 1);
    for (const seconds of told) assert.ok(seconds >= 60 && seconds <= 120, String(seconds));
  });

  it('refuses in words what it does not know', async () => {
    for (const query of [
      '',
      '?shed=61&wait=5',
      '?shed=1&wait=0',
      '?shed=1&wait=121',
      '?shed=1e1',
    ]) {
      const { statusCode, text } = await client.ask({ path: poll + query });
      assert.equal(statusCode, 400, query);
      assert.match(text, /is a whole number, \d+ to \d+\./);
    }
    assert.equal((await client.send('POST', poll, {})).statusCode, 405);
    assert.equal((await client.ask({ path: `/live/${run}/second-system/x` })).statusCode, 404);
  });
});
