import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { feedAddress, tally } from '#demos/fallback/feed.ts';

describe('the path of a feed', () => {
  const address = 'http://localhost:4321/live/run/fallback/';

  it('stacks its boxes, outermost first', () => {
    assert.equal(feedAddress(address, 'none'), address);
    assert.equal(
      feedAddress(address, 'buffer+strip-upgrade'),
      `${address}via/buffer/via/strip-upgrade/`,
    );
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
