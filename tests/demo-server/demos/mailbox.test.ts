import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import type { WebSocket } from 'ws';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const host = client.origin.slice('http://'.length);

type Letter = { number: number; at: number };

// Of the seeds that are allowed, one whose first letters leave time for a test's own.
const quiet = { seed: 4 };

async function begin(settings: object | null = quiet) {
  const run = await client.beginRun('mailbox');
  const place = `/live/${run}/mailbox`;
  if (settings) assert.equal((await open(place, settings)).statusCode, 201);
  return { run, place };
}

const open = (place: string, settings: object = quiet) =>
  client.send('POST', `${place}/mailbox`, settings);
const drop = (place: string) => client.send('POST', `${place}/letter`);

async function ask(place: string, query = ''): Promise<Letter[]> {
  const { statusCode, headers, text } = await client.ask({ path: `${place}/mail?${query}` });
  assert.equal(statusCode, 200, text);
  assert.equal(headers['cache-control'], 'no-store');
  return (JSON.parse(text) as { letters: Letter[] }).letters;
}

async function nextLetter(webSocket: WebSocket): Promise<Letter> {
  const [data] = (await once(webSocket, 'message')) as [Buffer];
  return JSON.parse(data.toString()) as Letter;
}

/** Opens the event stream and hands out one event after another. */
async function openStream(path: string, headers = {}) {
  const outgoing = request(`${client.origin}${path}`, { agent: false, headers });
  outgoing.on('error', () => undefined).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  incoming.setEncoding('utf8');
  return { incoming, next: async () => (await once(incoming, 'data'))[0] as string, outgoing };
}

const numbersOf = (letters: readonly Letter[]) => letters.map(({ number }) => number);

