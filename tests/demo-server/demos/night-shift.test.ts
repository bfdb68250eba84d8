import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const run = await client.beginRun('night-shift');
const findings = `/live/${run}/night-shift/findings`;

describe('the night shift’s findings', () => {
  it('are noted', async () => {
    const watcher = await client.watch(run);
    const finding = { log: 'http', cause: 'server C', clicks: 2 };
    assert.equal((await client.send('POST', findings, finding)).statusCode, 204);
    assert.deepEqual((await watcher.note('finding')).data, finding);
  });

  it('are refused in words when they are something else', async () => {
    for (const content of [
      {},
      { log: 'http', cause: 1, clicks: 1 },
      { log: 'http', cause: 'x'.repeat(41), clicks: 1 },
      { log: 'http', cause: 'server C', clicks: '1' },
    ]) {
      assert.equal((await client.send('POST', findings, content)).statusCode, 400);
    }
    assert.equal((await client.ask({ path: findings })).statusCode, 405);
    assert.equal((await client.send('POST', `/live/${run}/night-shift/x`)).statusCode, 404);
  });
});
