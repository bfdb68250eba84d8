import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, describe, it, mock } from 'node:test';

import { MAX_SILENCE_MS } from '#demo-server/shared-cache/silent-origin.ts';

import { startCache } from './cache-server.ts';

// Time that passes when a test says so. HTTP's own timers are not these. One clock for all tests: a
// timer of a clock that was reset, when it is called off, takes one of the new clock with it.
mock.timers.enable({ apis: ['setTimeout'] });
after(() => {
  mock.timers.reset();
});

/** An origin that says what a test makes it say, and nothing by itself. */
async function startOrigin() {
  const asked: { request: IncomingMessage; response: ServerResponse; gone: Promise<unknown> }[] =
    [];
  let arrived = () => undefined as void;
  const server = createServer((incoming, response) => {
    asked.push({ request: incoming, response, gone: once(response, 'close') });
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
    async asked(count: number) {
      while (asked.length < count) await new Promise<void>((resolve) => (arrived = resolve));
      return asked[count - 1] ?? assert.fail();
    },
  };
}

async function start() {
  const origin = await startOrigin();
  const cache = await startCache(origin.port);
  const ask = (method = 'GET') => {
    const outgoing = request(`${cache.address}/score`, { method, agent: false });
    outgoing.end();
    const begun = Promise.withResolvers<undefined>();
    const answer = once(outgoing, 'response').then(async (args) => {
      const [incoming] = args as [IncomingMessage];
      let content = '';
      incoming.setEncoding('utf8').on('data', (piece: string) => {
        content += piece;
        begun.resolve(undefined);
      });
      const isWhole = await once(incoming, 'end').then(
        () => true,
        () => false,
      );
      return { statusCode: incoming.statusCode, content: isWhole ? content : 'cut' };
    });
    return { answer, begun: begun.promise };
  };
  const notes = (name: string) => cache.notes.filter((note) => note.name === name);
  const rules = () => notes('cache-decision').map(({ data }) => data['rule']);
  return { origin, cache, ask, notes, rules };
}

const silence = () => {
  mock.timers.tick(MAX_SILENCE_MS);
};
const whole = (response: ServerResponse, cacheControl: string) =>
  response.writeHead(200, { 'Cache-Control': cacheControl, 'Content-Length': 3 }).end('2:1');

describe('an origin that says nothing (RFC 9110 §15.6.5)', () => {
  it('is given up with 504 and the reason, and its connection is ended', async () => {
    const { origin, ask, rules } = await start();
    const { answer } = ask();
    const { gone } = await origin.asked(1);
    silence();
    const { statusCode, content } = await answer;
    assert.equal(statusCode, 504);
    assert.deepEqual(JSON.parse(content), { error: 'The origin was silent for 30 s. Try again.' });
    assert.deepEqual(rules(), ['SILENT']);
    await gone;
  });

  it('has until then, and no shorter', async () => {
    const { origin, ask } = await start();
    const { answer } = ask();
    const { response } = await origin.asked(1);
    mock.timers.tick(MAX_SILENCE_MS - 1);
    whole(response, 'max-age=60');
    assert.deepEqual(await answer, { statusCode: 200, content: '2:1' });
  });

  it('gives way to what is stale, where that is allowed (RFC 5861 §4)', async () => {
    const { origin, cache, ask, rules } = await start();
    const first = ask();
    whole((await origin.asked(1)).response, 'max-age=5, stale-if-error=60');
    await first.answer;
    await cache.advance(10);
    const second = ask();
    await origin.asked(2);
    silence();
    assert.deepEqual(await second.answer, { statusCode: 200, content: '2:1' });
    assert.deepEqual(rules().slice(1), ['STALE_IF_ERROR']);
  });

  it('does not give way to what is stale where that is forbidden (RFC 9111 §5.2.2.2)', async () => {
    const { origin, cache, ask, rules } = await start();
    const first = ask();
    whole((await origin.asked(1)).response, 'max-age=5, must-revalidate');
    await first.answer;
    await cache.advance(10);
    const second = ask();
    await origin.asked(2);
    silence();
    assert.equal((await second.answer).statusCode, 504);
    assert.deepEqual(rules().slice(1), ['SILENT']);
  });

  it('lets the next one ask who has waited for the same', async () => {
    const { origin, ask, notes } = await start();
    const first = ask();
    await origin.asked(1);
    const second = ask();
    while (notes('cache-waits').length < 1) await new Promise((resolve) => setImmediate(resolve));
    silence();
    assert.equal((await first.answer).statusCode, 504);
    whole((await origin.asked(2)).response, 'max-age=60');
    assert.equal((await second.answer).statusCode, 200);
  });

  for (const method of ['POST', 'HEAD']) {
    it(`is given up for ${method} too`, async () => {
      const { origin, ask } = await start();
      const { answer } = ask(method);
      const { gone } = await origin.asked(1);
      silence();
      assert.equal((await answer).statusCode, 504);
      await gone;
    });
  }

  it('is given up behind a stale answer, and asked again by the next (RFC 5861 §3)', async () => {
    const { origin, cache, ask } = await start();
    const first = ask();
    whole((await origin.asked(1)).response, 'max-age=5, stale-while-revalidate=600');
    await first.answer;
    await cache.advance(10);
    assert.equal((await ask().answer).statusCode, 200);
    const { gone } = await origin.asked(2);
    silence();
    await gone;
    assert.equal((await ask().answer).statusCode, 200);
    await origin.asked(3);
  });
});

describe('an origin that says nothing to an upgrade (RFC 9110 §15.6.5)', () => {
  const upgrade = (address: string) => {
    const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
    return request(`${address}/ws`, { agent: false, headers }).end();
  };

  it('is given up with 504 and the reason, and its connection is ended', async () => {
    const { origin, cache, notes } = await start();
    const answer = once(upgrade(cache.address), 'response');
    const { gone } = await origin.asked(1);
    silence();
    const [incoming] = (await answer) as [IncomingMessage];
    assert.equal(incoming.statusCode, 504);
    const content = Buffer.concat((await incoming.toArray()) as Buffer[]).toString();
    assert.deepEqual(JSON.parse(content), { error: 'The origin was silent for 30 s. Try again.' });
    assert.deepEqual(
      notes('origin-silent').map(({ data }) => [data['requestTarget'], data['rule']]),
      [['/ws', 'UPGRADE_UNANSWERED']],
    );
    await gone;
  });

  it('is left alone once it has switched: a WebSocket may be quiet', async () => {
    const { origin, cache } = await start();
    const outgoing = upgrade(cache.address);
    const { request: asked } = await origin.asked(1);
    asked.socket.write('HTTP/1.1 101 x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
    const [, socket] = (await once(outgoing, 'upgrade')) as [IncomingMessage, Duplex];
    silence();
    asked.socket.write('news');
    assert.equal(String((await once(socket, 'data'))[0]), 'news');
    socket.destroy();
  });
});

describe('an origin that falls silent in the middle', () => {
  it('is cut, and what came is not kept for the whole (RFC 9111 §3.3)', async () => {
    const { origin, ask, notes } = await start();
    const first = ask();
    const { response, gone } = await origin.asked(1);
    response.writeHead(200, { 'Cache-Control': 'max-age=60', 'Content-Length': 3 }).write('2');
    await first.begun;
    silence();
    assert.equal((await first.answer).content, 'cut');
    await gone;
    assert.deepEqual(
      notes('cache-not-stored').map(({ data }) => data['rule']),
      ['INCOMPLETE'],
    );
  });

  it('is left alone where nobody else waits for it: an event stream may be quiet', async () => {
    const { origin, ask, notes } = await start();
    const { answer } = ask();
    const { response } = await origin.asked(1);
    response.writeHead(200, { 'Cache-Control': 'no-store' }).write('data: 1\n\n');
    while (notes('cache-not-stored').length < 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    silence();
    response.end('data: 2\n\n');
    assert.equal((await answer).content, 'data: 1\n\ndata: 2\n\n');
  });
});
