import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('jump');
  return { place: `/live/${run}/jump`, watcher: await client.watch(run) };
}

describe('a jump', () => {
  it('is told how long it took, by either way, and noted on its connection', async () => {
    const { place, watcher } = await begin();
    const { text } = await client.send('POST', `${place}/jumps`, { jump: 1, at: 0 });
    const posted = JSON.parse(text) as { jump: number; tookMs: number };
    const webSocket = await client.openWebSocket(`${place}/ws`);
    webSocket.send('{"jump":1,"at":0}');
    const [message] = (await once(webSocket, 'message')) as [Buffer];
    const sent = JSON.parse(message.toString()) as typeof posted;
    await watcher.until(() => watcher.notes('landed').length === 2);
    for (const [index, { t, data, connection }] of watcher.notes('landed').entries()) {
      const { jump, tookMs } = index === 0 ? posted : sent;
      assert.deepEqual(data, { jump, by: index === 0 ? 'POST' : 'WebSocket', tookMs });
      // It began when the run did: so long is the note’s own time.
      assert.ok(Math.abs(tookMs - t) < 5, `${String(tookMs)} and ${String(t)}`);
      assert.ok(connection !== undefined);
    }
  });

  it('is held by the way, up and not down', async () => {
    const { place, watcher } = await begin();
    const at = Date.now();
    await client.send('POST', `${place}/via/slow;delayMs=60/jumps`, { jump: 1, at: 0 });
    const { data } = await watcher.note('landed');
    assert.ok(Number(data['tookMs']) >= 58);
    assert.ok(Date.now() - at >= 118);
  });

  it('is refused with a sentence when it is none', async () => {
    const { place } = await begin();
    for (const wrong of [{}, { jump: 0, at: 1 }, { jump: 1.5, at: 1 }, { jump: 1, at: 'now' }]) {
      const { statusCode } = await client.send('POST', `${place}/jumps`, wrong);
      assert.equal(statusCode, 400, JSON.stringify(wrong));
    }
    for (const wrong of ['{', 'null', '{"jump":10000,"at":1}']) {
      const webSocket = await client.openWebSocket(`${place}/ws`);
      webSocket.send(wrong);
      const [code, reason] = (await once(webSocket, 'close')) as [number, Buffer];
      assert.equal(code, 1008, wrong);
      assert.match(reason.toString(), /^Send a jump/);
    }
    assert.equal((await client.ask({ path: `${place}/tea` })).statusCode, 404);
  });
});

describe('a request that keeps a connection busy', () => {
  it('is answered with a head at once, and has its end a second and a half later', async () => {
    const { place } = await begin();
    const outgoing = request(`${client.origin}${place}/busy/7`, { agent: false }).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    const headAt = performance.now();
    await once(incoming.resume(), 'end');
    assert.ok(performance.now() - headAt > 1400);
  });
});