describe('asking', () => {
  it('is answered at once, with nothing when there is nothing newer', async () => {
    const { place } = await begin();
    assert.deepEqual(await ask(place), []);
    await drop(place);
    await drop(place);
    assert.deepEqual(numbersOf(await ask(place)), [1, 2]);
    assert.deepEqual(numbersOf(await ask(place, 'since=1')), [2]);
    assert.deepEqual(await ask(place, 'since=2'), []);
  });

  it('with wait is answered when there is a letter, and empty when the time is up', async () => {
    const { place } = await begin();
    const [waiting] = await Promise.all([ask(place, 'wait=25'), drop(place)]);
    assert.deepEqual(numbersOf(waiting), [1]);
    assert.deepEqual(numbersOf(await ask(place, 'since=0&wait=25')), [1]);
    assert.deepEqual(await ask(place, 'since=1&wait=1'), []);
  });

  it('with wait is answered once, however many letters come after', async () => {
    const { place } = await begin();
    const socket = await client.connect();
    let received = '';
    socket.setEncoding('latin1').on('data', (text: string) => (received += text));
    socket.write(`GET ${place}/mail?wait=25 HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    // The second question, on the same connection, is answered after the first.
    socket.write(`GET ${place}/mail?since=3&wait=1 HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    for (let count = 0; count < 3; count++) await drop(place);
    while (!received.includes('{"letters":[]}')) await once(socket, 'data');
    assert.equal(received.match(/HTTP\/1\.1 200/g)?.length, 2);
    socket.destroy();
  });
});

describe('listening', () => {
  it('by SSE has each letter as an event with its number as id', async () => {
    const { place } = await begin();
    const { incoming, next } = await openStream(`${place}/mail/stream?since=0`);
    assert.equal(incoming.headers['content-type'], 'text/event-stream');
    for (const number of [1, 2]) {
      const [text] = await Promise.all([next(), drop(place)]);
      const match = /^id: (\d+)\ndata: (\{.*\})\n\n$/.exec(text);
      assert.equal(Number(match?.[1]), number);
      assert.equal((JSON.parse(match?.[2] ?? '') as Letter).number, number);
    }
    incoming.destroy();
  });

  it('by SSE goes on after Last-Event-ID, whatever the address began with', async () => {
    const { place } = await begin();
    for (let count = 0; count < 3; count++) await drop(place);
    const headers = { 'last-event-id': '2' };
    const { incoming, next } = await openStream(`${place}/mail/stream?since=0`, headers);
    assert.match(await next(), /^id: 3\n/);
    incoming.destroy();
  });

  it('by WebSocket has each letter as a message, those it has missed first', async () => {
    const { place } = await begin();
    await drop(place);
    const webSocket = client.webSocket(`${place}/mail/ws?since=0`);
    assert.equal((await nextLetter(webSocket)).number, 1);
    const [letter] = await Promise.all([nextLetter(webSocket), drop(place)]);
    assert.equal(letter.number, 2);
  });
});

describe('the mailbox', () => {
  it('gets letters by itself, at the moments of its seed and no other', async () => {
    // The digests of 3/1 and 3/2 put letters at 30 and 1697 ms; that of 4/1 its first at 5.7 s.
    const [other, ...same] = await Promise.all([4, 3, 3].map((seed) => begin({ seed })));
    for (const { place } of same) {
      await ask(place, 'since=0&wait=25');
      await ask(place, 'since=1&wait=25');
      const letters = await ask(place);
      assert.deepEqual(numbersOf(letters), [1, 2]);
      // A timer may be late; it is early by parts of a millisecond at most.
      for (const [index, { at }] of letters.entries()) assert.ok(at >= [28, 1694][index]!);
    }
    assert.deepEqual(await ask(other!.place), []);
  });

  it('notes each letter, and who dropped it', async () => {
    const { run, place } = await begin({ seed: 3 });
    const watcher = await client.watch(run);
    await watcher.note('letter');
    await drop(place);
    await watcher.until(() => watcher.notes('letter').length >= 2);
    assert.deepEqual(
      watcher
        .notes('letter')
        .slice(0, 2)
        .map(({ data }) => data),
      [
        { number: 1, by: 'chance' },
        { number: 2, by: 'hand' },
      ],
    );
  });

  it('begins with letter 1 when it is opened anew, and lets go of who listened to the old', async () => {
    const { place } = await begin();
    await drop(place);
    const webSocket = await client.openWebSocket(`${place}/mail/ws?since=1`);
    const [closed] = await Promise.all([once(webSocket, 'close'), open(place)]);
    assert.equal(closed[0], 1000);
    assert.deepEqual(await ask(place), []);
    await drop(place);
    assert.deepEqual(numbersOf(await ask(place)), [1]);
  });

  it('is gone when it is closed: a waiting question is answered, the next one is told', async () => {
    const { place } = await begin();
    const waiting = ask(place, 'wait=25');
    const { incoming } = await openStream(`${place}/mail/stream`);
    const ended = once(incoming.resume(), 'end');
    assert.equal((await client.send('DELETE', `${place}/mailbox`)).statusCode, 204);
    assert.deepEqual(await waiting, []);
    await ended;
    assert.equal((await client.ask({ path: `${place}/mail` })).statusCode, 409);
  });
});

describe('threats 9 and 10: bounds', () => {
  it('takes 200 letters and no more', async () => {
    const { place } = await begin();
    for (let count = 0; count < 200; count++) await drop(place);
    const { statusCode, text } = await drop(place);
    assert.equal(statusCode, 409);
    assert.match(text, /mailbox is full/);
    assert.equal((await ask(place)).length, 200);
  });

  it('refuses what is out of bounds, each with a sentence', async () => {
    const { place } = await begin();
    for (const seed of [0, 10_000, 1.5, '3', -1]) {
      assert.equal((await open(place, { seed })).statusCode, 400, String(seed));
    }
    for (const query of ['since=-1', 'since=201', 'since=x', 'wait=26', 'wait=0.5']) {
      assert.equal((await client.ask({ path: `${place}/mail?${query}` })).statusCode, 400, query);
    }
    assert.equal((await client.ask({ path: `${place}/mail/ws` })).statusCode, 426);
    assert.equal((await client.ask({ path: `${place}/post` })).statusCode, 404);
  });

  it('says that there is no mailbox before one is opened, in each way', async () => {
    const { place } = await begin(null);
    for (const path of ['mail', 'mail/stream']) {
      assert.equal((await client.ask({ path: `${place}/${path}` })).statusCode, 409, path);
    }
    assert.equal((await drop(place)).statusCode, 409);
    const webSocket = client.webSocket(`${place}/mail/ws`);
    const [, response] = (await once(webSocket, 'unexpected-response')) as [
      unknown,
      IncomingMessage,
    ];
    assert.equal(response.statusCode, 409);
  });
});
