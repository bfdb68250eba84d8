import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin() {
  const run = await client.beginRun('stadium');
  const read = async (content: unknown) => {
    const { statusCode, text } = await client.send('POST', `/runs/${run}/readers`, content);
    assert.equal(statusCode, 200, text);
    return JSON.parse(text) as {
      readonly statusCodes: Readonly<Record<string, number>>;
      readonly aged: number;
    };
  };
  return { demo: `/live/${run}/stadium/`, read, watcher: await client.watch(run) };
}

const eventOf = (text: string) => (JSON.parse(text) as { readonly event: number }).event;

describe('the stadium', () => {
  it('200 robots behind the shared cache cost the origin at most 2 responses', async () => {
    const { read, watcher } = await begin();
    const report = await read({ path: 'score?lifetime=30', robots: 200, via: 'shared-cache' });
    assert.deepEqual(report.statusCodes, { 200: 200 });
    await watcher.until(() => watcher.notes('cache-decision').length === 200);
    const misses = watcher.notes('cache-decision').filter(({ data }) => data['outcome'] === 'miss');
    assert.ok(misses.length <= 2, String(misses.length));
    // Octets of the origin: on connections that the cache opened.
    const toOrigin = new Set(
      watcher.events.flatMap((event) =>
        event.kind === 'open' && event.hop === 1 ? [event.connection] : [],
      ),
    );
    const heads = watcher.events.filter(
      (event) =>
        event.kind === 'octets' &&
        event.direction === 'down' &&
        toOrigin.has(event.connection) &&
        Buffer.from(event.octets).toString('latin1').startsWith('HTTP/1.1 200'),
    );
    assert.ok(heads.length >= 1 && heads.length <= 2, String(heads.length));
  });

  it('one event wakes 20 long polls through one response of the origin', async () => {
    const { read, watcher } = await begin();
    const report = await read({ path: 'log?offset=41', robots: 20, via: 'shared-cache' });
    assert.deepEqual(report.statusCodes, { 200: 20 });
    assert.equal(report.aged, 19);
    await watcher.until(() => watcher.notes('cache-decision').length === 20);
    const outcomes = watcher.notes('cache-decision').map(({ data }) => data['outcome']);
    assert.equal(outcomes.filter((outcome) => outcome === 'collapsed').length, 19);
    assert.equal(watcher.text('down').match(/X-Demo-Event: 42/g)?.length, 21);
    assert.equal(watcher.text('up').match(/GET [^ ]*\/stadium\/readers\/log/g)?.length, 1);
  });

  it('streams and sockets get each event from the origin itself', async () => {
    const { read, demo, watcher } = await begin();
    const webSocket = await client.openWebSocket(`${demo}ws`);
    const [report, [message]] = await Promise.all([
      read({ path: 'events', robots: 3 }),
      once(webSocket, 'message') as Promise<[Buffer]>,
    ]);
    assert.deepEqual(report.statusCodes, { 200: 3 });
    assert.equal(eventOf(message.toString()), 42);
    await watcher.until(() => watcher.text('down').match(/id: 42\n/g)?.length === 3);
  });

  it('an event that is past is answered at once, and one to come only so far', async () => {
    const { demo } = await begin();
    const { text, headers } = await client.ask({ path: `${demo}readers/log?offset=40` });
    assert.equal(eventOf(text), 41);
    assert.equal(headers['cache-control'], 'max-age=60');
    for (const query of ['', '?offset=42', '?offset=-1', '?offset=x']) {
      const { statusCode } = await client.ask({ path: `${demo}readers/log${query}` });
      assert.equal(statusCode, 400, query);
    }
    const { statusCode } = await client.ask({ path: `${demo}readers/score?lifetime=0` });
    assert.equal(statusCode, 400);
    assert.equal((await client.ask({ path: `${demo}readers/x` })).statusCode, 404);
    assert.equal((await client.send('POST', `${demo}score`)).statusCode, 405);
  });
});
