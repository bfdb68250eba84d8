import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WebSocket as OurWebSocket } from 'ws';
import { climb, type Feed } from '#demos/fallback/client.ts';
import { feedAddress } from '#demos/fallback/feed.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

/** As a page of ours opens one; Node's own sends no Origin. */
class PageWebSocket extends OurWebSocket {
  constructor(url: URL) {
    super(url, { headers: { origin: client.origin } });
    this.on('error', () => undefined);
  }
}
Object.assign(globalThis, { WebSocket: PageWebSocket });

/** Follows one feed to its end; says what the user saw, what was reported, and by what it ended. */
async function follow(path: string, settings: Partial<Feed>) {
  const run = await client.beginRun('fallback');
  const place = `/live/${run}/fallback/`;
  await client.send('POST', `${place}feed`, { updates: 100, intervalMs: 10, pauseAfter: 0 });
  const numbers: number[] = [];
  const transports = new Set<string>();
  const reported: string[] = [];
  const survivor = await climb(
    {
      address: feedAddress(`${client.origin}${place}`, path),
      order: 'polling-first',
      timeoutMs: 10_000,
      resume: true,
      dropKnown: true,
      signal: new AbortController().signal,
      onUpdate: ({ number }, transport) => {
        numbers.push(number);
        transports.add(transport);
      },
      ...settings,
    },
    (name) => reported.push(name),
  );
  return { survivor, numbers, transports: [...transports], reported };
}

const all = Array.from({ length: 100 }, (_, index) => index + 1);
const slow = 'slow;delayMs=100';

describe('polling first, over a slow path', () => {
  it('goes up to the WebSocket, and hands on each number once, in order', async () => {
    const { survivor, numbers, transports, reported } = await follow(slow, {});
    assert.equal(survivor, 'WebSocket');
    assert.deepEqual(transports, ['long polling', 'WebSocket']);
    assert.deepEqual(numbers, all);
    assert.ok(reported.includes('again'), 'both brought something');
  });

  it('hands on doubles when it was told to', async () => {
    const { numbers, reported } = await follow(slow, { dropKnown: false });
    assert.ok(numbers.length > all.length, String(numbers.length));
    assert.deepEqual(
      [...new Set(numbers)].sort((one, other) => one - other),
      all,
    );
    assert.equal(reported.includes('again'), false);
  });
});

describe('polling first, where there is no WebSocket', () => {
  it('stays with polling behind a refusal', async () => {
    const { survivor, numbers, reported } = await follow('refuse-upgrade', {});
    assert.equal(survivor, 'long polling');
    assert.deepEqual(numbers, all);
    assert.equal(reported.filter((name) => name === 'give-up').length, 1);
  });

  it('stays with polling behind an open and silent socket', async () => {
    const { survivor, numbers } = await follow('accept-then-drop', { timeoutMs: 200 });
    assert.equal(survivor, 'long polling');
    assert.deepEqual(numbers, all);
  });
});
