import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('slow-job');
  return { place: `/live/${run}/slow-job/`, watcher: await client.watch(run) };
}

const order = (place: string, answer: unknown, bakesMs: unknown = 200) =>
  client.send('POST', `${place}cakes`, { bakesMs, answer });

const read = (text: string) => JSON.parse(text) as Record<string, unknown>;

/** An event stream as it comes, until it has said so much. */
async function listen(path: string, headers: Readonly<Record<string, string>> = {}) {
  const outgoing = request(client.origin, { path, headers, agent: false });
  outgoing.end();
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  incoming.setEncoding('utf8');
  let text = '';
  return {
    statusCode: incoming.statusCode,
    async until(wanted: RegExp): Promise<string> {
      while (!wanted.test(text)) text += String((await once(incoming, 'data'))[0]);
      return text;
    },
    cut: () => outgoing.destroy(),
  };
}

describe('an order that waits', () => {
  it('is answered with 200 when its cake is baked, and not before', async () => {
    const { place, watcher } = await begin();
    const { statusCode, text } = await order(place, 'when-baked');
    assert.equal(statusCode, 200);
    assert.deepEqual({ ...read(text), at: 0 }, { cake: 1, state: 'baked', at: 0 });
    await watcher.note('answered');
    const names = watcher.events.flatMap((event) => ('name' in event ? [event.name] : []));
    assert.ok(names.indexOf('baked') < names.indexOf('answered'));
  });

  it('is answered with 504 by a box, and its cake is baked all the same', async () => {
    const { place, watcher } = await begin();
    const { statusCode } = await order(`${place}via/max-duration;maxMs=50/`, 'when-baked');
    assert.equal(statusCode, 504);
    assert.deepEqual((await watcher.note('baked')).data, { cake: 1 });
  });
});

describe('an order that is answered at once', () => {
  it('gets 202 with how it stands and where to ask (RFC 9110 §15.3.3)', async () => {
    const { place, watcher } = await begin();
    const { statusCode, text } = await order(place, 'at-once', 5000);
    assert.equal(statusCode, 202);
    assert.deepEqual(read(text), { cake: 1, state: 'baking', monitor: 'cakes/1' });
    const { text: stands } = await client.ask({ path: `${place}cakes/1` });
    assert.deepEqual(read(stands), { cake: 1, state: 'baking' });
    await watcher.note('asked');
    assert.equal(watcher.notes('baked').length, 0);
  });

  it('has its outcome at the monitor when it is baked, which no cache keeps', async () => {
    const { place, watcher } = await begin();
    await order(place, 'at-once');
    await watcher.note('baked');
    const { text, headers } = await client.ask({ path: `${place}cakes/1` });
    assert.equal(read(text)['state'], 'baked');
    assert.equal(headers['cache-control'], 'no-store');
  });

  it('is told to a WebSocket and to an event stream that were there before', async () => {
    const { place } = await begin();
    const webSocket = await client.openWebSocket(`${place}ws`);
    const message = once(webSocket, 'message') as Promise<[Buffer]>;
    const stream = await listen(`${place}outcomes`);
    await stream.until(/^retry: 500\nid: 0\n\n/);
    await order(place, 'at-once');
    const [told] = await message;
    const outcome = read(told.toString());
    assert.deepEqual({ ...outcome, at: 0 }, { cake: 1, state: 'baked', at: 0 });
    const text = await stream.until(/data: .*\n\n/);
    assert.match(text, /\nid: 1\ndata: /);
    assert.deepEqual(read(/data: (.*)\n/.exec(text)?.[1] ?? ''), outcome);
    stream.cut();
  });

  it('is told to a stream that was cut and has missed it (WHATWG HTML §9.2.3)', async () => {
    const { place, watcher } = await begin();
    const missed = await listen(`${place}outcomes`);
    await missed.until(/id: 0/);
    missed.cut();
    await order(place, 'at-once');
    await watcher.note('baked');
    const again = await listen(`${place}outcomes`, { 'Last-Event-ID': '0' });
    assert.match(await again.until(/data: .*\n\n/), /id: 1\ndata: \{"cake":1,/);
    again.cut();
  });
});

describe('the bakery', () => {
  it('takes no other times, no other answers, and nothing unknown', async () => {
    const { place } = await begin();
    for (const [answer, bakesMs] of [
      ['at-once', 199],
      ['at-once', 5001],
      ['at-once', 300.5],
      ['at-once', '300'],
      ['later', 300],
      [undefined, 300],
    ] as const) {
      assert.equal((await order(place, answer, bakesMs)).statusCode, 400);
    }
    for (const path of ['cakes/1', 'cakes/x', 'other']) {
      assert.equal((await client.ask({ path: `${place}${path}` })).statusCode, 404, path);
    }
  });

  it('has four cakes in the oven at most, and eight listeners', async () => {
    const { place } = await begin();
    for (let cake = 0; cake < 4; cake += 1) await order(place, 'at-once', 5000);
    assert.equal((await order(place, 'at-once', 5000)).statusCode, 429);
    for (let count = 0; count < 8; count += 1) await client.openWebSocket(`${place}ws`);
    assert.equal((await client.ask({ path: `${place}outcomes` })).statusCode, 429);
    const ninth = client.webSocket(`${place}ws`);
    const [, response] = (await once(ninth, 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    assert.equal(response.statusCode, 429);
  });

  it('closes a WebSocket that speaks with 1008 (RFC 6455 §7.4.1)', async () => {
    const { place } = await begin();
    const webSocket = await client.openWebSocket(`${place}ws`);
    webSocket.send('a cake, please');
    const [code] = (await once(webSocket, 'close')) as [number];
    assert.equal(code, 1008);
  });
});
