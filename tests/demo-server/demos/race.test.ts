import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { CaptureReader } from '#capture/capture-reader.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { raceOf } from '#demos/race/figures.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const host = client.origin.slice('http://'.length);

const quick = { seed: 1, rhythm: 'even', everyMs: 50, events: 3 };

async function begin(settings: object = quick) {
  const run = await client.beginRun('race');
  const place = `/live/${run}/race`;
  const { statusCode, text } = await client.send('POST', `${place}/feed`, settings);
  assert.equal(statusCode, 201, text);
  return { run, place, feed: (JSON.parse(text) as { feed: number }).feed };
}

const start = (place: string, feed: number) => client.send('POST', `${place}/start?feed=${feed}`);

/** Sends a request below HTTP, and counts what comes until it has been answered for good. */
async function openRaw(target: string, upgrade = '') {
  const socket = await client.connect();
  const head = `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${client.origin}\r\n${upgrade}\r\n`;
  let received = Buffer.alloc(0);
  socket.on('data', (octets: Buffer) => (received = Buffer.concat([received, octets])));
  socket.write(head);
  return {
    sent: head.length,
    /** Waits for so many octets after the head; returns the length of the head. */
    async until(contentLength: number): Promise<number> {
      const headLength = () => received.indexOf('\r\n\r\n') + 4;
      while (headLength() < 4 || received.length < headLength() + contentLength) {
        await once(socket, 'data');
      }
      assert.equal(received.length, headLength() + contentLength);
      return headLength();
    },
    /** Waits for the end of a list of events; returns how many there are. */
    async events(): Promise<number> {
      while (!received.toString().endsWith(']')) await once(socket, 'data');
      return received.toString().split('"number"').length - 1;
    },
    content: () => received.subarray(received.indexOf('\r\n\r\n') + 4),
  };
}

const upgrade = (offer = '') =>
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
  `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${offer}`;

describe('what an event costs in each lane', () => {
  // An event is 90 octets; what is around it is added up by hand, after the RFCs.
  const lanes = [
    // RFC 9112 §7.1: the size in hexadecimal digits and two line ends around each chunk's data.
    // WHATWG HTML §9.2.5: "id: 1", "data: …", an empty line.
    { lane: 'events', each: 2 + 2 + (6 + (6 + 90 + 1) + 1) + 2 },
    { lane: 'stream', each: 2 + 2 + (90 + 1) + 2 },
    // RFC 6455 §5.2: two octets before a payload of up to 125, unmasked.
    { lane: 'ws', each: 2 + 90, fields: upgrade() },
  ];
  for (const { lane, each, fields } of lanes) {
    it(`${lane}: ${each} octets, exactly, and the heads once`, async () => {
      const { run, place, feed } = await begin();
      const watcher = await client.watch(run);
      const raw = await openRaw(`${place}/${lane}?feed=${feed}`, fields);
      await raw.until(0);
      await start(place, feed);
      const head = await raw.until(3 * each);
      await watcher.note('feed-over');
      // The bench's figure, read off the captured rows, is what the socket sent and got.
      await watcher.until((events) => octetsOf(events, feed, lane) === raw.sent + head + 3 * each);
    });
  }

  it('long polling: two heads and two brackets for each event', async () => {
    const { run, place, feed } = await begin();
    const watcher = await client.watch(run);
    let total = 0;
    const first = await openRaw(`${place}/long?feed=${feed}&since=0`);
    await start(place, feed);
    for (let since = 0, raw = first; since < 3;) {
      // On a busy machine an answer may bring two.
      const brought = await raw.events();
      total += raw.sent + (await raw.until(2 + brought * 91 - 1)) + 2 + brought * 91 - 1;
      since += brought;
      if (since < 3) raw = await openRaw(`${place}/long?feed=${feed}&since=${since}`);
    }
    await watcher.until((events) => octetsOf(events, feed, 'long') === total);
  });

  it('short polling: an empty answer costs its heads and two brackets', async () => {
    const { run, place, feed } = await begin();
    const watcher = await client.watch(run);
    const raw = await openRaw(`${place}/poll?feed=${feed}&since=0`);
    const total = raw.sent + (await raw.until(2)) + 2;
    assert.equal(raw.content().toString(), '[]');
    await watcher.until((events) => octetsOf(events, feed, 'poll') === total);
  });
});

