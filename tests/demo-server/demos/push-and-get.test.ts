import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import type { WebSocket } from 'ws';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('push-and-get');
  return { place: `/live/${run}/push-and-get`, watcher: await client.watch(run) };
}

async function heard(webSocket: WebSocket): Promise<Record<string, unknown>> {
  const [message] = (await once(webSocket, 'message')) as [Buffer];
  return JSON.parse(message.toString()) as Record<string, unknown>;
}

async function change(place: string) {
  assert.equal((await client.send('POST', `${place}/changes`)).statusCode, 204);
}

describe('a snapshot that changes', () => {
  it('comes whole to who wants it so, when it changes and when it is asked for', async () => {
    const { place } = await begin();
    const webSocket = await client.openWebSocket(`${place}/ws?way=whole`);
    const told = heard(webSocket);
    await change(place);
    const { version, text } = await told;
    assert.equal(version, 2);
    assert.ok(String(text).length > 2000);
    const again = heard(webSocket);
    webSocket.send('{"want":"snapshot"}');
    assert.deepEqual(await again, { ...(await told) });
  });

  it('is named to who wants that, and a GET brings the same, to be kept', async () => {
    const { place } = await begin();
    const webSocket = await client.openWebSocket(`${place}/ws?way=name`);
    const told = heard(webSocket);
    await change(place);
    const { changed, at } = await told;
    assert.equal(changed, 'snapshots/2');
    const { statusCode, headers, text } = await client.ask({ path: `${place}/snapshots/2` });
    assert.equal(statusCode, 200);
    assert.equal(headers['cache-control'], 'max-age=600');
    const content = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual([content['version'], content['at']], [2, at]);
  });

  it('says no-store to who wants nothing kept, and knows its newest version only', async () => {
    const { place } = await begin();
    const webSocket = await client.openWebSocket(`${place}/ws?way=name-no-store`);
    const told = heard(webSocket);
    await change(place);
    const { changed } = await told;
    const { headers } = await client.ask({ path: `${place}/${String(changed)}` });
    assert.equal(headers['cache-control'], 'no-store');
    for (const old of ['1', '02', '3']) {
      assert.equal((await client.ask({ path: `${place}/snapshots/${old}` })).statusCode, 404, old);
    }
  });

  it('tells each of its readers, each in its way, and is told nothing else', async () => {
    const { place, watcher } = await begin();
    const ways = ['whole', 'name'] as const;
    const readers = await Promise.all(
      ways.map((way) => client.openWebSocket(`${place}/ws?way=${way}`)),
    );
    const told = Promise.all(readers.map(heard));
    await change(place);
    assert.deepEqual(
      (await told).map((message) => 'changed' in message),
      [false, true],
    );
    assert.deepEqual((await watcher.note('change')).data, { version: 2, readers: 2 });
    readers[0]!.send('give');
    const [code] = (await once(readers[0]!, 'close')) as [number];
    assert.equal(code, 1008);
  });

  it('has at most eight readers in a run, and names the ways to an unknown one', async () => {
    const { place } = await begin();
    for (let reader = 0; reader < 8; reader++) await client.openWebSocket(`${place}/ws?way=name`);
    for (const [way, status] of [
      ['name', 429],
      ['other', 404],
    ] as const) {
      const webSocket = client.webSocket(`${place}/ws?way=${way}`);
      const [, response] = (await once(webSocket, 'unexpected-response')) as [
        unknown,
        { statusCode: number },
      ];
      assert.equal(response.statusCode, status);
    }
  });
});

describe('threat 12: slow consumers', () => {
  it('lets go of a reader who leaves the changes unread, and of no other', async () => {
    const { place, watcher } = await begin();
    const reader = await client.openWebSocket(`${place}/ws?way=whole`);
    const sleeper = await client.openWebSocket(`${place}/ws?way=whole`);
    sleeper.pause();
    const readers = () => watcher.notes('change').at(-1)?.data['readers'];
    // The kernel takes the first megabytes.
    for (let changes = 0; changes < 8000 && readers() !== 1; changes += 40) {
      await Promise.all(Array.from({ length: 40 }, () => change(place)));
    }
    assert.equal(readers(), 1);
    assert.equal(reader.readyState, reader.OPEN);
  });
});
