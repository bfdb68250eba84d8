import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { MAX_RUNS } from '#demo-server/runs/run-store.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

/** Asserts status code and that the error is one sentence for people. */
function assertError(answer: { statusCode: number; text: string }, statusCode: number): void {
  assert.equal(answer.statusCode, statusCode, answer.text);
  const { error } = JSON.parse(answer.text) as { error: string };
  assert.match(error, /^[A-Z].+\.$/);
}

describe('POST /runs', () => {
  it('begins a run and says its time', async () => {
    const { statusCode, headers, text } = await client.send('POST', '/runs', { demo: 'echo' });
    assert.equal(statusCode, 201);
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers['cache-control'], 'no-store');
    const { run, demo, now } = JSON.parse(text) as { run: string; demo: string; now: number };
    assert.equal(run.length, 22);
    assert.equal(demo, 'echo');
    assert.ok(now >= 0 && now < 1000);
  });

  it('says what to do instead, with the right status code', async () => {
    const headers = { origin: client.origin, 'content-type': 'application/json' };
    const post = (content: string, more: Record<string, string> = {}) =>
      client.ask({ method: 'POST', path: '/runs', headers: { ...headers, ...more }, content });
    assertError(await post('{"demo":'), 400);
    assertError(await post('["echo"]'), 400);
    assertError(await post('null'), 400);
    assertError(await post('{}'), 400);
    assertError(await post('{"demo":["echo"]}'), 400);
    assertError(await post('{"demo":"no-such"}'), 404);
    assertError(await post('{"demo":"__proto__"}'), 404);
    assertError(await post('{"demo":"echo"}', { 'content-type': 'text/plain' }), 415);
    assertError(await post(JSON.stringify({ demo: 'x'.repeat(20_000) })), 413);
    assertError(await client.ask({ path: '/runs' }), 405);
    assertError(await client.send('PUT', '/runs'), 405);
    assertError(await client.send('POST', '/runs/more', { demo: 'echo' }), 404);
  });
});

describe('/live', () => {
  it('says what is unknown: run, demo, box, address, method', async () => {
    const run = await client.beginRun('echo');
    assertError(await client.ask({ path: '/live/unknown/echo/ws' }), 404);
    assertError(await client.ask({ path: `/live/${run}/fallback/feed/poll` }), 404);
    assertError(await client.ask({ path: `/live/${run}/echo/via/no-such/ws` }), 404);
    assertError(await client.ask({ path: `/live/${run}/echo/via/constructor/ws` }), 404);
    assertError(await client.ask({ path: `/live/${run}/echo/nothing` }), 404);
    assertError(await client.ask({ path: `/live/${run}/echo/ping` }), 405);
    assertError(await client.ask({ path: `/live/${run}/echo/ws` }), 426);
  });
});

describe('a run that is given up', () => {
  it('leaves nothing open: no WebSocket, no stream, no connection of a box', async () => {
    const [echo, feed] = [await client.beginRun('echo'), await client.beginRun('fallback')];
    const webSockets = [
      await client.openWebSocket(`/live/${echo}/echo/ws`),
      await client.openWebSocket(`/live/${echo}/echo/via/buffer/ws`),
    ];
    const stream = await client.connect();
    stream.write(
      `GET /live/${feed}/fallback/feed/events HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n\r\n`,
    );
    await once(stream, 'data');
    const closed = [...webSockets, stream.resume()].map((open) => once(open, 'close'));
    for (let count = 0; count < MAX_RUNS; count += 1) await client.beginRun('echo');
    await Promise.all(closed);
  });
});

describe('threat 23: stale port, wrong server', () => {
  it('tells its mode and build at /version.json', async () => {
    const { text } = await client.ask({ path: '/version.json' });
    assert.deepEqual(JSON.parse(text), { mode: 'local', build: 'test' });
  });
});
