import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { io, type Socket } from 'socket.io-client';

import { MAX_RUNS } from '#demo-server/runs/run-store.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('libraries');
  return { run, watcher: await client.watch(run), place: `/live/${run}/libraries/` };
}

/** The library's own client, with the field that a browser would send. */
function open(place: string, options: object = {}): Socket {
  return io(client.origin, {
    path: `${place}socket.io/`,
    forceNew: true,
    reconnection: false,
    timeout: 1000,
    extraHeaders: { origin: client.origin },
    ...options,
  });
}

const WEB_SOCKET_FIRST = { transports: ['websocket', 'polling'], tryAllTransports: true };

describe('Socket.IO behind boxes', () => {
  it('begins by polling, upgrades, and says back what it is told', async () => {
    const { place, watcher } = await begin();
    const socket = open(place);
    assert.equal(await socket.timeout(2000).emitWithAck('say', 'Hello'), 'Hello');
    await watcher.note('upgrade');
    assert.equal((await watcher.note('connect')).data['transport'], 'polling');
    assert.equal(socket.io.engine.transport.name, 'websocket');
    socket.disconnect();
    await watcher.note('disconnect');
  });

  for (const box of ['strip-upgrade', 'refuse-upgrade', 'accept-then-drop']) {
    it(`${box}: stays with polling, and nothing is lost`, async () => {
      const { place, watcher } = await begin();
      const socket = open(`${place}via/${box}/`);
      assert.equal(await socket.timeout(2000).emitWithAck('say', 'Hello'), 'Hello');
      assert.equal(socket.io.engine.transport.name, 'polling');
      socket.disconnect();
      await watcher.note('disconnect');
    });
  }

  for (const box of ['strip-upgrade', 'refuse-upgrade']) {
    it(`${box}: WebSocket first, then polling, when it may try all transports`, async () => {
      const { place } = await begin();
      const socket = open(`${place}via/${box}/`, WEB_SOCKET_FIRST);
      assert.equal(await socket.timeout(2000).emitWithAck('say', 'Hello'), 'Hello');
      assert.equal(socket.io.engine.transport.name, 'polling');
      socket.disconnect();
    });
  }

  it('accept-then-drop: WebSocket first never connects: it did not fail', async () => {
    const { place } = await begin();
    const socket = open(`${place}via/accept-then-drop/`, WEB_SOCKET_FIRST);
    const [error] = (await once(socket as never, 'connect_error')) as [Error];
    assert.equal(error.message, 'timeout');
    socket.disconnect();
  });
});

describe('SockJS', () => {
  // Frames of its protocol: o for open, a[…] for messages, c[…] for closed.
  it('says back what it is told, over a WebSocket and by polling', async () => {
    const { place, watcher } = await begin();
    const webSocket = await client.openWebSocket(`${place}sockjs/000/abcdefgh/websocket`);
    const said: string[] = [];
    webSocket.on('message', (data: Buffer) => said.push(data.toString()));
    await watcher.note('connect');
    webSocket.send('["Hello"]');
    await watcher.note('said');
    while (!said.includes('a["Hello"]')) await once(webSocket, 'message');
    webSocket.close();
    await watcher.note('disconnect');

    const poll = () => client.send('POST', `${place}sockjs/000/stuvwxyz/xhr`, undefined);
    assert.equal((await poll()).text, 'o\n');
    const sent = await client.send('POST', `${place}sockjs/000/stuvwxyz/xhr_send`, ['Hello']);
    assert.equal(sent.statusCode, 204);
    const answer = await poll();
    assert.equal(answer.text, 'a["Hello"]\n');
    assert.equal(answer.headers['access-control-allow-origin'], undefined);
  });

  it('outlives a client that is gone before its connection is told of', async () => {
    const { run, place } = await begin();
    const head = client.handshake(`${place}sockjs/123/gone/websocket`);
    // Its Close frame comes with the handshake. RFC 6455 §5.5.1
    await client.exchangeRaw(`${head}\x88\x80\0\0\0\0`);
    const { statusCode } = await client.ask({ path: `/live/${run}/libraries/sockjs/info` });
    assert.equal(statusCode, 200);
  });

  it('serves no page for other origins, and no long content', async () => {
    const { place } = await begin();
    for (const path of ['iframe.html', 'websocket', '000/abcdefgh/htmlfile?c=x', '']) {
      assert.equal((await client.ask({ path: `${place}sockjs/${path}` })).statusCode, 404, path);
    }
    const long = ['x'.repeat(2000)];
    const sent = await client.send('POST', `${place}sockjs/000/stuvwxyz/xhr_send`, long);
    assert.equal(sent.statusCode, 413);
  });
});

describe('threat 14: session isolation', () => {
  it('a SockJS session is its run’s, also where another run names its own alike', async () => {
    const [one, other] = [await begin(), await begin()];
    const poll = ({ place }: typeof one) =>
      client.send('POST', `${place}sockjs/000/stuvwxyz/xhr`, undefined);
    const say = ({ place }: typeof one, text: string) =>
      client.send('POST', `${place}sockjs/000/stuvwxyz/xhr_send`, [text]);
    assert.equal((await poll(one)).text, 'o\n');
    assert.equal((await say(other, 'Hello')).statusCode, 404);
    assert.equal((await say(one, 'secret')).statusCode, 204);
    assert.equal((await poll(other)).text, 'o\n');
    assert.equal((await poll(one)).text, 'a["secret"]\n');
  });
});

describe('threat 2 and 6: a library is no way round the guard', () => {
  it('serves nothing without our Origin, nor outside a run of its demo', async () => {
    const { place } = await begin();
    const target = `${place}socket.io/?EIO=4&transport=polling`;
    for (const origin of ['null', 'http://evil.example', '']) {
      const headers = { origin, upgrade: 'websocket', connection: 'upgrade' };
      assert.equal((await client.ask({ path: target, headers })).statusCode, 403, origin);
    }
    const { statusCode, headers } = await client.ask({ path: target });
    assert.equal(statusCode, 200);
    assert.equal(headers['access-control-allow-origin'], undefined);
    for (const path of ['/socket.io/?EIO=4&transport=polling', `${place}other/`]) {
      assert.equal((await client.ask({ path })).statusCode, 404, path);
    }
  });

  it('ends its connections with their run', async () => {
    const { place, watcher } = await begin();
    const socket = open(place);
    await watcher.note('upgrade');
    watcher.webSocket.terminate();
    let reason: unknown;
    socket.on('disconnect', (why) => (reason = why));
    while (reason === undefined) {
      for (let count = 0; count < MAX_RUNS; count += 1) await client.beginRun('echo');
    }
    assert.equal(typeof reason, 'string');
  });
});
