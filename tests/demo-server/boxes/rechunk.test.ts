import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(demo: string, via: string) {
  const run = await client.beginRun(demo);
  return { run, watcher: await client.watch(run), place: `/live/${run}/${demo}/${via}` };
}

/** The event stream of a whole feed through the box, and the chunks of each hop. */
async function readFeed(via: string, updates: number) {
  const { run, watcher, place } = await begin('fallback', via);
  await client.send('POST', `/live/${run}/fallback/feed`, { updates, intervalMs: 10 });
  const { text } = await client.ask({ path: `${place}feed/events?after=0` });
  await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length >= 3);
  return { text, outer: chunksOf(watcher, 0), inner: chunksOf(watcher, 1) };
}

/** Lays out chunks by hand: size line, data, empty line, until the last (RFC 9112 §7.1). */
function chunksOf(watcher: Watcher, hop: number): string[] {
  const opened = watcher.events
    .filter((event) => event.kind === 'open')
    .filter((event) => event.hop === hop);
  const texts = opened.map(({ connection }) => watcher.text('down', connection));
  const answer = texts.find((text) => text.includes('text/event-stream')) ?? '';
  let rest = answer.slice(answer.indexOf('\r\n\r\n') + 4);
  const chunks: string[] = [];
  for (;;) {
    const [line = '', size = ''] = /^([0-9a-f]+)\r\n/i.exec(rest) ?? [];
    assert.notEqual(line, '', 'a size line');
    const length = parseInt(size, 16);
    if (length === 0) return chunks;
    chunks.push(rest.slice(line.length, line.length + length));
    rest = rest.slice(line.length + length + 2);
  }
}

describe('rechunk', () => {
  it('cuts chunks to its size; joined they are what the origin sent', async () => {
    const { text, outer, inner } = await readFeed('via/rechunk;size=7;waitMs=0/', 3);
    assert.ok(inner.some((chunk) => chunk.length > 7));
    assert.ok(outer.every((chunk) => chunk.length <= 7));
    assert.equal(outer.join(''), inner.join(''));
    assert.equal(text, inner.join(''));
  });

  it('joins chunks until they are full; only the last is shorter', async () => {
    const { outer, inner } = await readFeed('via/rechunk;size=100;waitMs=10000/', 6);
    assert.ok(inner.length > outer.length);
    assert.deepEqual(new Set(outer.slice(0, -1).map(({ length }) => length)), new Set([100]));
    assert.equal(outer.join(''), inner.join(''));
  });

  it('lets what is not full go when its time is over', async () => {
    const { run, place } = await begin('fallback', 'via/rechunk;size=65536;waitMs=20/');
    const controller = new AbortController();
    const { body } = await fetch(`${client.origin}${place}feed/events`, controller);
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    assert.match((await reader?.read())?.value ?? '', /^event: hello\n/);
    const feed = { updates: 1, intervalMs: 10 };
    await client.send('POST', `/live/${run}/fallback/feed`, feed);
    assert.match((await reader?.read())?.value ?? '', /^id: 1\n/);
    controller.abort();
  });

  it('leaves a response with Content-Length as it is', async () => {
    const { place, watcher } = await begin('fallback', 'via/rechunk;size=1/');
    const { headers } = await client.ask({ path: `${place}feed/poll?wait=0` });
    assert.notEqual(headers['content-length'], undefined);
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);
    assert.deepEqual(watcher.notes('response-rechunked'), []);
  });

  it('does not touch a WebSocket', async () => {
    const { place, watcher } = await begin('echo', 'via/rechunk;size=1/');
    const webSocket = await client.openWebSocket(`${place}ws`);
    webSocket.send('Hello');
    await once(webSocket, 'message');
    // RFC 6455 §5.7: the unmasked text frame, in one piece on both hops.
    const frame = Buffer.from('810548656c6c6f', 'hex').toString('latin1');
    await watcher.until(() => watcher.text('down').split(frame).length === 3);
  });
});
