import assert from 'node:assert/strict';
import { createHook } from 'node:async_hooks';
import net from 'node:net';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';

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

const upgrade =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';

/** A box that holds an upgrade does so as long as it is told. */
const quick = (box: string): string => (box === 'hang' ? 'hang;patienceMs=100' : box);

/** Timers that are set, those too that would not keep the process up, which `getActiveResourcesInfo` leaves out. */
const timers = new Map<number, number | undefined>();
createHook({
  init(id, type, _trigger, timer: { readonly _idleTimeout?: number }) {
    if (type === 'Timeout') timers.set(id, timer._idleTimeout);
  },
  destroy(id) {
    timers.delete(id);
  },
}).enable();

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
    sockets,
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

  for (const who of ['the server gives up', 'the reader drops'] as const) {
    it(`leaves no socket and no timer, a hundred that ${who}`, { timeout: 20_000 }, async () => {
      const held = () =>
        timers.size +
        process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
      await replaceRuns();
      const before = held();
      const opened = [];
      for (let count = 0; count < 100; count += 1) {
        opened.push(await openAll(boxes[count % boxes.length] ?? ''));
      }
      assert.ok(held() > before + 300, 'three connections of each were open');
      if (who === 'the reader drops') {
        for (const socket of opened.flatMap(({ sockets }) => sockets)) socket.destroy();
      }
      while (held() > before) {
        // An answer ends no run.
        if (who === 'the reader drops') await client.ask({ path: '/' });
        else await replaceRuns();
      }
    });
  }
});

describe('a feed', () => {
  /** Set by nobody else here; of the feed of `boxes`, the heart and the first update. */
  const intervalMs = 4321;
  const feeds = [
    ['fallback', { intervalMs }, [intervalMs]],
    ['boxes', { beats: true }, [700]],
  ] as const;
  for (const [demo, settings, delays] of feeds) {
    it(`of ${demo} leaves no timer when its run ends`, async () => {
      const set = () => [...timers.values()].filter((ms) => delays.some((delay) => delay === ms));
      const runs: string[] = [];
      for (let count = 0; count < 5; count += 1) {
        const run = await client.beginRun(demo);
        await client.send('POST', `/live/${run}/${demo}/feed`, settings);
        runs.push(run);
      }
      assert.equal(set().length, 5);
      for (const run of runs) {
        const path = `/live/${run}/${demo}/`;
        const hasEnded = async () => /This run has ended/.test((await client.ask({ path })).text);
        while (!(await hasEnded())) await replaceRuns();
      }
      // The hook is told of what was cleared a few turns later; no timer fires in so few.
      for (let turn = 0; turn < 100 && set().length > 0; turn += 1) await nextTurn();
      assert.deepEqual(set(), []);
    });
  }
});

describe('threat 6: open or poisoned middlebox', () => {
  it('no box connects to anything but our own listeners, whatever it is sent', async (test) => {
    const connect = test.mock.method(net.Socket.prototype, 'connect');
    const elsewhere = 'Host: 192.0.2.1\r\n';
    const own = `Host: ${host}\r\nConnection: close\r\n\r\n`;
    const requestsTo = (place: string): readonly string[] => [
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
      `GET http://192.0.2.1${place}/resource HTTP/1.1\r\n${elsewhere}Connection: close\r\n\r\n`,
      `GET http://192.0.2.1${place}/resource HTTP/1.0\r\n\r\n`,
      `GET http://${host}@192.0.2.1${place}/resource HTTP/1.1\r\n${own}`,
      `GET ws://192.0.2.1${place}/resource HTTP/1.1\r\nOrigin: ${client.origin}\r\n${upgrade}${own}`,
      `GET ${place}//192.0.2.1/ws HTTP/1.1\r\nOrigin: ${client.origin}\r\n${upgrade}${own}`,
      `GET ${place}/ws HTTP/1.1\r\nOrigin: ${client.origin}\r\n${elsewhere}${upgrade}\r\n`,
    ];
    const sent = boxes.map(async (box) => {
      const run = await client.beginRun('cache-fields');
      const requests = requestsTo(`/live/${run}/cache-fields/via/${quick(box)}`);
      await Promise.all(requests.map((request) => client.exchangeRaw(request)));
    });
    await Promise.all(sent);
    const targets = connect.mock.calls.map(({ arguments: [options] }) => {
      const [first] = [options].flat() as unknown as [{ host?: string; port?: number }];
      return `${first.host ?? ''}:${String(first.port)}`;
    });
    const others = new Set(targets.filter((target) => target !== host));
    // One: the inner listener. The rest are our own requests to the front.
    assert.equal(others.size, 1);
    for (const target of others) assert.match(target, /^127\.0\.0\.1:/);
  });
});

