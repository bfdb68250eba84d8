import assert from 'node:assert/strict';
import net from 'node:net';
import { describe, it } from 'node:test';

import type { BoxServer } from '#demo-server/box.ts';
import { importFolder } from '#demo-server/folder.ts';
import { MAX_RUNS } from '#demo-server/runs/run-store.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const host = client.origin.slice('http://'.length);
const boxes = [...(await importFolder<BoxServer>('boxes', 'box')).keys()];

/** Settings under which a box takes a request and keeps it. */
const KEEPING: Readonly<Record<string, string>> = {
  hang: 'hang;holds=everything',
  'black-hole': 'black-hole;swallows=both',
  'strip-upgrade': 'strip-upgrade;kind=unaware',
};

/** Has all earlier runs given up, but for those that are used while it does. */
async function replaceRuns() {
  for (let count = 0; count < MAX_RUNS; count += 1) await client.beginRun('echo');
}

function ended(socket: net.Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (socket.closed) resolve();
  else socket.once('close', () => resolve());
  return promise;
}

/** Asks for a WebSocket, a stream and a poll of a new run, below HTTP. */
async function openAll(box: string) {
  const run = await client.beginRun('fallback');
  const place = `/live/${run}/fallback/via/${KEEPING[box] ?? box}/feed`;
  const upgrade =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
  const sockets = [];
  for (const [path, fields] of [
    ['ws', upgrade],
    ['events', 'Connection: close\r\n'],
    ['poll?wait=25', 'Connection: close\r\n'],
  ]) {
    const socket = await client.connect();
    const own = `Host: ${host}\r\nOrigin: ${client.origin}\r\n`;
    socket.resume().write(`GET ${place}/${path} HTTP/1.1\r\n${own}${fields}\r\n`);
    sockets.push(socket);
  }
  return {
    run,
    closed: Promise.all(sockets.map(ended)),
  };
}

describe('a run that ends', () => {
  for (const box of boxes) {
    it(`leaves nothing open behind ${box}`, { timeout: 20_000 }, async () => {
      const { run, closed } = await openAll(box);
      const watcher = await client.watch(run);
      await watcher.until((events) => events.filter(({ kind }) => kind === 'open').length >= 3);
      // A run that is watched is kept.
      watcher.webSocket.terminate();
      let over = false;
      void closed.then(() => (over = true));
      while (!over) await replaceRuns();
    });
  }

  it('leaves no socket and no timer, a hundred times', { timeout: 60_000 }, async () => {
    const held = () =>
      process
        .getActiveResourcesInfo()
        .filter((kind) => kind === 'Timeout' || kind === 'TCPSocketWrap').length;
    await replaceRuns();
    const before = held();
    for (let count = 0; count < 100; count += 1) await openAll(boxes[count % boxes.length] ?? '');
    while (held() > before) await replaceRuns();
  });
});

describe('threat 6: open or poisoned middlebox', () => {
  it('no box connects to anything but our own listeners, whatever it is sent', async (test) => {
    const connect = test.mock.method(net.Socket.prototype, 'connect');
    for (const box of boxes) {
      const run = await client.beginRun('cache-fields');
      const place = `/live/${run}/cache-fields/via/${box}`;
      const own = `Host: ${host}\r\nConnection: close\r\n\r\n`;
      for (const request of [
        `GET http://192.0.2.1${place}/resource HTTP/1.1\r\n${own}`,
        `GET ${place}/http://192.0.2.1/resource HTTP/1.1\r\n${own}`,
        `GET ${place}//192.0.2.1/resource HTTP/1.1\r\n${own}`,
        `GET ${place}/../../../../192.0.2.1 HTTP/1.1\r\n${own}`,
        `GET ${place}@192.0.2.1/resource HTTP/1.1\r\n${own}`,
        `GET ${place}/@192.0.2.1:80/ HTTP/1.1\r\n${own}`,
        `GET //192.0.2.1${place}/resource HTTP/1.1\r\n${own}`,
        `GET ${place}/resource HTTP/1.1\r\nHost: 192.0.2.1\r\nConnection: close\r\n\r\n`,
        `GET ${place}/resource HTTP/1.1\r\nX-Forwarded-Host: 192.0.2.1\r\nForwarded: host=192.0.2.1\r\n${own}`,
        `CONNECT 192.0.2.1:80 HTTP/1.1\r\n${own}`,
        `OPTIONS * HTTP/1.1\r\n${own}`,
      ]) {
        await client.exchangeRaw(request);
      }
    }
    const targets = connect.mock.calls.map(({ arguments: [options] }) => {
      const [first] = [options].flat() as unknown as [{ host?: string; port?: number } | number];
      return typeof first === 'object' ? `${first.host ?? ''}` : '127.0.0.1';
    });
    assert.ok(targets.length > 0);
    assert.deepEqual([...new Set(targets)], ['127.0.0.1']);
  });
});

