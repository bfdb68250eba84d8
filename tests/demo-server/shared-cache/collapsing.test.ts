import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { text } from 'node:stream/consumers';

import { startCache } from './cache-server.ts';

/** An origin that answers when the test says so. */
async function startOrigin() {
  const waiting: ServerResponse[] = [];
  let arrived = () => undefined as void;
  const server = createServer((_request, response) => {
    waiting.push(response);
    arrived();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    port: (server.address() as AddressInfo).port,
    waiting,
    async askedTimes(count: number) {
      while (waiting.length < count) {
        await new Promise<void>((resolve) => {
          arrived = resolve;
        });
      }
    },
  };
}

type Cache = Awaited<ReturnType<typeof startCache>>;

function begin(cache: Cache, path: string, headers: Record<string, string> = {}) {
  const outgoing = request(`${cache.address}${path}`, { agent: false, headers });
  outgoing.on('error', () => undefined).end();
  const answer = once(outgoing, 'response').then(async (args) => {
    const [incoming] = args as [IncomingMessage];
    return {
      age: incoming.headers.age,
      content: await text(incoming),
    };
  });
  answer.catch(() => undefined);
  return { answer, leave: () => outgoing.destroy() };
}

const outcomes = ({ notes }: Cache) =>
  notes.filter(({ name }) => name === 'cache-decision').map(({ data }) => data['outcome']);

async function waitFor(cache: Cache, note: string, count: number) {
  while (cache.notes.filter(({ name }) => name === note).length < count) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const MAX_AGE = { 'Cache-Control': 'max-age=60' };

describe('requests for the same at the same time (RFC 9111 §4)', () => {
  it('cost the origin one response, however many they are', async () => {
    const origin = await startOrigin();
    const cache = await startCache(origin.port);
    const askers = Array.from({ length: 200 }, () => begin(cache, '/score'));
    await waitFor(cache, 'cache-waits', 199);
    origin.waiting[0]?.writeHead(200, MAX_AGE).end('2:1');
    const answers = await Promise.all(askers.map(({ answer }) => answer));
    assert.ok(answers.every(({ content }) => content === '2:1'));
    assert.equal(answers.filter(({ age }) => age === '0').length, 199);
    assert.equal(origin.waiting.length, 1);
    assert.deepEqual(outcomes(cache).sort(), [...Array<string>(199).fill('collapsed'), 'miss']);
  });

  it('are told apart by what Vary is known to name', async () => {
    const origin = await startOrigin();
    const cache = await startCache(origin.port);
    const first = begin(cache, '/', { 'accept-language': 'en' });
    await origin.askedTimes(1);
    origin.waiting[0]?.writeHead(200, { ...MAX_AGE, Vary: 'Accept-Language' }).end('en');
    await first.answer;
    const others = ['de', 'fr', 'de'].map((language) =>
      begin(cache, '/', { 'accept-language': language }),
    );
    await origin.askedTimes(3);
    await waitFor(cache, 'cache-waits', 1);
    for (const response of origin.waiting.slice(1)) {
      response.writeHead(200, { ...MAX_AGE, Vary: 'Accept-Language' }).end('other');
    }
    await Promise.all(others.map(({ answer }) => answer));
    assert.equal(origin.waiting.length, 3);
  });

  it('each go to the origin when what came may not be used again', async () => {
    const origin = await startOrigin();
    const cache = await startCache(origin.port);
    const askers = Array.from({ length: 3 }, () => begin(cache, '/mine'));
    await waitFor(cache, 'cache-waits', 2);
    origin.waiting[0]?.writeHead(200, { 'Cache-Control': 'private' }).end('a');
    await origin.askedTimes(3);
    origin.waiting[1]?.writeHead(200, { 'Cache-Control': 'private' }).end('b');
    origin.waiting[2]?.writeHead(200, { 'Cache-Control': 'private' }).end('c');
    const contents = await Promise.all(askers.map(async ({ answer }) => (await answer).content));
    assert.deepEqual(contents.sort(), ['a', 'b', 'c']);
  });

  it('find another to ask when the first one leaves', async () => {
    const origin = await startOrigin();
    const cache = await startCache(origin.port);
    const first = begin(cache, '/score');
    await origin.askedTimes(1);
    const others = Array.from({ length: 5 }, () => begin(cache, '/score'));
    await waitFor(cache, 'cache-waits', 5);
    origin.waiting[0]?.writeHead(200, MAX_AGE).write('half');
    first.leave();
    await origin.askedTimes(2);
    await waitFor(cache, 'cache-waits', 9);
    origin.waiting[1]?.writeHead(200, MAX_AGE).end('whole');
    for (const { answer } of others) assert.equal((await answer).content, 'whole');
    assert.equal(origin.waiting.length, 2);
  });

  it('do not hold back who wants the origin asked', async () => {
    const origin = await startOrigin();
    const cache = await startCache(origin.port);
    const first = begin(cache, '/');
    await origin.askedTimes(1);
    origin.waiting[0]?.writeHead(200, { 'Cache-Control': 'max-age=60' }).end('1');
    await first.answer;
    const reloads = [1, 2].map(() => begin(cache, '/', { 'cache-control': 'no-cache' }));
    await origin.askedTimes(3);
    for (const response of origin.waiting.slice(1)) response.writeHead(200, MAX_AGE).end('2');
    await Promise.all(reloads.map(({ answer }) => answer));
  });
});
