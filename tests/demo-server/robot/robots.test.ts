import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, it } from 'node:test';

import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

import { startDecoy } from './decoy.ts';
import { goOnErrand } from './errands.ts';

const client = await startDemoServer();

const asHex = (text: string) => Buffer.from(text).toString('hex');

const countOpen = (watcher: Watcher) =>
  watcher.events.filter((event) => event.kind === 'open' && event.sender === 'ROBOT').length;

describe('threat 5: the robot can not be made to connect elsewhere', () => {
  it('takes no address, in whatever member it is given', async () => {
    const decoy = await startDecoy();
    const { port } = decoy;
    const address = `127.0.0.1:${String(port)}`;
    const run = await client.beginRun('echo');
    const hostile: readonly object[] = [
      { host: '127.0.0.1', port },
      { address, frames: [] },
      { url: `ws://${address}/` },
      { handshake: { host: address } },
      { handshake: `GET / HTTP/1.1\r\nHost: ${address}\r\n\r\n` },
      { handshake: true, path: `/live/${run}/echo/via/buffer/ws` },
      { handshake: true, requestTarget: '/runs' },
      { handshake: true, headers: { host: address } },
      { run: 'another' },
      { socketPath: '/var/run/docker.sock' },
      { nextHop: { port } },
      { __proto__x: 1, constructor: { port } },
      { frames: [{ host: address }] },
      { frames: address },
    ];
    for (const content of hostile) {
      const { statusCode, text } = await client.send('POST', `/runs/${run}/robot`, content);
      assert.equal(statusCode, 400, text);
    }
    // As JSON text, for an object literal would not have it as a member.
    const { statusCode } = await client.ask({
      method: 'POST',
      path: `/runs/${run}/robot`,
      headers: { origin: client.origin, 'content-type': 'application/json' },
      content: `{"__proto__":{"port":${String(port)}}}`,
    });
    assert.equal(statusCode, 400);
    assert.equal(decoy.connections(), 0);
    const watcher = await client.watch(run);
    await watcher.until(() => watcher.batches > 0);
    assert.deepEqual(watcher.events, [], 'no robot went anywhere');
  });

  it('says what the reader sends as frames to the echo, also when it is HTTP', async () => {
    const decoy = await startDecoy();
    const other = await client.beginRun('echo');
    const address = `127.0.0.1:${String(decoy.port)}`;
    const host = client.origin.slice('http://'.length);
    const requests = [
      `CONNECT ${address} HTTP/1.1\r\nHost: ${address}\r\n\r\n`,
      `GET http://${address}/ HTTP/1.1\r\nHost: ${address}\r\n\r\n`,
      `POST /live/${other}/echo/ping HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${client.origin}\r\n\r\n`,
      `GET /runs/${other}/wire HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\n\r\n`,
    ];
    for (const text of requests) {
      const { down } = await goOnErrand(client, { frames: [asHex(text)], waitMs: 10_000 });
      assert.equal(down, '880203ea', '1002 and nothing else');
    }
    assert.equal(decoy.connections(), 0);
    const watcher = await client.watch(other);
    await watcher.until(() => watcher.batches > 0);
    assert.deepEqual(watcher.events, []);
  });

  it('sends none of the reader’s octets without a 101', async () => {
    const seen = await goOnErrand(client, {
      handshake: false,
      frames: [asHex('GET / HTTP/1.1\r\n\r\n')],
      waitMs: 10_000,
    });
    assert.match(seen.statusLine, /^HTTP\/1\.1 426 /);
    assert.equal(seen.up, '');
    assert.doesNotMatch(seen.requestHead, /Upgrade|Sec-WebSocket/);
    assert.deepEqual(seen.report, { statusCode: 426, closed: true });
    assert.equal(seen.sender, 'ROBOT');
  });

  it('shakes hands at the echo of its own run, with a constant head but for the key', async () => {
    const { requestHead } = await goOnErrand(client, { frames: ['880000000000'], waitMs: 10_000 });
    const [, run] = /^GET \/live\/([\w-]{22})\/echo\/ws HTTP\/1\.1\r\n/.exec(requestHead) ?? [];
    assert.ok(run);
    assert.match(requestHead, /\r\nSec-WebSocket-Key: [\w+/]{22}==\r\n/);
  });

  it('goes only for a page of ours, in a run of a demo that takes robots', async () => {
    const [run, other] = [await client.beginRun('echo'), await client.beginRun('cache-fields')];
    const path = `/runs/${run}/robot`;
    const json = { 'content-type': 'application/json' };
    for (const headers of [json, { ...json, origin: 'http://attacker.example' }]) {
      const answer = await client.ask({ method: 'POST', path, headers, content: '{}' });
      assert.equal(answer.statusCode, 403);
    }
    assert.equal((await client.send('POST', `/runs/${other}/robot`)).statusCode, 404);
    assert.equal((await client.send('POST', '/runs/unknown/robot')).statusCode, 404);
    assert.equal((await client.send('PUT', path)).statusCode, 405);
    assert.equal((await client.ask({ path })).statusCode, 405);
  });
});

