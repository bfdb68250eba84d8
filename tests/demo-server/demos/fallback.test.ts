import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const numbers = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => from + index);

type Poll = { updates: { number: number; at: number }[]; last: number; done: boolean };

async function begin() {
  const run = await client.beginRun('fallback');
  return { run, place: `/live/${run}/fallback/feed` };
}

const start = (place: string, settings = {}) =>
  client.send('POST', place, { updates: 16, intervalMs: 10, pauseMs: 20, ...settings });

async function poll(place: string, query: string): Promise<Poll> {
  const { statusCode, headers, text } = await client.ask({ path: `${place}/poll?${query}` });
  assert.equal(statusCode, 200, text);
  assert.equal(headers['cache-control'], 'no-store');
  return JSON.parse(text) as Poll;
}

async function readWebSocket(path: string) {
  const webSocket = client.webSocket(path);
  const messages: unknown[] = [];
  webSocket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())));
  const [code] = (await once(webSocket, 'close')) as [number];
  return { messages, code };
}

const numbersOf = (messages: unknown[]) =>
  messages.map((message) => (message as { number: number }).number);

describe('the feed', () => {
  it('comes over a WebSocket: hello, 16 updates, close 1000', async () => {
    const { place } = await begin();
    const reading = readWebSocket(`${place}/ws?after=0`);
    assert.equal((await start(place)).statusCode, 201);
    const { messages, code } = await reading;
    assert.deepEqual(messages[0], { hello: true });
    assert.deepEqual(numbersOf(messages.slice(1)), numbers(16));
    assert.equal(code, 1000);
  });

  it('comes as an event stream: event hello, ids, event done, end', async () => {
    const { place } = await begin();
    const reading = client.ask({ path: `${place}/events?after=0` });
    await start(place);
    const { headers, text } = await reading;
    assert.equal(headers['content-type'], 'text/event-stream');
    const blocks = text.split('\n\n');
    assert.equal(blocks[0], 'event: hello\ndata: {"hello":true}');
    assert.equal(blocks[17], 'event: done\ndata: {}');
    assert.deepEqual(
      blocks
        .slice(1, 17)
        .map((block) => /^id: (\d+)\ndata: \{"number":\1,"at":\d+\}$/.exec(block)?.[1]),
      numbers(16).map(String),
    );
  });

  it('gives who names no number what is published from then on, over each transport', async () => {
    const { place } = await begin();
    await start(place, { updates: 100, intervalMs: 25, pauseAfter: 0 });
    await poll(place, 'after=2&wait=25');
    const [overWebSocket, stream, polled] = await Promise.all([
      readWebSocket(`${place}/ws`),
      client.ask({ path: `${place}/events` }),
      poll(place, 'wait=25'),
    ]);
    const streamed = [...stream.text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    for (const received of [
      numbersOf(overWebSocket.messages.slice(1)),
      streamed,
      numbersOf(polled.updates),
    ]) {
      assert.ok((received[0] ?? 0) > 3, `begins with ${String(received[0])}`);
    }
    assert.equal(streamed.at(-1), 100);
  });

  it('comes by long polling: at once what is newer, else the next, done at the end', async () => {
    const { place } = await begin();
    await start(place);
    const got: number[] = [];
    for (let answer: Poll | undefined; answer?.done !== true;) {
      answer = await poll(place, `after=${String(got.at(-1) ?? 0)}&wait=5`);
      got.push(...numbersOf(answer.updates));
      assert.equal(answer.last, got.at(-1));
    }
    assert.deepEqual(got, numbers(16));
  });

  it('answers a poll of wait=0 at once, and a long one when its time is up, empty', async () => {
    const { place } = await begin();
    assert.deepEqual(await poll(place, 'wait=0'), { updates: [], last: 0, done: false });
    assert.deepEqual(await poll(place, 'after=3&wait=0.01'), { updates: [], last: 3, done: false });
  });

  it('is resumed after the number that a client has, in each of the three ways', async () => {
    const { place } = await begin();
    await start(place);
    const { messages } = await readWebSocket(`${place}/ws?after=10`);
    assert.deepEqual(numbersOf(messages.slice(1)), numbers(6, 11));
    assert.deepEqual(numbersOf((await poll(place, 'after=10')).updates), numbers(6, 11));
    const byQuery = await client.ask({ path: `${place}/events?after=14` });
    assert.match(byQuery.text, /^event: hello\n[^]*\n\nid: 15\n[^]*\n\nid: 16\n/);
    // EventSource sends the field on reconnection, with the address it began with.
    const headers = { 'last-event-id': '15' };
    const byField = await client.ask({ path: `${place}/events?after=3`, headers });
    assert.deepEqual(byField.text.match(/id: \d+/g), ['id: 16']);
  });

  it('begins anew from 1 when it is started again', async () => {
    const { place } = await begin();
    await start(place);
    await readWebSocket(`${place}/ws?after=0`);
    const reading = readWebSocket(`${place}/ws?after=99`);
    await reading;
    await start(place, { updates: 2 });
    const { messages } = await readWebSocket(`${place}/ws?after=0`);
    assert.deepEqual(numbersOf(messages.slice(1)), [1, 2]);
  });

  it('pauses after the update that it is told to pause after', async () => {
    const { place } = await begin();
    await start(place, { updates: 3, pauseAfter: 2, pauseMs: 120 });
    const { messages } = await readWebSocket(`${place}/ws?after=0`);
    const [first = 0, second = 0, third = 0] = messages
      .slice(1)
      .map((message) => (message as { at: number }).at);
    assert.ok(third - second >= 119 && third - second > second - first);
  });

  it('notes who comes and goes and what was published', async () => {
    const { run, place } = await begin();
    const watcher = await client.watch(run);
    await start(place, { updates: 2 });
    await readWebSocket(`${place}/ws?after=0`);
    await watcher.note('unsubscribe');
    assert.deepEqual(
      watcher.notes('publish').map(({ data }) => data),
      [{ number: 1 }, { number: 2 }],
    );
    assert.deepEqual((await watcher.note('subscribe')).data, { transport: 'websocket', after: 0 });
  });

  it('refuses numbers out of bounds, each with a sentence', async () => {
    const { place } = await begin();
    const wrong = [
      { updates: 0 },
      { updates: 101 },
      { intervalMs: 1 },
      { pauseMs: 1e9 },
      { pauseAfter: '8' },
    ];
    for (const settings of wrong) assert.equal((await start(place, settings)).statusCode, 400);
    for (const query of ['wait=26', 'wait=-1', 'wait=x', 'after=-1', 'after=x']) {
      assert.equal((await client.ask({ path: `${place}/poll?${query}` })).statusCode, 400, query);
    }
    assert.equal((await client.ask({ path: `${place}/events?after=x` })).statusCode, 400);
  });
});

describe('threat 9: too many sockets', () => {
  it('answers 503 while 400 streams and polls are open, and serves again when one is gone', async () => {
    const { run, place } = await begin();
    const watcher = await client.watch(run);
    const host = client.origin.slice('http://'.length);
    const sockets = await Promise.all(Array.from({ length: 400 }, () => client.connect()));
    for (const socket of sockets) {
      socket.resume().write(`GET ${place}/poll HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    }
    await watcher.until(() => watcher.notes('subscribe').length === 400);
    assert.equal((await client.ask({ path: `${place}/poll?wait=0` })).statusCode, 503);
    sockets[0]?.destroy();
    await watcher.note('unsubscribe');
    assert.equal((await client.ask({ path: `${place}/poll?wait=0` })).statusCode, 200);
    for (const socket of sockets) socket.destroy();
  });

  it('lets go of event streams and polls whose clients are gone', async () => {
    const { run, place } = await begin();
    const watcher = await client.watch(run);
    const outgoing = request(`${client.origin}${place}/events?after=0`, { agent: false });
    outgoing.on('error', () => undefined).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    await once(incoming, 'data');
    outgoing.destroy();
    assert.deepEqual((await watcher.note('unsubscribe')).data, { transport: 'sse' });
  });
});
