import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import type { WebSocket } from 'ws';

import { MAX_MEMBERS } from '#demo-server/rooms.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(key?: string) {
  const run = await client.beginRun('chat');
  const place = `/live/${run}/chat`;
  const at = (path: string, user: string) =>
    `${place}/${path}?user=${user}${key === undefined ? '' : `&room=${key}`}`;
  return { run, place, at, watcher: await client.watch(run) };
}

async function share(): Promise<string> {
  const { place } = await begin();
  const { statusCode, text } = await client.send('POST', `${place}/rooms`);
  assert.equal(statusCode, 201);
  return (JSON.parse(text) as { room: string }).room;
}

async function next(webSocket: WebSocket): Promise<Record<string, unknown>> {
  const [data] = (await once(webSocket, 'message')) as [Buffer];
  return JSON.parse(data.toString()) as Record<string, unknown>;
}

/** What a WebSocket hears first once something was done. */
async function heardAfter(webSocket: WebSocket, act: () => unknown) {
  const heard = next(webSocket);
  await act();
  return heard;
}

/** Opens an event stream; `until` waits for a text in it. */
async function listen(path: string, headers = {}) {
  const outgoing = request(`${client.origin}${path}`, { agent: false, headers });
  outgoing.on('error', () => undefined).end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  let received = '';
  incoming.setEncoding('utf8').on('data', (text: string) => (received += text));
  incoming.on('error', () => undefined);
  return {
    incoming,
    received: () => received,
    until: async (text: string) => {
      while (!received.includes(text)) await once(incoming, 'data');
      return received;
    },
  };
}

const say = (path: string, text: unknown) => client.send('POST', path, { text });

describe('one chat over both transports', () => {
  it('brings what is said over a WebSocket to an event stream, and the other way', async () => {
    const { at } = await begin();
    const ada = await client.openWebSocket(at('ws', 'Ada'));
    const ben = await listen(at('events', 'Ben'));
    const own = await heardAfter(ada, () => ada.send('{"text":"Hello"}'));
    assert.deepEqual(own, { id: 1, from: 'Ada', text: 'Hello' });
    assert.match(
      await ben.until('Hello'),
      /^id: 1\ndata: \{"id":1,"from":"Ada","text":"Hello"\}$/m,
    );
    const other = await heardAfter(ada, () => say(at('messages', 'Ben'), 'Hi'));
    assert.deepEqual(other, { id: 2, from: 'Ben', text: 'Hi' });
    ben.incoming.destroy();
  });

  it('begins a stream with the id to go on from, before anything is said', async () => {
    const { at } = await begin();
    await say(at('messages', 'Ada'), 'Hello');
    const ben = await listen(at('events', 'Ben'));
    assert.equal(await ben.until('\n\n'), 'retry: 500\nid: 1\n\n');
    ben.incoming.destroy();
  });

  it('replays after Last-Event-ID, and notes it', async () => {
    const { at, watcher } = await begin();
    for (const text of ['one', 'two', 'three']) await say(at('messages', 'Ada'), text);
    const ben = await listen(at('events', 'Ben'), { 'last-event-id': '1' });
    const received = await ben.until('three');
    assert.ok(!received.includes('one'));
    assert.deepEqual(received.match(/^id: \d+$/gm), ['id: 1', 'id: 2', 'id: 3']);
    await watcher.until(() => watcher.notes('replayed').length === 2);
    assert.equal(watcher.notes('replayed')[0]?.data['user'], 'Ben');
    ben.incoming.destroy();
  });
});

describe('being cut off', () => {
  it('ends that user’s connections without a word, holds what comes, and lets it in again', async () => {
    const { at, watcher } = await begin();
    const ada = await client.openWebSocket(at('ws', 'Ada'));
    const adaToo = await listen(at('events', 'Ada'));
    const ben = await client.openWebSocket(at('ws', 'Ben'));
    const streamEnds = new Promise((resolve) => adaToo.incoming.once('close', resolve));
    const gone = Promise.all([once(ada, 'close'), streamEnds]);
    await client.send('POST', at('absence', 'Ada'));
    const [[code]] = (await gone) as [[number], unknown];
    assert.equal(code, 1006);
    assert.ok(!adaToo.incoming.complete);

    // The browser would come back by itself; its request waits in the dark.
    const back = listen(at('events', 'Ada'), { 'last-event-id': '0' });
    ben.send('{"text":"Are you there?"}');
    await next(ben);
    const { data } = await watcher.note('message');
    assert.equal(data['away'], 'Ada');
    assert.equal(watcher.notes('reachable').length, 0);
    await (await back).until('Are you there?');
    await watcher.note('reachable');
    (await back).incoming.destroy();
  });
});

/** The status code that answers an opening handshake instead of 101. */
async function refusalOf(webSocket: WebSocket): Promise<number> {
  const [, { statusCode }] = (await once(webSocket, 'unexpected-response')) as [
    unknown,
    { statusCode: number },
  ];
  return statusCode;
}

