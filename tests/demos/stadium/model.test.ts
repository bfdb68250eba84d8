import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hitRatio, mostOriginRequests, originMessages } from '#demos/stadium/model.ts';

const crowd = {
  readers: 10_000,
  everySeconds: 2,
  nodes: 1,
  lifetimeSeconds: 2,
  eventsPerSecond: 0.2,
};

/** Requests at random, one after the other, and a cache that forgets after T; nothing of the formula. */
function simulatedHitRatio(rate: number, lifetime: number): number {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 1) / (2 ** 32 + 1);
  };
  const requests = 200_000;
  let now = 0;
  let freshUntil = 0;
  let hits = 0;
  for (let count = 0; count < requests; count += 1) {
    now -= Math.log(uniform()) / rate;
    if (now < freshUntil) hits += 1;
    else freshUntil = now + lifetime;
  }
  return hits / requests;
}

describe('λT/(1+λT)', () => {
  // Curriculum, Appendix B.5: simulated there / formula.
  for (const [rate, lifetime, published] of [
    [1, 1, '0.500'],
    [1, 10, '0.909'],
    [50, 10, '0.998'],
  ] as const) {
    it(`λ = ${rate}, T = ${lifetime}: ${published}, and so says a simulation`, () => {
      assert.equal(hitRatio(rate, lifetime).toFixed(3), published);
      const difference = hitRatio(rate, lifetime) - simulatedHitRatio(rate, lifetime);
      assert.ok(Math.abs(difference) < 0.005, String(difference));
    });
  }
});

describe('messages that leave the origin', () => {
  it('10,000 readers every 2 s: 5,000 per second, and half a request behind a cache', () => {
    assert.equal(originMessages('direct', crowd), 5000);
    const behind = originMessages('shared-cache', crowd);
    assert.equal(behind.toFixed(2), '0.50');
    assert.ok(behind < mostOriginRequests(crowd));
    assert.equal(mostOriginRequests(crowd), 0.5);
  });

  it('a cache is worth nothing to one reader who comes less often than it forgets', () => {
    const one = { ...crowd, readers: 1, everySeconds: 60 };
    assert.equal(originMessages('shared-cache', one).toFixed(3), '0.016');
    assert.equal(originMessages('direct', one).toFixed(3), '0.017');
  });

  it('each node asks for itself, and a long poll once for each event', () => {
    const spread = { ...crowd, nodes: 100 };
    assert.equal(originMessages('shared-cache', spread).toFixed(1), '49.5');
    assert.equal(originMessages('long-poll', spread), 20);
    assert.equal(originMessages('long-poll', { ...spread, readers: 3 }).toFixed(1), '0.6');
  });

  it('a stream and a socket cost one each', () => {
    for (const way of ['events', 'websocket']) assert.equal(originMessages(way, crowd), 2000);
  });
});
