import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import demo from '#demos/five-doors/demo.ts';
import { outcomeOf, visitsOf } from '#demos/five-doors/doors.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';
import { goalsMet, rowsOf } from '#tests/support/captured-run.ts';

const client = await startDemoServer();
const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
  // As the robot's: a cache keeps what two names of one server say apart.
  host: `localhost:${String(client.server.port)}`,
};

type Visit = { readonly destination: string } | { readonly visitor: string };

/** Lets each ask for the badge in turn, and returns the rows when all have their answers. */
async function rowsAfter(way: 'direct' | 'shared-cache' | 'ws', visits: readonly Visit[]) {
  const run = await client.beginRun('five-doors');
  const watcher = await client.watch(run);
  const path = {
    direct: 'readers/badge',
    'shared-cache': 'via/shared-cache/readers/badge',
    ws: 'ws',
  };
  const place = { direct: 'badge', 'shared-cache': 'cached-badge', ws: 'ws' };
  for (const visit of visits) {
    if ('destination' in visit) {
      const headers = { ...browser, 'sec-fetch-dest': visit.destination };
      await client.ask({ path: `/live/${run}/five-doors/${path[way]}`, headers });
    } else {
      await client.send('POST', `/runs/${run}/robot`, { ...visit, place: place[way] });
    }
  }
  const answered = () => visitsOf(rowsOf(watcher.events)).filter(({ statusCode }) => statusCode);
  await watcher.until(() => answered().length === visits.length);
  return rowsOf(watcher.events);
}

const inBrowser: readonly Visit[] = [{ destination: 'document' }, { destination: 'image' }];
const tools: readonly Visit[] = ['curl', 'health-check', 'crawler'].map((visitor) => ({ visitor }));

describe('Five doors', () => {
  const challenge = 'five-doors';

  it('is solved by all five, with a shared cache on the path', async () => {
    const rows = await rowsAfter('shared-cache', [...inBrowser, ...tools]);
    assert.deepEqual(goalsMet(demo, challenge, rows), ['browser', 'tools', 'hit']);
    assert.deepEqual(
      // However slow the machine: the age is in whole seconds.
      visitsOf(rows).map((visit) => [
        visit.door,
        outcomeOf(visit).replace(/\d+$/, (age) => (age.length < 3 ? 'n' : age)),
      ]),
      [
        ['address bar', '200'],
        ['<img>', '200, Age n'],
        ['curl', '200, Age n'],
        ['health check', '200, Age n'],
        ['crawler', '200, Age n'],
      ],
    );
  });

  it('is not solved by all five straight at the server', async () => {
    const rows = await rowsAfter('direct', [...inBrowser, ...tools]);
    assert.deepEqual(goalsMet(demo, challenge, rows), ['browser', 'tools']);
  });

  it('is not solved by one client five times, cached as it is', async () => {
    const rows = await rowsAfter(
      'shared-cache',
      Array.from({ length: 5 }, () => inBrowser[1]!),
    );
    assert.deepEqual(goalsMet(demo, challenge, rows), ['hit']);
  });

  it('is not solved at the WebSocket’s address', async () => {
    const rows = await rowsAfter('ws', [...inBrowser, ...tools]);
    assert.deepEqual(goalsMet(demo, challenge, rows), []);
    assert.ok(visitsOf(rows).every(({ statusCode }) => statusCode === 426));
  });
});
