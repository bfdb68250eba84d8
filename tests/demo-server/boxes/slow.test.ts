import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import type { WireEvent } from '#capture/wire-event.ts';
import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(demo: string, via: string) {
  const run = await client.beginRun(demo);
  return { watcher: await client.watch(run), place: `/live/${run}/${demo}/${via}` };
}

/** When the first octets of a hop passed in a direction, on the server's clock. */
function firstAt({ events }: Watcher, hop: number, direction: 'up' | 'down'): number {
  const opened = events.find((event) => event.kind === 'open' && event.hop === hop);
  const isFirst = (event: WireEvent) =>
    event.kind === 'octets' &&
    opened?.kind === 'open' &&
    event.connection === opened.connection &&
    event.direction === direction;
  const first = events.find(isFirst);
  assert.ok(first, `octets ${direction} at hop ${String(hop)}`);
  return first.t;
}

// Less than it was told to wait can't be chance; more can, so nothing is asked of that.
describe('slow', () => {
  it('holds a request on its way out and its response on its way back', async () => {
    const { place, watcher } = await begin('cache-fields', 'via/slow;delayMs=60/');
    const { statusCode, text } = await client.ask({ path: `${place}resource` });
    assert.equal(statusCode, 200);
    assert.match(text, /^Version 1\n/);
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);
    assert.ok(firstAt(watcher, 1, 'up') - firstAt(watcher, 0, 'up') > 58);
    assert.ok(firstAt(watcher, 0, 'down') - firstAt(watcher, 1, 'down') > 58);
    assert.deepEqual((await watcher.note('request-delayed')).data, {
      box: 'slow',
      delayMs: 60,
      jitterMs: 0,
      octetsPerSecond: 1_000_000,
      handshakes: 0,
      why: 'a long way to the next hop',
    });
  });

  it('writes a head with the content that came right behind it', async () => {
    const { place, watcher } = await begin(
      'cache-fields',
      'via/slow;delayMs=1;octetsPerSecond=100000000/',
    );
    const writes = () =>
      watcher.events.flatMap((event) =>
        event.kind === 'octets' ? [Buffer.from(event.octets).toString('latin1')] : [],
      );
    const isWhole = (write: string) => /^HTTP[^]*Via: 1\.1 slow[^]*Version 1\n/.test(write);
    // The two may be parted by a slow moment of this machine, but not each time.
    for (let asked = 0; asked < 20 && !writes().some(isWhole); asked += 1) {
      await client.ask({ path: `${place}resource` });
    }
    await watcher.until(() => writes().some(isWhole));
  });

  it('brings content through whole, both ways', async () => {
    const { place } = await begin('fallback', 'via/slow;delayMs=5;jitterMs=20/');
    const begun = await client.send('POST', `${place}feed`, { updates: 5, intervalMs: 10 });
    assert.equal(begun.statusCode, 201);
    const { text } = await client.ask({ path: `${place}feed/events?after=0` });
    assert.deepEqual(text.match(/(?<=id: )\d+/g), ['1', '2', '3', '4', '5']);
  });

  it('holds every message of a WebSocket both ways, and keeps their order', async () => {
    const { place, watcher } = await begin('echo', 'via/slow;delayMs=10;jitterMs=30/');
    const webSocket = await client.openWebSocket(`${place}ws`);
    const words = Array.from({ length: 30 }, (_, index) => `message ${String(index)}`);
    const back: string[] = [];
    const all = new Promise<void>((resolve) => {
      webSocket.on('message', (data: Buffer) => {
        back.push(data.toString());
        if (back.length === words.length) resolve();
      });
    });
    for (const word of words) webSocket.send(word);
    await all;
    assert.deepEqual(back, words);
    webSocket.close(4001);
    const [code] = (await once(webSocket, 'close')) as [number];
    assert.equal(code, 4001);
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);
    assert.ok(firstAt(watcher, 0, 'down') - firstAt(watcher, 0, 'up') > 18, 'the 101 too');
  });

  it('stands twice on a path, each set as its own segment says', async () => {
    const { place, watcher } = await begin('echo', 'via/slow;delayMs=40/via/slow;delayMs=1/');
    const { statusCode } = await client.ask({ path: `${place}ws` });
    assert.equal(statusCode, 426);
    await watcher.until(() => watcher.notes('request-delayed').length === 2);
    const delays = watcher.notes('request-delayed').map(({ data }) => data['delayMs']);
    assert.deepEqual(delays, [40, 1]);
  });

  it('lets a new connection wait for its handshakes, once, and a WebSocket each time', async () => {
    const { place, watcher } = await begin('first-event', 'via/slow;delayMs=30;handshakes=2/');
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = async (round: number) => {
      const outgoing = request(`${client.origin}${place}event?round=${String(round)}`, { agent });
      const [incoming] = (await once(outgoing.end(), 'response')) as [IncomingMessage];
      await once(incoming.resume(), 'end');
    };
    await ask(1);
    await ask(2);
    const webSocket = client.webSocket(`${place}events?round=3`);
    await once(webSocket, 'message');
    agent.destroy();
    await watcher.until(() => watcher.notes('sent').length === 3);
    const handshakes = watcher.notes('handshakes').map(({ data }) => data);
    const told = { box: 'slow', handshakes: 2, ms: 120, why: 'a new connection' };
    assert.deepEqual(handshakes, [told, told]);
    // Two round trips, then the way of the request itself.
    assert.ok(firstAt(watcher, 1, 'up') - firstAt(watcher, 0, 'up') > 148);
  });

  it('refuses what is out of its bounds with a sentence, on requests and upgrades', async () => {
    const { place } = await begin('echo', 'via/slow;delayMs=5001/');
    const { statusCode, text } = await client.ask({ path: `${place}ws` });
    assert.equal(statusCode, 400);
    const sentence = 'Set delayMs of slow to a whole number, 0 to 5000.';
    assert.deepEqual(JSON.parse(text), { error: sentence });
    const webSocket = client.webSocket(`${place}ws`);
    const [, response] = (await once(webSocket, 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    assert.equal(response.statusCode, 400);
  });

  it('ends a connection that its far end ends (RFC 9112 §9.6)', async () => {
    const { place } = await begin('first-event', 'via/slow;delayMs=0/');
    const head = `GET ${place}event?round=1&last= HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n\r\n`;
    assert.match(
      await client.exchangeRaw(head),
      /^HTTP\/1\.1 200 OK\r\n[^]*\r\nConnection: close\r\n/,
    );
  });
});
