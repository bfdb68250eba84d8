import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { shuffledDelays } from '#demo-server/demos/acknowledge.ts';
import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const tables = Array.from({ length: 10 }, (_, index) => index + 1);

async function begin(settings: Readonly<Record<string, unknown>> = {}) {
  const run = await client.beginRun('acknowledge');
  const watcher = await client.watch(run);
  const demo = `/live/${run}/acknowledge/`;
  const { statusCode, text } = await client.send('POST', `${demo}batches`, settings);
  assert.equal(statusCode, 201, text);
  assert.deepEqual(JSON.parse(text), { batch: 1 });
  return { watcher, demo, place: `${demo}batches/1/` };
}

const tablesOf = (watcher: Watcher, name: string) =>
  watcher.notes(name).map(({ data }) => Number(data['table']));

async function made(watcher: Watcher, count: number): Promise<number[]> {
  await watcher.until(() => watcher.notes('applied').length >= count);
  return tablesOf(watcher, 'applied');
}

describe('orders over a WebSocket', () => {
  it('are made in the order in which they were sent, when one waits for the other', async () => {
    const { place, watcher } = await begin();
    const webSocket = await client.openWebSocket(`${place}ws`);
    for (const table of tables) webSocket.send(JSON.stringify({ table }));
    assert.deepEqual(await made(watcher, 10), tables);
  });

  it('arrive in that order and are made in another, when none waits', async () => {
    const { place, watcher } = await begin({ oneAtATime: false });
    const webSocket = await client.openWebSocket(`${place}ws`);
    for (const table of tables) webSocket.send(JSON.stringify({ table }));
    const order = await made(watcher, 10);
    assert.deepEqual(tablesOf(watcher, 'arrived'), tables);
    assert.notDeepEqual(order, tables);
    assert.deepEqual(
      order.toSorted((a, b) => a - b),
      tables,
    );
  });

  it('get no answer unless acknowledgements are on and the order has an id', async () => {
    for (const [acknowledge, order] of [
      [false, { id: 'a', table: 1 }],
      [true, { table: 1 }],
    ] as const) {
      const { place, watcher } = await begin({ acknowledge });
      const webSocket = await client.openWebSocket(`${place}ws`);
      webSocket.on('message', () => assert.fail('an answer came'));
      webSocket.send(JSON.stringify(order));
      await made(watcher, 1);
      webSocket.close();
      await once(webSocket, 'close');
    }
  });

  it('are acknowledged by id, when they are done', async () => {
    const { place, watcher } = await begin({ acknowledge: true });
    const webSocket = await client.openWebSocket(`${place}ws`);
    webSocket.send(JSON.stringify({ id: '1-7', table: 7 }));
    const [message] = (await once(webSocket, 'message')) as [Buffer];
    assert.deepEqual(JSON.parse(message.toString()), { ack: '1-7' });
    assert.deepEqual(await made(watcher, 1), [7]);
  });

  it('are taken and never made by a program that is stuck', async () => {
    const { place, watcher } = await begin({ stuck: true, acknowledge: true });
    const webSocket = await client.openWebSocket(`${place}ws`);
    webSocket.on('message', () => assert.fail('an answer came'));
    for (const table of tables) webSocket.send(JSON.stringify({ id: `1-${String(table)}`, table }));
    await watcher.until(() => watcher.notes('arrived').length === 10);
    assert.equal(watcher.notes('applied').length, 0);
  });

  for (const message of ['no JSON', '[]', '{"table":11}', '{"table":1,"id":5}', 'null']) {
    it(`close with 1008 (RFC 6455 §7.4.1) on ${message}`, async () => {
      const { place, watcher } = await begin();
      const webSocket = await client.openWebSocket(`${place}ws`);
      webSocket.send(message);
      const [code] = (await once(webSocket, 'close')) as [number];
      assert.equal(code, 1008);
      assert.equal(watcher.notes('applied').length, 0);
    });
  }
});

describe('orders by POST', () => {
  it('are answered with 200 when they are made', async () => {
    const { place, watcher } = await begin();
    const { statusCode, text } = await client.send('POST', `${place}orders`, { table: 4 });
    assert.deepEqual([statusCode, JSON.parse(text)], [200, { made: 4 }]);
    assert.deepEqual(await made(watcher, 1), [4]);
  });

  it('are answered with 202 at once, and one of them is never made (RFC 9110 §15.3.3)', async () => {
    const { place, watcher } = await begin();
    for (const table of tables.slice(0, 5)) {
      const { statusCode } = await client.send('POST', `${place}jobs`, { table });
      assert.equal(statusCode, 202);
    }
    await watcher.note('forgotten');
    assert.deepEqual(
      (await made(watcher, 4)).toSorted((a, b) => a - b),
      [1, 2, 4, 5],
    );
  });
});

