import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { lastBill } from '#demos/stadium/bill.ts';
import demo from '#demos/stadium/demo.ts';
import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';
import { goalsMet, rowsOf } from '#tests/support/captured-run.ts';

const client = await startDemoServer();

type Reading = { readonly path: string; readonly robots: number; readonly via?: string };

/** Lets robots read, and returns the rows when all their connections are closed. */
async function rowsAfter(...readings: readonly Reading[]) {
  const run = await client.beginRun('stadium');
  const watcher = await client.watch(run);
  for (const reading of readings) await client.send('POST', `/runs/${run}/readers`, reading);
  const robots = readings.reduce((sum, reading) => sum + reading.robots, 0);
  await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length >= robots);
  return rowsOf(watcher.events);
}

const score = 'score?lifetime=30';

describe('Ten thousand for the price of one', () => {
  const challenge = 'price-of-one';

  it('is solved by 50 robots behind the shared cache', async () => {
    const rows = await rowsAfter({ path: score, robots: 50, via: 'shared-cache' });
    assert.deepEqual(goalsMet(demo, challenge, rows), ['crowd', 'two-responses']);
  });

  it('is not solved by 50 robots that ask the origin', async () => {
    const rows = await rowsAfter({ path: score, robots: 50, via: 'direct' });
    assert.deepEqual(goalsMet(demo, challenge, rows), ['crowd']);
  });

  it('is not solved by 49 robots', async () => {
    const rows = await rowsAfter({ path: score, robots: 49, via: 'shared-cache' });
    assert.deepEqual(goalsMet(demo, challenge, rows), []);
  });
});

describe('One event wakes them all', () => {
  const challenge = 'one-wakes-all';
  const path = 'log?offset=41';

  it('is solved by 20 robots that wait behind the shared cache', async () => {
    const rows = await rowsAfter({ path, robots: 20, via: 'shared-cache' });
    assert.deepEqual(goalsMet(demo, challenge, rows), ['told', 'one-response']);
  });

  it('is not solved by 20 robots that wait at the origin', async () => {
    const rows = await rowsAfter({ path, robots: 20, via: 'direct' });
    assert.deepEqual(goalsMet(demo, challenge, rows), ['told']);
  });

  it('is not solved by 19 robots, nor by polling', async () => {
    const rows = await rowsAfter(
      { path, robots: 19, via: 'shared-cache' },
      { path: score, robots: 20, via: 'shared-cache' },
    );
    assert.deepEqual(goalsMet(demo, challenge, rows), []);
  });
});

/** All octets that came down on the connections that the rows know, from the tap itself. */
function downOf(watcher: Watcher, rows: readonly Row[]): number {
  const connections = new Set(rows.map(({ connection }) => connection));
  return [...connections].reduce<number>(
    (sum, connection) =>
      sum + (connection === undefined ? 0 : watcher.text('down', connection).length),
    0,
  );
}

describe('the bill of a round', () => {
  const round = (way: string, readers: number) => ({
    number: 0,
    t: 0,
    kind: 'app' as const,
    vantage: 'page' as const,
    data: { name: 'round', way, readers },
  });

  it('straight from the origin, all that readers get has left it', async () => {
    const rows = await rowsAfter({ path: score, robots: 5, via: 'direct' });
    const bill = lastBill([round('direct', 5), ...rows]);
    assert.deepEqual([bill?.served, bill?.originMessages], [5, 5]);
    assert.equal(bill?.originOctets, bill?.readerOctets);
    assert.deepEqual([...(bill?.decisions ?? [])], []);
  });

  it('behind a cache, one response has', async () => {
    const rows = await rowsAfter({ path: score, robots: 5, via: 'shared-cache' });
    const bill = lastBill([round('shared-cache', 5), ...rows]);
    assert.deepEqual([bill?.served, bill?.originMessages], [5, 1]);
    const decided = [...(bill?.decisions ?? [])].reduce((sum, [, count]) => sum + count, 0);
    assert.deepEqual([bill?.decisions.get('miss'), decided], [1, 5]);
    assert.ok((bill?.readerOctets ?? 0) > 4 * (bill?.originOctets ?? Infinity));
  });

  it('a publish is a frame for each socket, of the message and two octets', async () => {
    const run = await client.beginRun('stadium');
    const watcher = await client.watch(run);
    const sockets = [];
    for (let count = 0; count < 3; count += 1) {
      sockets.push(await client.openWebSocket(`/live/${run}/stadium/ws`));
    }
    const messages = await Promise.all(
      sockets.map((socket) => once(socket, 'message') as Promise<[Buffer]>),
    );
    await watcher.until(() => watcher.text('down').match(/"event":42/g)?.length === 3);
    const rows = rowsOf(watcher.events);
    const bill = lastBill([round('websocket', 3), ...rows]);
    assert.deepEqual([bill?.served, bill?.originMessages], [3, 3]);
    const frames = rows.filter(({ kind }) => kind === 'ws.frame');
    for (const { octets } of frames) {
      assert.equal(octets?.length, 2 + (messages[0]?.[0].length ?? 0));
    }
    assert.equal(frames.length, 3);
    const octets = frames.reduce((sum, frame) => sum + (frame.octets?.length ?? 0), 0);
    assert.deepEqual([bill?.frames, bill?.frameOctets], [3, octets]);
    assert.equal(bill?.originOctets, downOf(watcher, rows));
  });

  it('a stream counts each of its octets once', async () => {
    const run = await client.beginRun('stadium');
    const watcher = await client.watch(run);
    await client.send('POST', `/runs/${run}/readers`, { path: 'events', robots: 2 });
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);
    const rows = rowsOf(watcher.events);
    const bill = lastBill([round('events', 2), ...rows]);
    assert.deepEqual([bill?.served, bill?.originMessages], [2, 2]);
    assert.equal(bill?.originOctets, downOf(watcher, rows));
  });

  it('nothing was read yet', () => {
    assert.equal(lastBill([]), undefined);
  });
});