/** What the bench would print, of a page that has started this race. */
function octetsOf(events: readonly WireEvent[], feed: number, lane: string): number | undefined {
  const reader = new CaptureReader();
  const conditions = { delayMs: 0, everyMs: 50, rhythm: 'even', pollMs: 1000 };
  const data = { feed, count: 3, lanes: 'all', ...conditions };
  reader.pushPage({ t: 0, name: 'start', data });
  for (const event of events) reader.pushWire(event);
  return raceOf(reader.rows)?.lanes.find((figures) => figures.lane === lane)?.octets;
}

describe('the feed', () => {
  it('publishes nothing before it is begun, and is begun once', async () => {
    const { place, feed } = await begin();
    const poll = () => client.ask({ path: `${place}/poll?feed=${feed}` });
    assert.equal((await poll()).text, '[]');
    assert.equal((await start(place, feed)).statusCode, 204);
    assert.equal((await start(place, feed)).statusCode, 409);
  });

  it('has the same events in every lane: 90 octets of JSON with number and moment', async () => {
    const { run, place, feed } = await begin();
    const watcher = await client.watch(run);
    const stream = client.ask({ path: `${place}/long?feed=${feed}` });
    await start(place, feed);
    await stream;
    await watcher.note('feed-over');
    const { text } = await client.ask({ path: `${place}/poll?feed=${feed}` });
    const events = JSON.parse(text) as { number: number; at: number }[];
    assert.deepEqual(
      events.map(({ number }) => number),
      [1, 2, 3],
    );
    assert.equal(text.length, 2 + 3 * 90 + 2);
    // `at` is on the clock of the rows.
    for (const [index, { at }] of events.entries()) {
      const noted = watcher.notes('event')[index]?.t ?? NaN;
      assert.ok(Math.abs(noted - at) < 5, `${noted} and ${at}`);
    }
  });

  it('comes at the moments of its seed', async () => {
    const random = { ...quick, rhythm: 'random', everyMs: 60, events: 4 };
    const moments = async (seed: number) => {
      const { run, place, feed } = await begin({ ...random, seed });
      const watcher = await client.watch(run);
      await start(place, feed);
      await watcher.note('feed-over');
      const began = watcher.notes('feed-begins')[0]?.t ?? NaN;
      return watcher.notes('event').map(({ t }) => t - began);
    };
    // Of the digests of 7/0 to 7/3; a timer may be late, and is early by parts of a millisecond.
    const expected = await expectedMoments(7, 4, 60);
    for (const [index, moment] of (await moments(7)).entries()) {
      assert.ok(moment >= (expected[index] ?? NaN) - 2, `${moment} before ${expected[index]}`);
    }
  });

  it('waits no negative time for an event whose moment has passed', async () => {
    const warnings: string[] = [];
    const keep = ({ name }: Error) => warnings.push(name);
    process.on('warning', keep);
    // The third event of this seed comes six microseconds after the second.
    const settings = { rhythm: 'random', everyMs: 50, events: 3, seed: 4297 };
    const { run, place, feed } = await begin(settings);
    const watcher = await client.watch(run);
    await start(place, feed);
    await watcher.note('feed-over');
    process.off('warning', keep);
    assert.deepEqual(warnings, []);
  });

  it('ends what listens when it is made anew or taken away', async () => {
    const { place, feed } = await begin();
    const webSocket = await client.openWebSocket(`${place}/ws?feed=${feed}`);
    const waiting = client.ask({ path: `${place}/long?feed=${feed}` });
    const closed = once(webSocket, 'close');
    assert.equal((await client.send('DELETE', `${place}/feed`)).statusCode, 204);
    assert.deepEqual((await closed)[0], 1000);
    assert.equal((await waiting).statusCode, 200);
    assert.equal((await start(place, feed)).statusCode, 409);
  });

  it('opens a WebSocket that comes when it has ended, and closes it', async () => {
    const { place, feed } = await begin();
    await client.send('DELETE', `${place}/feed`);
    const webSocket = client.webSocket(`${place}/ws?feed=${feed}`);
    assert.deepEqual((await once(webSocket, 'close'))[0], 1000);
  });
});

