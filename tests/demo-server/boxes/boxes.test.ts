import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import type { WireEvent } from '#capture/wire-event.ts';
import type { BoxServer } from '#demo-server/box.ts';
import { importFolder } from '#demo-server/folder.ts';
import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const boxes = await importFolder<BoxServer>('boxes', 'box');

async function begin(demo: string, via: string) {
  const run = await client.beginRun(demo);
  return { run, watcher: await client.watch(run), place: `/live/${run}/${demo}/${via}` };
}

/** The connection that a box opened, by its hop. */
function connectionAt(events: readonly WireEvent[], hop: number) {
  const found = events.find((event) => event.kind === 'open' && event.hop === hop);
  assert.equal(found?.kind, 'open', `hop ${String(hop)}`);
  return found;
}

async function statusOfUpgrade(path: string) {
  const webSocket = client.webSocket(path);
  const [, response] = (await once(webSocket, 'unexpected-response')) as [
    unknown,
    { statusCode: number },
  ];
  return response.statusCode;
}

const boxNotes = ({ events }: Watcher) =>
  events.filter((event) => event.kind === 'note').filter(({ vantage }) => vantage === 'box');

describe('every box', () => {
  for (const box of boxes.keys()) {
    it(`${box}: forwards ordinary requests over a real connection, both hops captured`, async () => {
      const { watcher, place } = await begin('cache-fields', `via/${box}/`);
      const { statusCode, text, headers } = await client.ask({
        path: `${place}resource?x=1`,
        headers: {
          te: 'trailers',
          // Of the two that it names, the next hop can't do without Host (RFC 9112 §3.2).
          connection: 'close, x-mine, host',
          'x-mine': '1',
          'x-demo-note': '2',
        },
      });
      assert.equal(statusCode, 200);
      assert.match(text, /^Version 1\n/);
      assert.equal(headers['via'], `1.1 ${box}`);
      await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);

      const outer = connectionAt(watcher.events, 0);
      const inner = connectionAt(watcher.events, 1);
      assert.deepEqual([outer.sender, outer.box], ['BROWSER', undefined]);
      assert.deepEqual([inner.sender, inner.box, inner.onBehalfOf], ['BOX', box, outer.connection]);
      const forwarded = watcher.text('up', inner.connection);
      assert.match(forwarded, /^GET \/live\/[\w-]{22}\/cache-fields\/resource\?x=1 HTTP\/1\./);
      assert.match(forwarded, /\r\nx-demo-note: 2\r\n/);
      // RFC 9110 §7.6.1: these, and what Connection named, were for the first hop alone.
      assert.doesNotMatch(forwarded, /\r\n(?:te|x-mine):/i);
      assert.match(forwarded, new RegExp(`\\r\\nVia: 1\\.1 ${box}\\r\\n`));
      assert.match(watcher.text('down', inner.connection), /^HTTP\/1\.1 200 OK\r\n/);
    });
  }

  it('forwards content both ways, with either framing', async () => {
    const { place, watcher } = await begin('fallback', 'via/strip-upgrade/');
    const answer = await client.send('POST', `${place}feed`, { updates: 1, intervalMs: 10 });
    assert.equal(answer.statusCode, 201);
    const events = await client.ask({ path: `${place}feed/events?after=0` });
    assert.match(events.text, /id: 1\n[^]*event: done/);
    await watcher.note('unsubscribe');
  });

  it('forwards content also where Connection does not name Upgrade (RFC 9110 §7.8)', async () => {
    const { place } = await begin('cache-fields', 'via/buffer/');
    const { statusCode } = await client.ask({
      method: 'PUT',
      path: `${place}settings`,
      headers: { origin: client.origin, 'content-type': 'application/json', upgrade: 'x' },
      content: '{"etag":true}',
    });
    assert.equal(statusCode, 204);
  });

  it('stacks: each hop is a connection of its own', async () => {
    const { place, watcher } = await begin(
      'echo',
      'via/buffer/via/accept-then-drop/via/strip-upgrade/',
    );
    assert.equal(await statusOfUpgrade(`${place}ws`), 426);
    await watcher.note('upgrade-stripped');
    await watcher.until((events) =>
      events.some((event) => event.kind === 'open' && event.hop === 3),
    );
    assert.equal(
      connectionAt(watcher.events, 2).onBehalfOf,
      connectionAt(watcher.events, 1).connection,
    );
    assert.equal(connectionAt(watcher.events, 3).box, 'strip-upgrade');
  });

  it('uses one connection for all requests of one client connection', async () => {
    const { run, watcher } = await begin('cache-fields', '');
    const target = `/live/${run}/cache-fields/via/strip-upgrade/resource`;
    const head = `GET ${target} HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n`;
    await client.exchangeRaw(`${head}\r\n${head}\r\n${head}Connection: close\r\n\r\n`);
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);
    assert.equal(watcher.events.filter(({ kind }) => kind === 'open').length, 2);
    assert.equal(
      watcher.text('up', connectionAt(watcher.events, 1).connection).split('GET ').length,
      4,
    );
  });
});

