import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(demo: string, via: string) {
  const run = await client.beginRun(demo);
  return {
    watcher: await client.watch(run),
    direct: `/live/${run}/${demo}/`,
    place: `/live/${run}/${demo}/via/${via}/`,
  };
}

async function statusOfUpgrade(path: string) {
  const webSocket = client.webSocket(path);
  const [, { statusCode }] = (await once(webSocket, 'unexpected-response')) as [
    unknown,
    IncomingMessage,
  ];
  return statusCode;
}

describe('connection-limit', () => {
  it('refuses what is one too many, and lets the next in when one has closed', async () => {
    const { place, watcher } = await begin('echo', 'connection-limit;connections=2');
    const first = await client.openWebSocket(`${place}ws`);
    await client.openWebSocket(`${place}ws`);
    assert.equal(await statusOfUpgrade(`${place}ws`), 503);
    assert.equal((await client.ask({ path: `${place}ws` })).statusCode, 503);
    assert.equal((await watcher.note('connection-refused')).data['connections'], 2);
    first.terminate();
    // The third of these that closes is the first WebSocket's, after two refused ones.
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length >= 4);
    await client.openWebSocket(`${place}ws`);
  });

  it('counts the connections of each run by themselves, and a busy one once', async () => {
    const via = 'connection-limit;connections=1';
    const one = await begin('cache-fields', via);
    const two = await begin('echo', via);
    await client.openWebSocket(`${two.place}ws`);
    const head = `GET ${one.place}resource HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n`;
    const answers = await client.exchangeRaw(`${head}\r\n${head}Connection: close\r\n\r\n`);
    assert.equal(answers.split('HTTP/1.1 200 OK').length, 3);
  });
});

describe('header-limit', () => {
  it('counts a head to the octet: one more is 431 (RFC 6585 §5)', async () => {
    const { place, watcher } = await begin('cache-fields', 'header-limit;octets=300');
    const head = (filling: string) =>
      `GET ${place}resource HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n` +
      `Connection: close\r\nX-Fill: ${filling}\r\n\r\n`;
    const filling = 'x'.repeat(300 - head('').length);
    assert.match(await client.exchangeRaw(head(filling)), /^HTTP\/1\.1 200 /);
    assert.match(await client.exchangeRaw(head(`${filling}x`)), /^HTTP\/1\.1 431 /);
    const { data } = await watcher.note('head-refused');
    assert.deepEqual([data['octets'], data['limit']], [301, 300]);
  });

  it('refuses a handshake with a large head too', async () => {
    const { place } = await begin('echo', 'header-limit;octets=64');
    assert.equal(await statusOfUpgrade(`${place}ws`), 431);
  });
});

describe('max-duration', () => {
  it('answers 504 to a request whose response has not begun', async () => {
    const { place, watcher } = await begin('fallback', 'max-duration;maxMs=100');
    const answer = await client.ask({ path: `${place}feed/poll?wait=20` });
    assert.equal(answer.statusCode, 504);
    assert.equal((await watcher.note('time-over')).data['answer'], 504);
    await watcher.note('unsubscribe');
    assert.equal((await client.ask({ path: `${place}feed/poll?wait=0` })).statusCode, 200);
  });

  it('serves the next request of a connection whose last was answered 504', async () => {
    const { place } = await begin('fallback', 'max-duration;maxMs=100');
    const socket = await client.connect();
    for (const [wait, statusCode] of [
      [20, '504'],
      [0, '200'],
    ] as const) {
      const target = `${place}feed/poll?wait=${String(wait)}`;
      socket.write(`GET ${target} HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n\r\n`);
      const [octets] = (await once(socket, 'data')) as [Buffer];
      assert.equal(octets.toString().split(' ')[1], statusCode);
    }
  });

  it('cuts a stream that takes longer, however busy, but no WebSocket', async () => {
    const { place, direct, watcher } = await begin('fallback', 'max-duration;maxMs=100');
    const webSocket = await client.openWebSocket(`${place}feed/ws`);
    webSocket.on('close', () => assert.fail('it closed'));
    await client.send('POST', `${direct}feed`, { updates: 100, intervalMs: 20 });
    await assert.rejects(client.ask({ path: `${place}feed/events` }));
    assert.equal((await watcher.note('time-over')).data['answer'], 'cut');
    webSocket.removeAllListeners('close');
  });
});

describe('http10', () => {
  it('asks the origin with HTTP/1.0, and gets a response without chunks', async () => {
    const { place, direct, watcher } = await begin('fallback', 'http10');
    await client.send('POST', `${direct}feed`, { updates: 2, intervalMs: 10 });
    const { statusCode, text } = await client.ask({ path: `${place}feed/events?after=0` });
    assert.equal(statusCode, 200);
    assert.deepEqual(text.match(/(?<=id: )\d+/g), ['1', '2']);
    const inner = await innerOf(watcher);
    assert.match(watcher.text('up', inner), /^GET .*\/feed\/events\?after=0 HTTP\/1\.0\r\n/);
    assert.match(watcher.text('up', inner), /\r\nConnection: close\r\n/);
    assert.doesNotMatch(watcher.text('down', inner), /Transfer-Encoding/i);
    assert.match(watcher.text('down', inner), /\r\n\r\nevent: hello\n/, 'no size of a chunk');
  });

  it('sends content on, and opens a connection for each request', async () => {
    const { place, watcher } = await begin('fallback', 'http10');
    const head =
      `POST ${place}feed HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n` +
      `Origin: ${client.origin}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n`;
    const answers = await client.exchangeRaw(`${head}\r\n{}${head}Connection: close\r\n\r\n{}`);
    assert.equal(answers.split('HTTP/1.1 201 Created').length, 3);
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 3);
  });

  it('asks for a length instead of sending chunks (RFC 9112 §6.1)', async () => {
    const { place } = await begin('fallback', 'http10');
    const { statusCode } = await client.ask({
      method: 'POST',
      path: `${place}feed`,
      headers: {
        origin: client.origin,
        'content-type': 'application/json',
        'transfer-encoding': 'chunked',
      },
      content: '{}',
    });
    assert.equal(statusCode, 411);
  });

  it('sends no chunks for a request that says nothing of content, either', async () => {
    const { place, watcher } = await begin('fallback', 'http10');
    const own = `Host: ${client.origin.slice(7)}\r\nOrigin: ${client.origin}\r\n`;
    const answer = await client.exchangeRaw(
      `POST ${place}feed HTTP/1.1\r\n${own}Connection: close\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 201 /);
    const [head, content] = watcher.text('up', await innerOf(watcher)).split('\r\n\r\n');
    assert.match(head ?? '', /^POST .* HTTP\/1\.0\r\n[^]*\r\nContent-Length: 0\r\n/);
    assert.doesNotMatch(head ?? '', /\r\nTransfer-Encoding/i);
    assert.equal(content, '');
  });

  it('has no Upgrade: HTTP/1.0 knows none (RFC 9110 §7.8)', async () => {
    const { place, watcher } = await begin('echo', 'http10');
    assert.equal(await statusOfUpgrade(`${place}ws`), 426);
    assert.doesNotMatch(watcher.text('up', await innerOf(watcher)), /\r\nUpgrade/);
  });
});

/** The box's own connection, when it is closed. */
async function innerOf(watcher: Awaited<ReturnType<typeof begin>>['watcher']): Promise<number> {
  const find = () =>
    watcher.events.filter((event) => event.kind === 'open').find(({ hop }) => hop === 1);
  await watcher.until((events) =>
    events.some((event) => event.kind === 'close' && event.connection === find()?.connection),
  );
  return find()?.connection ?? 0;
}