/** An exponential gap for each digest, as a Poisson process has them. */
async function expectedMoments(seed: number, count: number, everyMs: number) {
  const moments: number[] = [];
  for (let index = 0, at = 0; index < count; index++) {
    const text = new TextEncoder().encode(`${seed}/${index}`);
    const digest = new DataView(await crypto.subtle.digest('SHA-256', text));
    const uniform = (digest.getUint32(0) * 2 ** 16 + digest.getUint16(4)) / 2 ** 48;
    at -= Math.log(1 - uniform) * everyMs;
    moments.push(at);
  }
  return moments;
}

describe('threat 11: compression, on the one lane that teaches it', () => {
  const offer = 'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n';

  it('is agreed to without memory from one message to the next, either way', async () => {
    const { place, feed } = await begin();
    const raw = await openRaw(`${place}/deflate?feed=${feed}`, upgrade(offer));
    await raw.until(0);
    const { WebSocket } = await import('ws');
    const address = `${client.origin.replace('http', 'ws')}${place}/deflate?feed=${feed}`;
    const webSocket = new WebSocket(address, { headers: { origin: client.origin } });
    webSocket.on('upgrade', ({ headers }: { headers: Record<string, string> }) => {
      assert.equal(
        headers['sec-websocket-extensions'],
        'permessage-deflate; server_no_context_takeover; client_no_context_takeover',
      );
    });
    await once(webSocket, 'open');
    webSocket.terminate();
  });

  it('is not agreed to on the other', async () => {
    const { place, feed } = await begin();
    const { WebSocket } = await import('ws');
    const address = `${client.origin.replace('http', 'ws')}${place}/ws?feed=${feed}`;
    const webSocket = new WebSocket(address, { headers: { origin: client.origin } });
    await once(webSocket, 'open');
    assert.equal(webSocket.extensions, '');
    webSocket.terminate();
  });

  it('closes with 1009 when a small message would inflate to more than a MiB', async () => {
    const { place, feed } = await begin();
    const { WebSocket } = await import('ws');
    const address = `${client.origin.replace('http', 'ws')}${place}/deflate?feed=${feed}`;
    const webSocket = new WebSocket(address, { headers: { origin: client.origin } });
    await once(webSocket, 'open');
    webSocket.send(Buffer.alloc(1_048_577));
    assert.equal((await once(webSocket, 'close'))[0], 1009);
  });
});

describe('threats 9 and 10: bounds', () => {
  it('refuses what is out of bounds, each with a sentence', async () => {
    const { place, feed } = await begin();
    const wrong = [
      { events: 101 },
      { events: 0 },
      { everyMs: 49 },
      { everyMs: 2001 },
      { seed: 0 },
      { seed: '1' },
      { rhythm: 'waltz' },
    ];
    for (const settings of wrong) {
      const answer = await client.send('POST', `${place}/feed`, { ...quick, ...settings });
      assert.equal(answer.statusCode, 400, JSON.stringify(settings));
    }
    for (const query of ['since=101', 'since=-1', 'since=x']) {
      const path = `${place}/poll?feed=${feed}&${query}`;
      assert.equal((await client.ask({ path })).statusCode, 400, query);
    }
  });

  it('says so where there is no such feed, no such lane, or no WebSocket', async () => {
    const { place, feed } = await begin();
    for (const lane of ['poll', 'long', 'events', 'stream']) {
      const path = `${place}/${lane}?feed=${feed + 1}`;
      assert.equal((await client.ask({ path })).statusCode, 409, lane);
    }
    assert.equal((await client.ask({ path: `${place}/ws?feed=${feed}` })).statusCode, 426);
    assert.equal((await client.ask({ path: `${place}/toString?feed=${feed}` })).statusCode, 404);
    const webSocket = client.webSocket(`${place}/toString?feed=${feed}`);
    const [, response] = (await once(webSocket, 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    assert.equal(response.statusCode, 404);
  });
});