describe('one connection through every box', () => {
  it('is listened to once, however many there are', async (test) => {
    const warn = test.mock.method(process, 'emitWarning');
    const run = await client.beginRun('cache-fields');
    const ask = (box: string, fields = '') =>
      `GET /live/${run}/cache-fields/via/${box}/resource HTTP/1.1\r\n` +
      `Host: ${client.origin.slice(7)}\r\n${fields}\r\n`;
    // Asked one by one: many unanswered requests on a connection are another test's.
    const socket = await client.connect();
    for (const box of boxes.keys()) {
      socket.write(ask(box));
      let answer = '';
      while (!answer.includes('Version 1')) {
        answer += String((await once(socket, 'data'))[0]);
      }
    }
    socket.destroy();
    assert.ok(boxes.size > 10);
    assert.deepEqual(
      warn.mock.calls.map(({ arguments: [text] }) => String(text)),
      [],
    );
  });
});

describe('strip-upgrade', () => {
  it('forwards the handshake as an ordinary request (RFC 9110 §7.6.1)', async () => {
    const { place, watcher } = await begin('echo', 'via/strip-upgrade/');
    assert.equal(await statusOfUpgrade(`${place}ws`), 426);
    const note = await watcher.note('upgrade-stripped');
    assert.equal(note.vantage, 'box');
    assert.equal(note.connection, connectionAt(watcher.events, 0).connection);
    await watcher.untilText('426 Upgrade Required');
    const forwarded = watcher.text('up', connectionAt(watcher.events, 1).connection);
    assert.doesNotMatch(forwarded, /\r\n(?:upgrade|connection: upgrade)/i);
    assert.match(forwarded, /\r\nSec-WebSocket-Key: /);
  });
});

describe('refuse-upgrade', () => {
  it('answers 403 itself: the origin sees nothing', async () => {
    const { place, watcher } = await begin('echo', 'via/refuse-upgrade/');
    assert.equal(await statusOfUpgrade(`${place}ws`), 403);
    assert.equal((await watcher.note('upgrade-refused')).data['statusCode'], 403);
    await watcher.until((events) => events.some(({ kind }) => kind === 'close'));
    assert.equal(
      watcher.events.some((event) => event.kind === 'open' && event.hop === 1),
      false,
    );
  });

  it('answers 403 to Upgrade that Connection does not name, too', async () => {
    const { place } = await begin('echo', 'via/refuse-upgrade/');
    const { statusCode } = await client.ask({
      path: `${place}ws`,
      headers: { upgrade: 'websocket' },
    });
    assert.equal(statusCode, 403);
  });
});

