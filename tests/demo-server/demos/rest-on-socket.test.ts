import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { OwnProtocol, type Agreed } from '#demos/rest-on-socket/client.ts';
import { Pieces } from '#demos/rest-on-socket/pieces.ts';
import { tasks } from '#demos/rest-on-socket/tasks.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('rest-on-socket');
  const demo = `/live/${run}/rest-on-socket/`;
  const { statusCode, text } = await client.send('POST', `${demo}shelves`);
  assert.deepEqual([statusCode, JSON.parse(text)], [201, { shelf: 1 }]);
  return { demo, place: `${demo}shelves/1/`, watcher: await client.watch(run) };
}

const ids = Pieces.map(({ id }) => id);

/** Sends one message, and reads the next. */
async function exchange(place: string, pieces: string, message: object) {
  const webSocket = await client.openWebSocket(`${place}ws?pieces=${pieces}`);
  webSocket.send(JSON.stringify(message));
  const [answer] = (await once(webSocket, 'message')) as [Buffer];
  return JSON.parse(answer.toString()) as Record<string, unknown>;
}

describe('tasks over a WebSocket', () => {
  const judged = ids.filter((id) => id !== 'trace');
  const table: readonly (readonly [pieces: readonly string[], work: readonly string[]])[] = [
    [[], []],
    [['methods'], ['methods']],
    [['ids'], ['ids']],
    [['statuses'], ['statuses']],
    // Who is told why is told that, too: JSON-RPC does without a status.
    [['errors'], ['statuses', 'errors']],
    // Refused, and nobody was told.
    [['versions'], []],
    [
      ['statuses', 'versions'],
      ['statuses', 'versions'],
    ],
    [['freshness'], ['freshness']],
    [['types'], ['types']],
    [ids, judged],
  ];
  for (const [pieces, work] of table) {
    it(`with ${pieces.join(', ') || 'nothing agreed on'}: ${work.join(', ') || 'none'} works`, async () => {
      const { place } = await begin();
      const webSocket = await client.openWebSocket(`${place}ws?pieces=${pieces.join(',')}`);
      const agreed = Object.fromEntries(ids.map((id) => [id, pieces.includes(id)]));
      const { ask } = new OwnProtocol(webSocket as unknown as WebSocket, agreed as Agreed);
      const works: string[] = [];
      for (const id of judged) if ((await tasks[id]!(ask)).works) works.push(id);
      assert.deepEqual(works, work);
    });
  }
});

describe('a message', () => {
  it('is answered with no more than was agreed on', async () => {
    const message = { id: '7', do: 'get', name: 'tea', type: 'text/csv' };
    const { place } = await begin();
    assert.deepEqual(await exchange(place, '', message), { value: 'Assam' });
    assert.deepEqual(await exchange(place, ids.join(','), message), {
      id: '7',
      status: 'done',
      version: 'v1',
      type: 'text/plain',
      freshSeconds: 60,
      value: 'Assam',
    });
  });

  it('has its name in the log only if that was agreed on', async () => {
    const trace = '0123456789abcdef'.repeat(2);
    for (const [pieces, noted] of [
      ['trace', trace],
      ['', undefined],
    ] as const) {
      const { place, watcher } = await begin();
      await exchange(place, pieces, { name: 'tea', trace });
      assert.equal((await watcher.note('handled')).data['trace'], noted);
    }
  });

  for (const message of [
    'no JSON',
    'null',
    '{"do":"update","name":"tea"}',
    '{"do":"get","name":"Tea"}',
    '{"do":"get"}',
    `{"do":"put","name":"tea","value":"${'x'.repeat(1001)}"}`,
    '{"do":"put","name":"tea","value":5}',
  ]) {
    it(`closes with 1008 (RFC 6455 §7.4.1) when it is ${message.slice(0, 40)}`, async () => {
      const { place } = await begin();
      const webSocket = await client.openWebSocket(`${place}ws?pieces=methods`);
      webSocket.send(message);
      const [code] = (await once(webSocket, 'close')) as [number];
      assert.equal(code, 1008);
    });
  }

  it('is refused when a ninth thing would stand on the shelf', async () => {
    const { place } = await begin();
    const put = (name: string) => exchange(place, 'statuses', { name, value: 'x' });
    for (const name of ['a', 'b', 'c', 'd']) assert.equal((await put(name))['status'], 'done');
    assert.equal((await put('e'))['status'], 'full');
    assert.equal((await put('a'))['status'], 'done');
  });
});