describe('threat 5: the robot’s bounds', () => {
  it('takes 200 frames, 1 MiB and 10 s, and not one more of any', async () => {
    const run = await client.beginRun('echo');
    const path = `/runs/${run}/robot`;
    const half = '00'.repeat(512 * 1024);
    const beyond = [
      [400, { frames: Array.from({ length: 201 }, () => '8900') }],
      [413, { frames: [half, half, '00'] }],
      [413, { frames: [half, half, half] }],
      [400, { waitMs: 10_001 }],
      [400, { waitMs: -1 }],
      [400, { waitMs: '1' }],
      [400, { frames: ['8'] }],
      [400, { frames: ['8g'] }],
      [400, { frames: [137, 0] }],
    ] as const;
    for (const [statusCode, content] of beyond) {
      assert.equal((await client.send('POST', path, content)).statusCode, statusCode);
    }
    const most = [...Array.from({ length: 198 }, () => ''), half, half];
    // The first octets are a frame that is 1002, so the errand ends at once.
    const { statusCode, text } = await client.send('POST', path, { frames: most, waitMs: 10_000 });
    assert.equal(statusCode, 200, text);
  });

  it(
    'sends two at a time for a run and 20 in all, and recalls one that nobody waits for',
    { timeout: 9000 },
    async () => {
      const runs = await Promise.all(Array.from({ length: 10 }, () => client.beginRun('echo')));
      const watchers = await Promise.all(runs.map((run) => client.watch(run)));
      const send = (run: string) => {
        const headers = { origin: client.origin, 'content-type': 'application/json' };
        const path = `/runs/${run}/robot`;
        const asking = request(client.origin, { method: 'POST', path, headers, agent: false });
        asking.on('error', () => undefined);
        asking.end(JSON.stringify({ waitMs: 10_000 }));
        return asking;
      };
      const [first = '', ...others] = runs;
      const asking = [send(first), send(first)];
      await watchers[0]?.until(() => watchers[0] !== undefined && countOpen(watchers[0]) === 2);
      assert.equal((await client.send('POST', `/runs/${first}/robot`)).statusCode, 503, 'of a run');

      asking.push(...others.flatMap((run) => [send(run), send(run)]));
      for (const watcher of watchers) await watcher.until(() => countOpen(watcher) === 2);
      const late = await client.beginRun('echo');
      assert.equal((await client.send('POST', `/runs/${late}/robot`)).statusCode, 503, 'of all');

      for (const one of asking) one.destroy();
      const isClosed = (watcher: Watcher) => () =>
        watcher.events.filter(({ kind }) => kind === 'close').length === 2;
      for (const watcher of watchers) await watcher.until(isClosed(watcher));
      const again = await client.send('POST', `/runs/${late}/robot`, { frames: ['880000000000'] });
      // 8800 is not masked: 1002.
      assert.deepEqual(JSON.parse(again.text), { statusCode: 101, closed: true, closeCode: 1002 });
    },
  );
});