describe('accept-then-drop', () => {
  it('lets the 101 through and then nothing, and the connection stays open', async () => {
    const { run, place, watcher } = await begin('echo', 'via/accept-then-drop/');
    const webSocket = await client.openWebSocket(`${place}ws`);
    webSocket.on('message', () => assert.fail('an octet came through'));
    webSocket.on('ping', () => assert.fail('an octet came through'));
    webSocket.on('close', () => assert.fail('it closed'));
    webSocket.send('swallowed');
    const up = await watcher.note('octets-swallowed');
    assert.deepEqual([up.data['direction'], up.data['octets']], ['up', 15]);
    await client.send('POST', `/live/${run}/echo/ping`, { data: 'lost' });
    await watcher.until(() => watcher.notes('octets-swallowed').length === 2);
    assert.equal(watcher.notes('octets-swallowed')[1]?.data['direction'], 'down');
    assert.equal(watcher.notes('message').length, 0, 'the server saw nothing');
    assert.equal(webSocket.readyState, webSocket.OPEN);
    webSocket.removeAllListeners('close');
    webSocket.terminate();
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 3);
  });
});

describe('buffer', () => {
  it('holds an event stream, head and all, until the origin has ended it', async () => {
    const { run, place, watcher } = await begin('fallback', 'via/buffer/');
    const reading = client.ask({ path: `${place}feed/events?after=0` });
    await watcher.note('subscribe');
    await client.send('POST', `/live/${run}/fallback/feed`, { updates: 3, intervalMs: 10 });
    const { text } = await reading;
    assert.match(text, /id: 3\n/);
    await watcher.note('response-released');
    await watcher.until(
      () => watcher.text('down', connectionAt(watcher.events, 0).connection) !== '',
    );
    const names = boxNotes(watcher).map(({ name }) => name);
    assert.deepEqual(names, ['response-held', 'response-released']);
    const { connection } = connectionAt(watcher.events, 0);
    const firstDown = watcher.events.find(
      (event) =>
        event.kind === 'octets' && event.connection === connection && event.direction === 'down',
    );
    const last = watcher.notes('publish').at(-1);
    assert.ok((firstDown?.t ?? 0) > (last?.t ?? Infinity), 'nothing came before the end');
  });

  it('lets a WebSocket through untouched, octet for octet', async () => {
    const { place, watcher } = await begin('echo', 'via/buffer/');
    const webSocket = await client.openWebSocket(`${place}ws`);
    webSocket.send('Hello');
    await once(webSocket, 'message');
    webSocket.close(4001, 'enough');
    const [code] = (await once(webSocket, 'close')) as [number];
    assert.equal(code, 4001);
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);
    const framesOf = (direction: 'up' | 'down', hop: number) =>
      watcher.text(direction, connectionAt(watcher.events, hop).connection).split('\r\n\r\n')[1];
    assert.equal(framesOf('up', 0), framesOf('up', 1));
    assert.equal(framesOf('down', 0), framesOf('down', 1));
    assert.ok(framesOf('down', 1)?.startsWith('\x81\x05Hello'));
  });
});

describe('threat 6: open or poisoned middlebox', () => {
  it('connects nowhere but to our own origin: no target names another host', async () => {
    const { place, watcher } = await begin('echo', 'via/strip-upgrade/');
    const { statusCode } = await client.ask({ path: `${place}http://evil.example/` });
    assert.equal(statusCode, 404);
    await watcher.untilText('404 Not Found');
    const forwarded = watcher.text('up', connectionAt(watcher.events, 1).connection);
    assert.match(forwarded, /^GET \/live\/[\w-]{22}\/echo\/http:\/\/evil\.example\/ HTTP/);
  });

  it('lets at most four boxes stand on the way', async () => {
    const { place } = await begin('echo', 'via/buffer/'.repeat(5));
    assert.equal((await client.ask({ path: `${place}ws` })).statusCode, 400);
  });

  it('ends its connection with its client, and shares it with no other run', async () => {
    const one = await begin('cache-fields', 'via/buffer/');
    const two = await begin('cache-fields', 'via/buffer/');
    const ask = (place: string, fields = '') =>
      `GET ${place}resource HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n${fields}\r\n`;
    await client.exchangeRaw(ask(one.place) + ask(two.place, 'Connection: close\r\n'));
    for (const { watcher } of [one, two]) {
      await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);
      assert.equal(watcher.text('up').split('GET ').length, 3);
    }
    assert.notEqual(
      connectionAt(one.watcher.events, 1).connection,
      connectionAt(two.watcher.events, 1).connection,
    );
  });
});
