import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';
import { text } from 'node:stream/consumers';

import { startCache } from './cache-server.ts';

/** An origin whose 304 says nothing of which representation it means; what it has is new each time. */
async function start(cacheControl: string) {
  const conditions: (string | undefined)[] = [];
  const server = createServer(({ headers: { 'if-none-match': condition } }, response) => {
    conditions.push(condition);
    response.setHeader('Cache-Control', cacheControl);
    if (condition !== undefined) response.writeHead(304).end();
    else response.setHeader('ETag', '"a"').end(String(conditions.length));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const cache = await startCache((server.address() as AddressInfo).port);
  const ask = async (headers: Record<string, string> = {}) => {
    const outgoing = request(`${cache.address}/score`, { agent: false, headers }).end();
    const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
    return [incoming.statusCode, await text(incoming)];
  };
  const rules = (note: string) =>
    cache.notes.filter(({ name }) => name === note).map(({ data }) => data['rule']);
  return { cache, conditions, ask, rules };
}

describe('a 304 that is about nothing that is stored (RFC 9111 §4.3.4)', () => {
  it('has all of it asked for, and a client without a condition gets it', async () => {
    const { cache, conditions, ask, rules } = await start('max-age=1');
    await ask();
    await cache.advance(3);
    assert.deepEqual(await ask(), [200, '3']);
    assert.deepEqual(conditions, [undefined, '"a"', undefined]);
    assert.deepEqual(rules('cache-decision'), ['NOTHING_STORED', 'CHANGED']);
  });

  it('goes to a client whose own condition it answers, and is no new response', async () => {
    const { cache, conditions, ask, rules } = await start('max-age=1');
    await ask();
    await cache.advance(3);
    assert.deepEqual(await ask({ 'If-None-Match': '"b"' }), [304, '']);
    assert.deepEqual(conditions, [undefined, '"a"', '"b"']);
    assert.deepEqual(rules('cache-decision'), ['NOTHING_STORED', 'STALE']);
  });

  it('has all of it asked for behind a stale answer too (RFC 5861 §3)', async () => {
    const { cache, conditions, ask, rules } = await start('max-age=1, stale-while-revalidate=60');
    await ask();
    await cache.advance(3);
    assert.deepEqual(await ask(), [200, '1']);
    while (conditions.length < 3 || rules('cache-stored').length < 2) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(await ask(), [200, '3']);
    assert.deepEqual(conditions, [undefined, '"a"', undefined]);
  });
});