describe('the same by HTTP', () => {
  const put = (place: string, name: string, value: unknown, ifMatch?: string) =>
    client.ask({
      method: 'PUT',
      path: place + name,
      headers: {
        origin: client.origin,
        'content-type': 'application/json',
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      content: JSON.stringify({ value }),
    });

  it('reads with a version and a freshness lifetime (RFC 9110 §8.8.3, RFC 9111 §5.2.2.1)', async () => {
    const { place } = await begin();
    const { statusCode, headers, text } = await client.ask({ path: `${place}tea` });
    assert.deepEqual([statusCode, text], [200, 'Assam']);
    assert.equal(headers.etag, '"v1"');
    assert.equal(headers['cache-control'], 'max-age=60');
    assert.equal(headers.vary, 'Accept');
  });

  it('writes if it is that version still, else 412 (RFC 9110 §13.1.1)', async () => {
    const { place } = await begin();
    assert.equal((await put(place, 'list', 'Tea, milk', '"v1"')).statusCode, 204);
    for (const condition of ['"v1"', 'W/"v2"', 'v2', '']) {
      assert.equal((await put(place, 'list', 'Tea', condition)).statusCode, 412, condition);
    }
    for (const condition of ['"v2"', '"v1", "v3"', '*']) {
      assert.equal((await put(place, 'list', 'Tea', condition)).statusCode, 204, condition);
    }
    assert.equal((await put(place, 'new', 'x', '*')).statusCode, 412);
  });

  it('says what was wrong as problem details (RFC 9457 §3)', async () => {
    const { place } = await begin();
    const { statusCode, headers, text } = await put(place, 'card', 'x'.repeat(41));
    assert.equal(statusCode, 413);
    assert.equal(headers['content-type'], 'application/problem+json');
    assert.deepEqual(JSON.parse(text), { title: 'too-long', status: 413, limit: 40 });
  });

  it('gives the format that is asked for (RFC 9110 §12.5.1)', async () => {
    const { place } = await begin();
    const csv = await client.ask({ path: `${place}prices`, headers: { accept: 'text/csv' } });
    assert.deepEqual([csv.headers['content-type'], csv.text], ['text/csv', 'tea,3\nmilk,1']);
    const json = await client.ask({ path: `${place}prices` });
    assert.deepEqual(JSON.parse(json.text), { tea: 3, milk: 1 });
  });

  it('deletes once, and has nothing to delete then', async () => {
    const { place } = await begin();
    const remove = () =>
      client.ask({ method: 'DELETE', path: `${place}tea`, headers: { origin: client.origin } });
    assert.equal((await remove()).statusCode, 204);
    assert.equal((await remove()).statusCode, 404);
    assert.equal((await client.ask({ path: `${place}tea` })).statusCode, 404);
  });

  it('notes the trace of a traceparent', async () => {
    const { place, watcher } = await begin();
    const trace = 'a'.repeat(32);
    await client.ask({
      path: `${place}tea`,
      headers: { traceparent: `00-${trace}-${'b'.repeat(16)}-01` },
    });
    assert.equal((await watcher.note('handled')).data['trace'], trace);
  });

  it('knows no other methods, no other pieces, and eight shelves', async () => {
    const { demo, place } = await begin();
    assert.equal((await client.send('POST', `${place}tea`)).statusCode, 405);
    for (const pieces of ['magic', 'ids,ids', 'ids,']) {
      const webSocket = client.webSocket(`${place}ws?pieces=${pieces}`);
      const [, response] = (await once(webSocket, 'unexpected-response')) as [
        unknown,
        { statusCode: number },
      ];
      assert.equal(response.statusCode, 400, pieces);
    }
    for (let shelf = 2; shelf <= 9; shelf += 1) await client.send('POST', `${demo}shelves`);
    assert.equal((await client.ask({ path: `${place}tea` })).statusCode, 404);
    assert.equal((await client.ask({ path: `${demo}shelves/9/tea` })).statusCode, 200);
  });
});