describe('threat 7: request smuggling', () => {
  const chunked = 'Transfer-Encoding: chunked\r\n';
  const carriers: readonly [name: string, fields: (length: number) => string][] = [
    ['Content-Length and Transfer-Encoding', (n) => `Content-Length: ${String(n)}\r\n${chunked}`],
    ['an unknown coding', () => 'Transfer-Encoding: xchunked\r\n'],
    ['chunked twice', () => `${chunked}${chunked}`],
    ['a coding before chunked', () => 'Transfer-Encoding: identity, chunked\r\n'],
    ['a space before the colon', () => 'Transfer-Encoding : chunked\r\nContent-Length: 2\r\n'],
    ['two lengths', (n) => `Content-Length: 2\r\nContent-Length: ${String(n)}\r\n`],
    ['a signed length', () => 'Content-Length: +2\r\n'],
    ['a folded field', () => 'X-A: b\r\n Content-Length: 2\r\n'],
    ['a bare line feed', () => 'X-A: b\nContent-Length: 2\r\n'],
    [
      'a length that Connection names',
      (n) => `Content-Length: ${String(n)}\r\nConnection: content-length\r\n`,
    ],
    ['a coding that Connection names', () => `${chunked}Connection: transfer-encoding\r\n`],
  ];

  for (const box of boxes) {
    it(`changes nothing behind ${box}`, { timeout: 20_000 }, async () => {
      const run = await client.beginRun('cache-fields');
      const direct = `/live/${run}/cache-fields`;
      const own = `Host: ${host}\r\nOrigin: ${client.origin}\r\n`;
      const smuggled = `GET ${direct}/resource HTTP/1.1\r\n${own}\r\n`;
      for (const carrier of ['GET', 'PUT']) {
        for (const [, fields] of carriers) {
          for (const content of [smuggled, `0\r\n\r\n${smuggled}`, `{}${smuggled}`]) {
            const socket = await client.connect();
            const head = `${carrier} ${direct}/via/${box}/settings HTTP/1.1\r\n${own}`;
            const type = 'Content-Type: application/json\r\n';
            socket.resume().end(`${head}${type}${fields(content.length)}\r\n${content}`, 'latin1');
            await ended(socket);
          }
        }
      }
      const watcher = await client.watch(run);
      const { text } = await client.ask({
        path: `${direct}/resource`,
        headers: { 'x-demo-last': '' },
      });
      assert.match(text, /^Version 1\n/);
      await watcher.untilText('x-demo-last');
      // What the front took for a request of its own came without the box; any other was smuggled.
      const hops = new Map(
        watcher.events
          .filter((event) => event.kind === 'open')
          .map(({ connection, hop }) => [connection, hop]),
      );
      const answers = watcher.notes('answer').map(({ connection = 0 }) => hops.get(connection));
      assert.ok(answers.length > 0);
      assert.deepEqual([...new Set(answers)], [0]);
    });
  }
});
