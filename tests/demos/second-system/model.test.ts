import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadOf, meanRequests, percentOf, SECONDS, type Day } from '#demos/second-system/model.ts';
import { CAPACITY, ROOM } from '#demos/second-system/tiers.ts';

const day: Day = { share: 5, shed: 0, wait: 5, spread: false };

const meanOf = (requests: readonly number[]): number =>
  requests.reduce((sum, count) => sum + count, 0) / requests.length;

describe('who goes where', () => {
  // By hand: 10,000 × 5 % = 500 pollers, 500 ÷ 5 = 100 requests a second; 9,500 sockets for 6,000.
  it('nobody is turned away: 5 % on the fallback leave the WebSocket tier too much', () => {
    const { served, waiting, sockets, pollers, peak } = loadOf(day);
    assert.deepEqual([served, waiting, sockets, pollers, peak], [10_000, 0, 9500, 500, 100]);
    assert.deepEqual([percentOf(sockets, ROOM), percentOf(peak, CAPACITY)], [158, 25]);
  });

  // By hand: 7,000 ÷ 5 = 1,400 requests a second for 400; 3,000 sockets for 6,000.
  it('nobody is turned away: 70 % on the fallback are too much for that', () => {
    const { sockets, peak } = loadOf({ ...day, share: 70 });
    assert.deepEqual([percentOf(sockets, ROOM), percentOf(peak, CAPACITY)], [50, 350]);
  });

  it('on no place between, both hold: 40 % is the least for the one, 20 % the most for the other', () => {
    for (let share = 5; share <= 70; share += 1) {
      const { sockets, peak } = loadOf({ ...day, share });
      assert.equal(sockets < ROOM, share > 40, String(share));
      assert.equal(peak < CAPACITY, share < 20, String(share));
    }
  });

  // By hand: 28 % of 10,000 away, 7,200 served; 20 % of them poll: 1,440 ÷ 5 = 288; 5,760 sockets.
  it('with 28 % turned away, a fifth of the rest on the fallback fits', () => {
    const { served, waiting, sockets, pollers, requests } = loadOf({
      share: 20,
      shed: 28,
      wait: 120,
      spread: true,
    });
    assert.deepEqual([served, waiting, sockets, pollers], [7200, 2800, 5760, 1440]);
    // Nobody is back before the 120th second.
    assert.deepEqual(new Set(requests.slice(0, 119)), new Set([288]));
  });
});

describe('those who are turned away', () => {
  const away: Day = { share: 20, shed: 28, wait: 60, spread: false };

  it('come back as one, if all were told the same: every 60 s, 2,800 in a second', () => {
    const { requests, peak } = loadOf(away);
    assert.equal(peak, 288 + 2800);
    const waves = requests.flatMap((count, at) => (count > 288 ? [at + 1] : []));
    assert.deepEqual(waves, [60, 120, 180, 240, 300]);
  });

  it('come back evenly, if each was told another number, from 60 to 120', () => {
    const { requests, peak } = loadOf({ ...away, spread: true });
    assert.ok(peak < CAPACITY, String(peak));
    assert.equal(
      requests.slice(0, 59).every((count) => count === 288),
      true,
    );
    assert.ok((requests[59] ?? 0) > 288);
  });

  it('are load themselves, if they are told a short time', () => {
    const short = { ...away, wait: 5, spread: true };
    const load = loadOf(short);
    // By hand: 288 + 2,800 ÷ 7.5.
    assert.equal(meanRequests(load, short).toFixed(1), '661.3');
    assert.ok(load.peak > CAPACITY);
    assert.ok(Math.abs(meanOf(load.requests) - 661.3) < 10, String(meanOf(load.requests)));
  });
});

describe('the formula', () => {
  for (const wait of [1, 5, 20])
    for (const spread of [false, true])
      it(`says what the clients do, told ${wait} s, ${spread ? 'spread' : 'all the same'}`, () => {
        const one: Day = { share: 20, shed: 30, wait, spread };
        const load = loadOf(one);
        const said = meanRequests(load, one);
        // The first wave comes only when its wait is over.
        const counted = meanOf(load.requests.slice(2 * wait));
        assert.ok(Math.abs(counted - said) < 0.05 * said, `${counted}, said ${said}`);
      });
});

it('is the same each time, and another with another seed', () => {
  const spread: Day = { share: 20, shed: 28, wait: 60, spread: true };
  assert.deepEqual(loadOf(spread), loadOf(spread));
  assert.notDeepEqual(loadOf(spread).requests, loadOf(spread, 2).requests);
  assert.equal(loadOf(spread).requests.length, SECONDS);
});

it('percents are rounded down: 399 of 400 are not yet all', () => {
  assert.equal(percentOf(399, 400), 99);
  assert.equal(percentOf(400, 400), 100);
});
