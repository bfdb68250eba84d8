import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, describe, it } from 'node:test';

import { createDemoServer } from '#demo-server/server.ts';
import { Client, startDemoServer, writeSite } from '#tests/demo-server/running-server.ts';
import { maskedFrame } from '#tests/demo-server/wire-tap/tapped-server.ts';

const client = await startDemoServer();

/** An echo of a run of its own, which counts what comes back. */
async function begin(of = client) {
  const run = await of.beginRun('echo');
  const watcher = await of.watch(run);
  const webSocket = await of.openWebSocket(`/live/${run}/echo/ws`);
  const echoes: string[] = [];
  webSocket.on('message', (data: Buffer) => echoes.push(data.toString()));
  const untilEchoed = async (count: number) => {
    while (echoes.length < count) await once(webSocket, 'message');
  };
  const flood = (count: number) => {
    for (let index = 0; index < count; index += 1) webSocket.send(String(index));
  };
  return { run, watcher, webSocket, echoes, untilEchoed, flood };
}

/** Enough round trips for anything that the server would do at once. */
async function letServerWork(): Promise<void> {
  for (let index = 0; index < 20; index += 1) await client.ask({ path: '/version.json' });
}

describe('threat 10: message floods', () => {
  it('says nothing about 400 messages at once', async () => {
    const { watcher, flood, untilEchoed } = await begin();
    flood(400);
    await untilEchoed(400);
    await watcher.until(() => watcher.notes('message').length === 400);
    assert.deepEqual(watcher.notes('reading-paused'), []);
  });

  it('stops reading above them, says so, and slows no other run', async () => {
    const { watcher, webSocket, echoes, flood } = await begin();
    flood(3000);
    const { data, connection } = await watcher.note('reading-paused');
    assert.deepEqual(data, { why: 'message rate', messagesPerSecond: 200 });
    assert.ok(connection !== undefined);
    // The debt of 2,600 messages is more than ten seconds long.
    await letServerWork();
    webSocket.send('late');
    await letServerWork();
    assert.ok(!echoes.includes('late'));

    const other = await begin();
    other.webSocket.send('unhindered');
    await other.untilEchoed(1);
    assert.deepEqual(other.watcher.notes('reading-paused'), []);
    assert.ok(!echoes.includes('late'));
    assert.equal(watcher.notes('reading-paused').length, 1);
  });

  it('goes on by itself, and loses nothing', async () => {
    const { watcher, webSocket, echoes, flood, untilEchoed } = await begin();
    flood(600);
    await watcher.note('reading-paused');
    webSocket.send('late');
    await untilEchoed(601);
    assert.deepEqual(echoes, [...Array.from({ length: 600 }, (_, index) => String(index)), 'late']);
  });

  it('counts the messages of all WebSockets of a run together', async () => {
    const { run, watcher, flood, untilEchoed } = await begin();
    flood(400);
    await untilEchoed(400);
    const second = await client.openWebSocket(`/live/${run}/echo/ws`);
    for (let index = 0; index < 8000; index += 1) second.send('x');
    await watcher.note('reading-paused');
  });

  it('counts Pings too', async () => {
    const { watcher, webSocket } = await begin();
    for (let index = 0; index < 10_000; index += 1) webSocket.ping();
    await watcher.note('reading-paused');
  });

  it('counts what came with the handshake', async () => {
    const run = await client.beginRun('echo');
    const watcher = await client.watch(run);
    const socket = await client.connect();
    const ping = maskedFrame(0x89, Buffer.alloc(0));
    const head = client.handshake(`/live/${run}/echo/ws`);
    socket.resume();
    socket.write(Buffer.concat([Buffer.from(head), ...Array<Buffer>(10_000).fill(ping)]));
    await watcher.note('reading-paused');
  });

  it('is lifted for a load test that says so', async () => {
    const server = await createDemoServer({
      port: 0,
      host: '127.0.0.1',
      site: writeSite(),
      liftLimits: true,
    });
    after(() => server.close());
    const { watcher, flood, untilEchoed } = await begin(new Client(server));
    flood(3000);
    await untilEchoed(3000);
    await watcher.until(() => watcher.notes('message').length === 3000);
    assert.deepEqual(watcher.notes('reading-paused'), []);
  });
});
