import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';

import { WebSocket } from 'ws';

import { CaptureReader } from '#capture/capture-reader.ts';
import { payloadOf } from '#demo-server/demos/compress.ts';
import { wireSizes } from '#demos/compress/wire-sizes.ts';
import { hexFromOctets } from '#protocol/octets.ts';
import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('compress');
  const watcher = await client.watch(run);
  const path = (way: string, kind: string, messages: number, batch = 1) =>
    `/live/${run}/compress/${way}?batch=${String(batch)}&messages=${String(messages)}&kind=${kind}`;
  return { watcher, path };
}

/** Offers what Chromium offers. */
function offering(path: string): WebSocket {
  const webSocket = new WebSocket(`${client.origin.replace('http', 'ws')}${path}`, {
    perMessageDeflate: { clientMaxWindowBits: true as unknown as number },
    headers: { origin: client.origin },
  });
  return webSocket.on('error', () => undefined);
}

async function receive(path: string, watcher: Watcher) {
  const webSocket = offering(path);
  const messages: Buffer[] = [];
  webSocket.on('message', (data: Buffer) => messages.push(data));
  await once(webSocket, 'open');
  await watcher.note('sent');
  // Its answer comes behind all messages.
  webSocket.close();
  await once(webSocket, 'close');
  return { messages, extensions: webSocket.extensions };
}

async function askForEvents(path: string) {
  const outgoing = request(`${client.origin}${path}`, { agent: false });
  outgoing.end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return { headers: incoming.headers, content: Buffer.concat(pieces) };
}

const rowsOf = ({ events }: Watcher) => {
  const reader = new CaptureReader();
  for (const event of events) reader.pushWire(event);
  return reader.rows;
};
const framesOf = (watcher: Watcher) =>
  rowsOf(watcher).filter(
    ({ kind, data, direction }) =>
      kind === 'ws.frame' && direction === 'down' && data['opcode'] !== 8,
  );

describe('permessage-deflate on Hello', () => {
  // RFC 7692 §7.2.3.1 and §7.2.3.2.
  const [once7, again5] = ['c107f248cdc9c90700', 'c105f200110000'];

  it('takes 7 octets, and 5 the second time when the context is kept', async () => {
    const { watcher, path } = await begin();
    const { messages } = await receive(path('ws-takeover', 'hello', 2), watcher);
    assert.deepEqual(
      framesOf(watcher).map(({ octets }) => hexFromOctets(octets!)),
      [once7, again5],
    );
    assert.deepEqual(messages.map(String), ['Hello', 'Hello']);
  });

  it('takes 7 octets each time when it is not', async () => {
    const { watcher, path } = await begin();
    await receive(path('ws-fresh', 'hello', 2), watcher);
    assert.deepEqual(
      framesOf(watcher).map(({ octets }) => hexFromOctets(octets!)),
      [once7, once7],
    );
  });
});

describe('what is received', () => {
  const kinds = ['ticks', 'random', 'hello'] as const;

  it('is the same however it was compressed', async () => {
    for (const kind of kinds) {
      const expected = [1, 2, 3].map((number) => payloadOf(kind, number));
      for (const way of ['ws', 'ws-fresh', 'ws-takeover']) {
        const { watcher, path } = await begin();
        const { messages } = await receive(path(way, kind, 3), watcher);
        assert.deepEqual(messages, expected, `${way} ${kind}`);
      }
    }
  });

  it('by gzip inflates to the same event stream, and is flushed after each event', async () => {
    for (const kind of kinds) {
      const { watcher, path } = await begin();
      const plain = await askForEvents(path('events', kind, 3));
      const coded = await askForEvents(path('events-gzip', kind, 3, 2));
      assert.equal(coded.headers['content-encoding'], 'gzip');
      assert.equal(coded.headers['content-type'], 'text/event-stream');
      // The stream was flushed and not finished.
      const inflated = gunzipSync(coded.content, { finishFlush: 2 });
      assert.deepEqual(inflated.toString(), plain.content.toString());
      await watcher.until(() => watcher.notes('sent').length === 2);
      const [, size] = wireSizes(rowsOf(watcher));
      assert.equal(size?.messages, 3);
      const chunks = rowsOf(watcher).filter(({ kind: row }) => row === 'http.chunk');
      assert.equal(chunks.length, 2 * (3 + 1));
    }
  });

  it('has no events read out of what gzip made of them', async () => {
    const { watcher, path } = await begin();
    await askForEvents(path('events-gzip', 'ticks', 30));
    await watcher.note('sent');
    assert.equal(rowsOf(watcher).filter(({ kind }) => kind === 'sse.event').length, 0);
  });
});

describe('a message', () => {
  it('has 89 octets, but for Hello', () => {
    for (let number = 1; number <= 400; number++) {
      assert.equal(payloadOf('ticks', number).length, 89);
      assert.equal(payloadOf('random', number).length, 89);
      JSON.parse(payloadOf('ticks', number).toString());
    }
  });
});

describe('threat 11: compression', () => {
  it('is on at this endpoint alone, with a small window and no context of the client', async () => {
    const { watcher, path } = await begin();
    const { extensions } = await receive(path('ws-takeover', 'ticks', 1), watcher);
    assert.match(extensions, /permessage-deflate/);
    const head = /HTTP\/1\.1 101.*?\r\n\r\n/s.exec(watcher.text('down'))?.[0] ?? '';
    assert.match(head, /client_no_context_takeover/);
    assert.match(head, /server_max_window_bits=10/);
    const other = await client.beginRun('echo');
    const echo = offering(`/live/${other}/echo/ws`);
    await once(echo, 'open');
    assert.equal(echo.extensions, '');
    echo.terminate();
  });

  it('keeps 16 contexts: the WebSocket that has been open longest makes room with 1013', async () => {
    const { path } = await begin();
    const all: WebSocket[] = [];
    for (let count = 1; count <= 16; count++) {
      const webSocket = offering(path('ws-takeover', 'hello', 1, count));
      all.push(webSocket);
      await once(webSocket, 'open');
    }
    const closed = once(all[0]!, 'close');
    all.push(offering(path('ws-takeover', 'hello', 1, 17)));
    assert.equal((await closed)[0], 1013);
    assert.equal(all[1]!.readyState, WebSocket.OPEN);
    for (const webSocket of all) webSocket.terminate();
  });

  it('refuses what is out of bounds, each with a sentence', async () => {
    const { path } = await begin();
    for (const [way, kind, messages, statusCode] of [
      ['events', 'ticks', 0, 400],
      ['events', 'ticks', 401, 400],
      ['events', 'bomb', 1, 400],
      ['ws', 'ticks', 1, 426],
      ['toString', 'ticks', 1, 404],
    ] as const) {
      const answer = await client.ask({ path: path(way, kind, messages) });
      assert.equal(answer.statusCode, statusCode, answer.text);
      assert.match(answer.text, /"error":"[A-Za-z]/);
    }
  });
});