describe('a room that is full', () => {
  it('refuses whoever comes next before the 101, also when the way was not clear at first', async () => {
    const { at, watcher } = await begin();
    const seats = Array.from({ length: MAX_MEMBERS }, () => client.openWebSocket(at('ws', 'Ada')));
    await Promise.all(seats);
    assert.equal(await refusalOf(client.webSocket(at('ws', 'Ben'))), 503);

    await client.send('POST', at('absence', 'Ben'));
    const late = refusalOf(client.webSocket(at('ws', 'Ben')));
    const lateToo = client.ask({ path: at('events', 'Ben') });
    await watcher.note('reachable');
    assert.equal(await late, 503);
    assert.equal((await lateToo).statusCode, 503);
  });
});

describe('threat 21: chat as a channel between strangers', () => {
  it('keeps a room to its run, and to who has the whole key of a shared one', async () => {
    const key = await share();
    const [mine, theirs, stranger] = [await begin(key), await begin(key), await begin()];
    const ada = await client.openWebSocket(mine.at('ws', 'Ada'));
    const cleo = await client.openWebSocket(theirs.at('ws', 'Cleo'));
    const dan = await client.openWebSocket(stranger.at('ws', 'Dan'));
    const overheard: unknown[] = [];
    dan.on('message', (data) => overheard.push(data));
    const heard = await heardAfter(cleo, () => ada.send('{"text":"between us"}'));
    assert.equal(heard['text'], 'between us');
    // Dan’s own message comes after whatever was said before it.
    const own = await heardAfter(dan, () => dan.send('{"text":"anybody?"}'));
    assert.equal(own['text'], 'anybody?');
    assert.equal(overheard.length, 1);
    assert.ok(!stranger.watcher.text().includes('between us'));
    for (const wrong of [key.slice(1), `${key}x`, '', 'constructor']) {
      const path = `${stranger.place}/messages?user=Dan&room=${wrong}`;
      assert.equal((await say(path, 'let me in')).statusCode, 404);
    }
  });

  it('takes plain text of at most 500 characters, and says so', async () => {
    const { at } = await begin();
    const post = at('messages', 'Ada');
    assert.equal((await say(post, 'x'.repeat(500))).statusCode, 204);
    for (const text of ['x'.repeat(501), '', '   ', 7, null]) {
      const { statusCode, text: answer } = await say(post, text);
      assert.equal(statusCode, 400);
      assert.match(answer, /at most 500 characters/);
    }
    for (const text of ['\u0007', 'a\nb', '\u202etxt.exe', '\u2066x', '\u0085']) {
      assert.match((await say(post, text)).text, /Plain text only/);
    }
    const webSocket = await client.openWebSocket(at('ws', 'Ada'));
    for (const wrong of [JSON.stringify({ text: 'x'.repeat(501) }), 'no JSON', 'null']) {
      const answer = await heardAfter(webSocket, () => webSocket.send(wrong));
      assert.equal(typeof answer['error'], 'string');
    }
    // Nothing else is lost.
    const own = await heardAfter(webSocket, () => webSocket.send('{"text":"<b>fine</b>"}'));
    assert.equal(own['text'], '<b>fine</b>');
  });

  it('forgets all on “clear”, for everyone in the room', async () => {
    const key = await share();
    const [mine, theirs] = [await begin(key), await begin(key)];
    await say(mine.at('messages', 'Ada'), 'secret plan');
    const cleo = await client.openWebSocket(theirs.at('ws', 'Cleo'));
    const told = await heardAfter(cleo, () => client.send('DELETE', mine.at('messages', 'Ada')));
    assert.deepEqual(told, { cleared: true });
    const late = await listen(theirs.at('events', 'Dan'), { 'last-event-id': '0' });
    await late.until('\n\n');
    await say(mine.at('messages', 'Ada'), 'another');
    assert.ok(!(await late.until('another')).includes('secret plan'));
    late.incoming.destroy();
  });

  it('can’t be driven by another site', async () => {
    const { at } = await begin();
    const headers = { origin: 'http://evil.example', 'content-type': 'application/json' };
    for (const [method, path] of [
      ['POST', at('messages', 'Ada')],
      ['DELETE', at('messages', 'Ada')],
      ['POST', at('absence', 'Ada')],
    ] as const) {
      assert.equal((await client.ask({ method, path, headers, content: '{}' })).statusCode, 403);
    }
  });
});

describe('what is not there', () => {
  it('is answered with what to do instead', async () => {
    const { place, at } = await begin();
    assert.equal((await client.ask({ path: `${place}/tea` })).statusCode, 404);
    assert.equal((await client.ask({ path: `${place}/events` })).statusCode, 400);
    assert.equal((await say(at('messages', 'A%20B'), 'x')).statusCode, 400);
    assert.equal(await refusalOf(client.webSocket(at('messages', 'Ada'))), 404);
  });
});