describe('threat 7: request smuggling', () => {
  const chunked = 'Transfer-Encoding: chunked\r\n';

  /** Ways to frame what a DELETE carries, of which Node would frame none by itself. */
  const framings: readonly [name: string, framed: (content: string) => string][] = [
    [
      'content in chunks',
      (content) =>
        `${chunked}Connection: close\r\n\r\n` +
        `${content.length.toString(16)}\r\n${content}\r\n0\r\n\r\n`,
    ],
    [
      'content of a length that Connection names',
      (content) =>
        `Content-Length: ${String(content.length)}\r\n` +
        `Connection: close, Content-Length\r\n\r\n${content}`,
    ],
  ];

  for (const box of boxes) {
    for (const [what, framed] of framings) {
      it(`keeps ${what} the content of its request behind ${box}`, async () => {
        const run = await client.beginRun('cache-fields');
        const watcher = await client.watch(run);
        const direct = `/live/${run}/cache-fields`;
        const own = `Host: ${host}\r\nOrigin: ${client.origin}\r\n`;
        const smuggled = `GET ${direct}/resource HTTP/1.1\r\n${own}\r\n`;
        const head = `DELETE ${direct}/via/${quick(box)}/settings HTTP/1.1\r\n${own}`;
        await client.exchangeRaw(head + framed(smuggled));
        await client.ask({ path: `${direct}/resource?last` });
        const last = () =>
          watcher.events.find(
            (event) =>
              event.kind === 'octets' &&
              Buffer.from(event.octets)
                .toString('latin1')
                .startsWith(`GET ${direct}/resource?last`),
          );
        await watcher.until(() => last() !== undefined);
        const { connection } = last() as { connection?: number };
        const answered = () => watcher.notes('answer').map((note) => note.connection);
        await watcher.until(() => answered().includes(connection));
        assert.deepEqual(answered(), [connection]);
      });
    }
  }

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
    ['a list of lengths', (n) => `Content-Length: 2, ${String(n)}\r\n`],
    ['a bare carriage return', () => 'X-A: b\rContent-Length: 2\r\n'],
    ['a control character before the coding', () => 'Transfer-Encoding: \x0bchunked\r\n'],
    ['a coding with a parameter', () => 'Transfer-Encoding: chunked;a=b\r\n'],
    ['an expectation', () => 'Expect: 100-continue\r\nContent-Length: 2\r\n'],
    ['an upgrade that the origin refuses', () => upgrade.replace('13', '777')],
    ['a coding that Connection names', () => `${chunked}Connection: transfer-encoding\r\n`],
  ];

  for (const box of boxes) {
    it(`changes nothing behind ${box}`, { timeout: 20_000 }, async () => {
      const run = await client.beginRun('cache-fields');
      const watcher = await client.watch(run);
      const direct = `/live/${run}/cache-fields`;
      const own = `Host: ${host}\r\nOrigin: ${client.origin}\r\n`;
      const smuggled = `GET ${direct}/resource HTTP/1.1\r\n${own}\r\n`;
      // Ends the connection, if what comes before it has not.
      const last = `GET ${direct}/settings HTTP/1.1\r\n${own}Connection: close\r\n\r\n`;
      const attempt = (carrier: string, fields: string, content: string) => {
        const head = `${carrier} ${direct}/via/${quick(box)}/settings HTTP/1.1\r\n${own}`;
        const type = 'Content-Type: application/json\r\n';
        return client.exchangeRaw(`${head}${type}${fields}\r\n${content}${last}`);
      };
      for (const carrier of ['GET', 'PUT']) {
        for (const [, fields] of carriers) {
          const contents = ['', '{}', '0\r\n\r\n', '0\n\n', '2\r\n{}X'].map(
            (begin) => begin + smuggled,
          );
          await Promise.all(contents.map((one) => attempt(carrier, fields(one.length), one)));
        }
      }
      const { text } = await client.ask({
        path: `${direct}/resource`,
        headers: { 'x-demo-last': '' },
      });
      assert.match(text, /^Version 1\n/);
      await watcher.untilText('x-demo-last');
      const hopsOfAnswers = () => {
        const opened = watcher.events.filter((event) => event.kind === 'open');
        const hops = new Map(opened.map(({ connection, hop }) => [connection, hop]));
        return new Set(watcher.notes('answer').map(({ connection = 0 }) => hops.get(connection)));
      };
      // What the front took for a request of its own came without the box; any other was smuggled.
      assert.deepEqual([...hopsOfAnswers()], [0]);
      // One that had come through would have been seen.
      const through = `GET ${direct}/via/${quick(box)}/resource HTTP/1.1\r\n${own}\r\n`;
      await attempt('PUT', 'Content-Length: 2\r\n', `{}${through}`);
      await watcher.until(() => hopsOfAnswers().has(1));
    });
  }
});
