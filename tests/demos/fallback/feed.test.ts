import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { feedSeen } from '#demos/fallback/feed-log.ts';
import { feedAddress, tally } from '#demos/fallback/feed.ts';

describe('the path of a feed', () => {
  const address = 'http://localhost:4321/live/run/fallback/';

  it('stacks its boxes, outermost first', () => {
    assert.equal(feedAddress(address, 'none'), address);
    assert.equal(
      feedAddress(address, 'buffer+strip-upgrade'),
      `${address}via/buffer/via/strip-upgrade/`,
    );
    assert.equal(feedAddress(address, 'slow;delayMs=300'), `${address}via/slow;delayMs=300/`);
  });
});

describe('counting a feed', () => {
  const came = (...numbers: number[]) => numbers.map((number) => ({ number, transport: 'x' }));

  it('tells lost from doubled, and loses nothing before the end', () => {
    assert.deepEqual(tally(came(1, 2, 2, 4), true), { received: 3, lost: 13, doubled: 1 });
    assert.deepEqual(tally(came(1, 2, 2, 4), false), { received: 3, lost: 0, doubled: 1 });
    const all = Array.from({ length: 16 }, (_, index) => index + 1);
    assert.deepEqual(tally(came(...all), true), { received: 16, lost: 0, doubled: 0 });
  });
});

describe('what is seen of the last feed', () => {
  const rows = (...drafts: readonly (readonly [name: string, data?: object])[]): Row[] =>
    drafts.map(([name, data], index) => ({
      number: index + 1,
      t: index * 10,
      kind: 'app',
      vantage: 'page',
      data: { name, ...data },
    }));
  const ws = { transport: 'WebSocket' };
  const poll = { transport: 'long polling' };

  it('counts attempts, those that brought nothing, and what came again', () => {
    const seen = feedSeen(
      rows(
        ['start'],
        ['try', ws],
        ['update', { number: 1, ...ws }],
        ['start'],
        ['try', poll],
        ['try', ws],
        ['first-update', { afterMs: 12, ...poll }],
        ['update', { number: 1, ...poll }],
        ['give-up', { ...ws, reason: 'closed' }],
        ['again', { number: 1, ...poll }],
        ['done', { ...poll }],
      ),
    );
    assert.deepEqual(seen.arrivals, [{ number: 1, transport: 'long polling' }]);
    assert.deepEqual([seen.tries, seen.wasted, seen.cameAgain], [2, 1, 1]);
    assert.deepEqual([seen.isOver, seen.survivor, seen.firstAfterMs], [true, 'long polling', 12]);
    assert.deepEqual(seen.log[0], { at: 10, text: 'Trying long polling.' });
  });

  it('is nothing before the first', () => {
    const seen = feedSeen([]);
    assert.deepEqual([seen.arrivals.length, seen.tries, seen.octets], [0, 0, 0]);
  });
});
