import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  return `/live/${await client.beginRun('event-source')}/event-source`;
}

/** Opens the stream, and reads until so many ids have come. */
async function open(path: string, headers: Readonly<Record<string, string>> = {}) {
  const outgoing = request(client.origin, { path, headers, agent: false });
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  response.setEncoding('utf8');
  const closed = once(response, 'close').catch(() => undefined);
  response.on('error', () => undefined);
  let text = '';
  const idsIn = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
  response.on('data', (piece: string) => (text += piece));
  return {
    response,
    closed,
    text: () => text,
    ids: async (count: number) => {
      while (idsIn().length < count) await once(response, 'data');
      return idsIn().slice(0, count);
    },
    leave: () => outgoing.destroy(),
  };
}

describe('the ticker', () => {
  it('counts, with the retry that was asked for first', async () => {
    const place = await begin();
    const stream = await open(`${place}/ticks?retry=300`);
    assert.equal(stream.response.headers['content-type'], 'text/event-stream');
    assert.deepEqual(await stream.ids(2), [1, 2]);
    assert.match(stream.text(), /^retry: 300\n\nid: 1\ndata: \{"number":1\}\n\n/);
    stream.leave();
  });

  it('gives what was missed, by Last-Event-ID or by the address', async () => {
    const place = await begin();
    const first = await open(`${place}/ticks`);
    await first.ids(3);
    first.leave();
    const byField = await open(`${place}/ticks`, { 'Last-Event-ID': '1' });
    assert.deepEqual(await byField.ids(2), [2, 3]);
    const byAddress = await open(`${place}/ticks?after=2`);
    assert.deepEqual(await byAddress.ids(1), [3]);
    for (const stream of [byField, byAddress]) stream.leave();
  });

  it('refuses a retry, an id and an end that it does not know', async () => {
    const place = await begin();
    for (const path of ['ticks?retry=1', 'ticks?after=x', 'tab?tab=8']) {
      assert.equal((await client.ask({ path: `${place}/${path}` })).statusCode, 400, path);
    }
    assert.equal((await client.send('POST', `${place}/end`, { with: 500 })).statusCode, 400);
    assert.equal((await client.ask({ path: `${place}/other` })).statusCode, 404);
  });
});

describe('an end', () => {
  for (const status of [503, 204] as const) {
    it(`breaks the stream, and answers the next attempt, and only that, with ${String(status)}`, async () => {
      const place = await begin();
      const stream = await open(`${place}/ticks`);
      await stream.ids(1);
      await client.send('POST', `${place}/end`, { with: status });
      await stream.closed;
      const answer = await client.ask({ path: `${place}/ticks?after=1` });
      assert.equal(answer.statusCode, status);
      assert.equal(answer.headers['retry-after'], status === 503 ? '2' : undefined);
      const again = await open(`${place}/ticks?after=0`);
      assert.deepEqual(await again.ids(1), [1]);
      again.leave();
    });
  }

  it('of nothing more breaks the stream only', async () => {
    const place = await begin();
    const stream = await open(`${place}/ticks`);
    await stream.ids(1);
    await client.send('POST', `${place}/end`, { with: 'nothing' });
    await stream.closed;
    assert.equal(stream.response.complete, false);
    const again = await open(`${place}/ticks`, { 'Last-Event-ID': '0' });
    assert.deepEqual(await again.ids(1), [1]);
    again.leave();
  });
});

it('a tab’s stream says hello', async () => {
  const place = await begin();
  const stream = await open(`${place}/tab?tab=7`);
  while (stream.text() === '') await once(stream.response, 'data');
  assert.equal(stream.text(), 'data: {"tab":7}\n\n');
  stream.leave();
});
