import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('press-twice');
  const demo = `/live/${run}/press-twice/`;
  const { statusCode, text } = await client.send('POST', `${demo}wallets`);
  assert.equal(statusCode, 201, text);
  const { wallet } = JSON.parse(text) as { wallet: number };
  const place = `wallets/${String(wallet)}/`;
  return { run, demo, place, watcher: await client.watch(run) };
}

const balanceOf = async (wallet: string) => {
  const { text } = await client.ask({ path: `${wallet}balance` });
  return (JSON.parse(text) as { balance: number }).balance;
};

type Way = readonly [method: string, path: string, content: object];
const ways: Readonly<Record<string, Way>> = {
  POST: ['POST', 'deposits', { amount: 10 }],
  PUT: ['PUT', 'balance', { balance: 110 }],
  PATCH: ['PATCH', 'balance', { delta: 10 }],
  DELETE: ['DELETE', 'hold', {}],
};

/** As the page does: by the box that swallows the answer until it is gone, then by the other way. */
async function loseThenRetry(name: string, headers: Readonly<Record<string, string>> = {}) {
  const { demo, place, watcher } = await begin();
  const [method, path, content] = ways[name]!;
  const text = JSON.stringify(content);
  const fields = {
    origin: client.origin,
    'content-type': 'application/json',
    // Node's client would leave it out of a DELETE.
    'content-length': String(text.length),
    ...headers,
  };
  const lost = request(`${client.origin}${demo}via/black-hole;swallows=down/${place}${path}`, {
    method,
    headers: { ...fields },
    agent: false,
  });
  lost.on('response', () => assert.fail('the answer was to be lost'));
  lost.on('error', () => undefined);
  lost.end(text);
  await watcher.note('response-swallowed');
  await new Promise((resolve) => lost.once('close', resolve).destroy());
  const answer = await client.ask({
    method,
    path: `${demo}${place}${path}`,
    headers: fields,
    content: text,
  });
  return { answer, watcher, balance: await balanceOf(`${demo}${place}`) };
}

describe('a lost response and one retry', () => {
  for (const [name, balance, statusCode, applied] of [
    ['POST', 120, 201, 2],
    ['PUT', 110, 200, 2],
    ['PATCH', 120, 200, 2],
    ['DELETE', 110, 404, 1],
  ] as const) {
    it(`by ${name} ends with ${balance}`, async () => {
      const result = await loseThenRetry(name);
      assert.deepEqual([result.answer.statusCode, result.balance], [statusCode, balance]);
      await result.watcher.until(() => result.watcher.notes('applied').length >= applied);
      assert.equal(result.watcher.notes('applied').length, applied);
    });
  }

  it('by POST with a key is one deposit, and the answer is the first one again', async () => {
    const { answer, balance, watcher } = await loseThenRetry('POST', { 'idempotency-key': 'k1' });
    assert.deepEqual([answer.statusCode, balance], [201, 110]);
    assert.deepEqual(JSON.parse(answer.text), { deposit: 10, balance: 110 });
    await watcher.note('duplicate');
    assert.equal(watcher.notes('applied').length, 1);
    // The reader sees what the page has sent.
    assert.match(watcher.text('up'), /idempotency-key: k1/i);
  });
});

describe('a key', () => {
  it('of another wallet, or another key, is another deposit', async () => {
    const { demo, place } = await begin();
    const deposit = (key: string) =>
      client.ask({
        method: 'POST',
        path: `${demo}${place}deposits`,
        headers: {
          origin: client.origin,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        content: '{"amount":10}',
      });
    await deposit('a');
    await deposit('b');
    assert.equal(await balanceOf(`${demo}${place}`), 120);
    assert.equal((await deposit('x'.repeat(65))).statusCode, 400);
  });
});

describe('threat 10: bounds', () => {
  it('takes 50 requests for a wallet', async () => {
    const { demo, place } = await begin();
    const put = () => client.send('PUT', `${demo}${place}balance`, { balance: 1 });
    for (let count = 0; count < 50; count += 1) assert.equal((await put()).statusCode, 200);
    assert.equal((await put()).statusCode, 429);
  });

  it('keeps the sixteen newest wallets of a run', async () => {
    const { demo } = await begin();
    for (let count = 0; count < 16; count += 1) await client.send('POST', `${demo}wallets`);
    assert.equal((await client.ask({ path: `${demo}wallets/1/balance` })).statusCode, 404);
    assert.equal((await client.ask({ path: `${demo}wallets/2/balance` })).statusCode, 200);
  });

  it('refuses what is out of bounds, each with a sentence', async () => {
    const { demo, place } = await begin();
    const statusOf = async (method: string, path: string, content: object) =>
      (await client.send(method, `${demo}${place}${path}`, content)).statusCode;
    assert.equal(await statusOf('POST', 'deposits', { amount: 1.5 }), 400);
    assert.equal(await statusOf('PUT', 'balance', { balance: 1001 }), 400);
    assert.equal(await statusOf('PATCH', 'balance', { delta: '10' }), 400);
    assert.equal(await statusOf('POST', 'tea', {}), 404);
  });
});
