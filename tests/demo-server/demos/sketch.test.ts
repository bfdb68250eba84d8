import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import type { WebSocket } from 'ws';

import { MAX_MEMBERS } from '#demo-server/rooms.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(key?: string) {
  const run = await client.beginRun('sketch');
  const place = `/live/${run}/sketch`;
  const at = (path: string, user: string) =>
    `${place}/${path}?user=${user}${key === undefined ? '' : `&room=${key}`}`;
  return { place, at };
}

async function next(webSocket: WebSocket): Promise<unknown> {
  const [data] = (await once(webSocket, 'message')) as [Buffer];
  return JSON.parse(data.toString());
}

/** What a WebSocket hears first once something was done. */
async function heardAfter(webSocket: WebSocket, act: () => unknown): Promise<unknown> {
  const heard = next(webSocket);
  await act();
  return heard;
}

const piece = { stroke: 'Ada-1', points: [[10, 20]] };

describe('a board for several pens', () => {
  it('hands each piece to the others, not back, whichever way it came', async () => {
    const { at } = await begin();
    const ada = await client.openWebSocket(at('ws', 'Ada'));
    const ben = await client.openWebSocket(at('ws', 'Ben'));
    const ownCame: unknown[] = [];
    ada.on('message', (data) => ownCame.push(data));
    const first = await heardAfter(ben, () => ada.send(JSON.stringify(piece)));
    assert.deepEqual(first, { from: 'Ada', ...piece, end: false });
    const end = { ...piece, points: [], end: true };
    const second = await heardAfter(ben, () => client.send('POST', at('strokes', 'Ada'), end));
    assert.deepEqual(second, { from: 'Ada', ...end });
    const other = { stroke: 'Ben-1', points: [[1, 2]] };
    await heardAfter(ada, () => {
      ben.send(JSON.stringify(other));
    });
    assert.equal(ownCame.length, 1);
  });

  it('tells an event stream that comes back all that it missed, however much', async () => {
    const { at } = await begin();
    const points = Array.from({ length: 200 }, (_, index) => [index % 100, 74]);
    for (let number = 1; number <= 60; number += 1) {
      await client.send('POST', at('strokes', 'Ada'), { stroke: `Ada-${String(number)}`, points });
    }
    const outgoing = request(client.origin + at('events', 'Ben'), {
      headers: { 'Last-Event-ID': '0' },
    }).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    let length = 0;
    for await (const octets of incoming) {
      length += (octets as Buffer).length;
      if (String(octets).includes('"Ada-60"')) break;
    }
    // More than a listener may leave unread.
    assert.ok(length > 64 * 1024, String(length));
  });

  it('refuses whoever comes when it is full, before the 101', async () => {
    const { at } = await begin();
    const pens = Array.from({ length: MAX_MEMBERS }, () => client.openWebSocket(at('ws', 'Ada')));
    await Promise.all(pens);
    const [, answer] = (await once(client.webSocket(at('ws', 'Ben')), 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    assert.equal(answer.statusCode, 503);
  });

  it('is shared by its key alone, and wiped for all', async () => {
    const { place } = await begin();
    const { text } = await client.send('POST', `${place}/rooms`);
    const { room } = JSON.parse(text) as { room: string };
    const [mine, theirs] = [await begin(room), await begin(room)];
    const cleo = await client.openWebSocket(theirs.at('ws', 'Cleo'));
    const came = await heardAfter(cleo, () =>
      client.send('POST', mine.at('strokes', 'Ada'), piece),
    );
    assert.deepEqual(came, { from: 'Ada', ...piece, end: false });
    const wiped = await heardAfter(cleo, () => client.send('DELETE', mine.at('strokes', 'Ada')));
    assert.deepEqual(wiped, { cleared: true });
    const wrong = (await begin(`${room}x`)).at('strokes', 'Ada');
    assert.equal((await client.send('POST', wrong, piece)).statusCode, 404);
  });
});

describe('what is no piece of a stroke', () => {
  const wrong = [
    { points: [[1, 2]] },
    { ...piece, stroke: '<b>' },
    { ...piece, points: [[101, 2]] },
    { ...piece, points: [[1, 2, 3]] },
    { ...piece, points: [[1.5, 2]] },
    { ...piece, points: 'x' },
    { ...piece, points: Array.from({ length: 201 }, () => [1, 2]) },
  ];

  it('is refused with what to send', async () => {
    const { at } = await begin();
    for (const content of wrong) {
      const { statusCode, text } = await client.send('POST', at('strokes', 'Ada'), content);
      assert.equal(statusCode, 400, JSON.stringify(content));
      assert.match(text, /such as/);
    }
  });

  it('closes a WebSocket with 1008 and the reason', async () => {
    const { at } = await begin();
    const webSocket = await client.openWebSocket(at('ws', 'Ada'));
    webSocket.send('[');
    const [code, reason] = (await once(webSocket, 'close')) as [number, Buffer];
    assert.equal(code, 1008);
    assert.match(reason.toString(), /such as/);
  });
});
