import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MessageRate } from '#demo-server/message-rate.ts';

function start() {
  const clock = { now: 0 };
  const rate = new MessageRate(() => clock.now);
  const count = (times: number) => {
    let waitMs = 0;
    for (let index = 0; index < times; index += 1) waitMs = rate.count();
    return waitMs;
  };
  return { clock, count };
}

describe('threat 10: message floods, the rate', () => {
  it('lets 400 pass at once and has the next one wait', () => {
    const { count } = start();
    assert.equal(count(400), 0);
    assert.equal(count(1), 5);
  });

  it('lets 200 a second pass for as long as one likes', () => {
    const { clock, count } = start();
    for (let second = 0; second < 60; second += 1) {
      assert.equal(count(200), 0);
      clock.now += 1000;
    }
  });

  it('has a flood wait for as long as it would have taken at 200 a second', () => {
    const { clock, count } = start();
    assert.equal(count(400 + 2000), 10_000);
    clock.now += 10_000;
    assert.equal(count(1), 5);
  });

  it('saves up no more than a burst', () => {
    const { clock, count } = start();
    clock.now += 3_600_000;
    assert.equal(count(400), 0);
    assert.equal(count(1), 5);
  });
});