describe('ten orders in one POST', () => {
  const list = (orders: unknown) => ({ orders });
  const ten = tables.map((table) => ({ table }));

  it('are made in the order of the list, one after the other, and answered once', async () => {
    const { place, watcher } = await begin();
    const { statusCode, text } = await client.send('POST', `${place}lists`, list(ten));
    assert.deepEqual([statusCode, JSON.parse(text)], [200, { made: tables }]);
    assert.deepEqual(await made(watcher, 10), tables);
  });

  it('are made once where a list came twice with its ids', async () => {
    const { place, watcher } = await begin({ deduplicate: true });
    const named = list(tables.map((table) => ({ id: `1-${String(table)}`, table })));
    for (let time = 0; time < 2; time += 1) await client.send('POST', `${place}lists`, named);
    await watcher.until(() => watcher.notes('duplicate').length === 10);
    assert.deepEqual(tablesOf(watcher, 'applied'), tables);
  });

  for (const orders of [
    undefined,
    [],
    [...ten, { table: 1 }],
    [{ table: 1 }, 5],
    [{ table: 11 }],
  ]) {
    it(`are refused whole with 400: ${JSON.stringify(orders)?.slice(-30) ?? 'no list'}`, async () => {
      const { place, watcher } = await begin();
      const { statusCode } = await client.send('POST', `${place}lists`, list(orders));
      assert.equal(statusCode, 400);
      assert.equal(watcher.notes('arrived').length, 0);
    });
  }
});

describe('round trips of a batch', () => {
  const tripsOf = (watcher: Watcher) =>
    watcher.notes('arrived').map(({ data }) => Number(data['roundTrip']));

  it('are one for a list, and one for each POST that waits for the one before', async () => {
    const { place, watcher } = await begin();
    await client.send('POST', `${place}lists`, { orders: [{ table: 1 }, { table: 2 }] });
    for (const table of [3, 4]) await client.send('POST', `${place}orders`, { table });
    await made(watcher, 4);
    assert.deepEqual(tripsOf(watcher), [1, 1, 2, 3]);
  });

  it('are two for a WebSocket: its handshake, and all that it carries', async () => {
    const { place, watcher } = await begin();
    const webSocket = await client.openWebSocket(`${place}ws`);
    for (const table of tables) webSocket.send(JSON.stringify({ table }));
    await made(watcher, 10);
    assert.deepEqual(new Set(tripsOf(watcher)), new Set([2]));
  });
});

describe('how long a coffee takes', () => {
  it('is decided by the seed alone: 10 to 100 ms, each once, never in the tables’ order', () => {
    const inOrder = tables.map((table) => 10 * table);
    for (let seed = 1; seed <= 1000; seed += 1) {
      const delays = shuffledDelays(seed);
      assert.deepEqual(delays, shuffledDelays(seed));
      assert.deepEqual(
        delays.toSorted((a, b) => a - b),
        inOrder,
      );
      assert.notDeepEqual(delays, inOrder);
    }
    assert.notDeepEqual(shuffledDelays(1), shuffledDelays(2));
  });
});

describe('an order that comes twice', () => {
  const twice = async (deduplicate: boolean, order: Readonly<Record<string, unknown>>) => {
    const { place, watcher } = await begin({ deduplicate });
    // At the same time: the second comes while the first is still being made.
    const answers = await Promise.all(
      [1, 2].map(() => client.send('POST', `${place}orders`, order)),
    );
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [200, 200],
    );
    return watcher;
  };

  it('is made twice without de-duplication', async () => {
    assert.deepEqual(await made(await twice(false, { id: 'a', table: 2 }), 2), [2, 2]);
  });

  it('is made once with it, and both get an answer', async () => {
    const watcher = await twice(true, { id: 'a', table: 2 });
    await watcher.note('duplicate');
    assert.deepEqual(await made(watcher, 1), [2]);
  });

  it('is two orders when it has no id', async () => {
    assert.deepEqual(await made(await twice(true, { table: 2 }), 2), [2, 2]);
  });
});

describe('threat 10: floods', () => {
  it('takes at most 200 orders in a batch', async () => {
    const { place, watcher } = await begin({ oneAtATime: false });
    const webSocket = await client.openWebSocket(`${place}ws`);
    for (let count = 0; count < 201; count += 1) webSocket.send('{"table":1}');
    const [code] = (await once(webSocket, 'close')) as [number];
    assert.equal(code, 1008);
    assert.equal((await made(watcher, 200)).length, 200);
    const { statusCode } = await client.send('POST', `${place}orders`, { table: 1 });
    assert.equal(statusCode, 429);
  });

  it('keeps the eight newest batches of a run', async () => {
    const { demo } = await begin();
    for (let batch = 2; batch <= 9; batch += 1) await client.send('POST', `${demo}batches`, {});
    const order = { table: 1 };
    const { statusCode } = await client.send('POST', `${demo}batches/1/orders`, order);
    assert.equal(statusCode, 404);
    assert.equal((await client.send('POST', `${demo}batches/2/orders`, order)).statusCode, 200);
  });
});

describe('what is not there', () => {
  it('is answered with what to do instead', async () => {
    const { demo, place } = await begin();
    const statusOf = async (method: string, path: string, value: unknown = { table: 1 }) =>
      (await client.send(method, path, value)).statusCode;
    assert.equal(await statusOf('POST', `${demo}batches/2/orders`), 404);
    assert.equal(await statusOf('POST', `${place}tea`), 404);
    const asked = await client.ask({ path: `${place}orders` });
    assert.deepEqual([asked.statusCode, asked.headers.allow], [405, 'POST'], 'RFC 9110 §15.5.6');
    assert.equal(await statusOf('POST', `${place}orders`, { table: 0 }), 400);
    assert.equal(await statusOf('POST', `${demo}batches`, { seed: 1.5 }), 400);
    const webSocket = client.webSocket(`${place}orders`);
    const [, { statusCode }] = (await once(webSocket, 'unexpected-response')) as [
      unknown,
      { statusCode: number },
    ];
    assert.equal(statusCode, 404);
  });
});
