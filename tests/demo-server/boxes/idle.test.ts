import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(demo: string, via: string) {
  const run = await client.beginRun(demo);
  return {
    run,
    watcher: await client.watch(run),
    direct: `/live/${run}/${demo}/`,
    place: `/live/${run}/${demo}/via/${via}/`,
  };
}

const closes = ({ events }: Watcher) => events.filter((event) => event.kind === 'close');

describe('idle-reset', () => {
  it('resets a WebSocket on which nothing moves, and its own connection with it', async () => {
    const { place, watcher } = await begin('echo', 'idle-reset;idleMs=100');
    const socket = await client.connect();
    socket.write(
      `GET ${place}ws HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\nOrigin: ${client.origin}\r\n` +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    assert.match(head.toString(), /^HTTP\/1\.1 101 /);
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    assert.equal(error.code, 'ECONNRESET');
    assert.equal((await watcher.note('connection-reset')).data['idleMs'], 100);
    await watcher.until(() => closes(watcher).length === 2);
  });

  it('counts every octet, either way: a conversation goes on', async () => {
    const { place, watcher } = await begin('echo', 'idle-reset;idleMs=2000');
    const webSocket = await client.openWebSocket(`${place}ws`);
    for (let round = 0; round < 30; round += 1) {
      webSocket.send('still here');
      await once(webSocket, 'message');
    }
    assert.deepEqual(watcher.notes('connection-reset'), []);
  });

  it('resets a stream and a request that waits', async () => {
    for (const path of ['feed/events', 'feed/poll?wait=20']) {
      const { place, watcher } = await begin('fallback', 'idle-reset;idleMs=100');
      await assert.rejects(fetch(`${client.origin}${place}${path}`).then((r) => r.text()));
      await watcher.note('connection-reset');
      await watcher.until(() => closes(watcher).length === 2);
    }
  });

  it('leaves a connection alone between two requests', async () => {
    const { place, watcher } = await begin('cache-fields', 'idle-reset;idleMs=50');
    const socket = await client.connect();
    const head = `GET ${place}resource HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n\r\n`;
    socket.write(head);
    await watcher.until(() => watcher.notes('answer').length === 1);
    // Longer than idleMs by the box's own clock: a second box of the same patience has reset by now.
    const other = await client.openWebSocket(
      `/live/${await client.beginRun('echo')}/echo/via/idle-reset;idleMs=50/ws`,
    );
    await once(other, 'close');
    socket.write(head);
    await watcher.until(() => watcher.notes('answer').length === 2);
  });
});

describe('idle-drop', () => {
  it('lets nothing pass after a silence, and both sides stay open', async () => {
    const { place, direct, watcher } = await begin('echo', 'idle-drop;idleMs=100');
    const webSocket = await client.openWebSocket(`${place}ws`);
    webSocket.on('message', () => assert.fail('a message came through'));
    webSocket.on('close', () => assert.fail('it closed'));
    await watcher.note('connection-forgotten');
    webSocket.send('into the void');
    await client.send('POST', `${direct}ping`, { data: 'lost' });
    await watcher.untilText('\x89\x04lost');
    await client.send('POST', `${direct}ping`, { data: 'more' });
    await watcher.untilText('\x89\x04more');
    assert.equal(watcher.notes('message').length, 0);
    assert.deepEqual(closes(watcher), closesOfRequests(watcher));
    webSocket.removeAllListeners('close');
    webSocket.terminate();
    await watcher.until(() => closes(watcher).length === 4);
  });

  it('does not even let the end of a forgotten stream pass', async () => {
    const { place, direct, watcher } = await begin('fallback', 'idle-drop;idleMs=100');
    const controller = new AbortController();
    const { body } = await fetch(`${client.origin}${place}feed/events`, controller);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    assert.match((await reader?.read())?.value ?? '', /^event: hello/);
    await watcher.note('connection-forgotten');
    await client.send('POST', `${direct}feed`, { updates: 1, intervalMs: 10 });
    await watcher.note('unsubscribe');
    const reading = reader?.read();
    const [waits] = await Promise.all([
      Promise.race([reading, client.ask({ path: `${direct}nothing` }).then(() => 'waits')]),
    ]);
    assert.equal(waits, 'waits');
    controller.abort();
    await assert.rejects(reading as Promise<unknown>, { name: 'AbortError' });
  });
});

/** Of the connections on which requests were asked past the box. */
function closesOfRequests(watcher: Watcher) {
  const posts = watcher.events
    .filter((event) => event.kind === 'octets')
    .filter(({ direction }) => direction === 'up')
    .filter(({ octets }) => Buffer.from(octets).toString('latin1').startsWith('POST '))
    .map(({ connection }) => connection);
  return closes(watcher).filter(({ connection }) => posts.includes(connection));
}
