import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  longPollEvenMeanMs,
  longPollMeanMs,
  longPollsPerSecond,
  pushMeanMs,
  shortPollMeanMs,
} from '#demos/race/latency-model.ts';

/** Within one in a hundred of a figure that a simulation of 400,000 events gave. */
const near = (value: number, simulated: number) => {
  assert.ok(Math.abs(value / simulated - 1) < 0.01, `${value} is not near ${simulated}`);
};

describe('mean latency by formula, against the Monte-Carlo figures of the curriculum, B.5', () => {
  const simulated = [
    { perSecond: 0.1, delayMs: 50, meanMs: 50.5, questions: 0.1 },
    { perSecond: 1, delayMs: 50, meanMs: 55, questions: 0.996 },
    { perSecond: 4, delayMs: 50, meanMs: 68.7, questions: 3.728 },
    { perSecond: 4, delayMs: 200, meanMs: 377.6, questions: 2.219 },
    { perSecond: 20, delayMs: 50, meanMs: 96.9, questions: 9.377 },
    { perSecond: 20, delayMs: 200, meanMs: 399.8, questions: 2.5 },
  ];
  for (const { perSecond, delayMs, meanMs, questions } of simulated) {
    it(`long polling, ${perSecond} events a second, ${delayMs} ms one way`, () => {
      near(longPollMeanMs(1000 / perSecond, delayMs), meanMs);
      near(longPollsPerSecond(1000 / perSecond, delayMs), questions);
    });
  }

  it('short polling', () => {
    near(shortPollMeanMs(1000, 50), 550);
    near(shortPollMeanMs(1000, 200), 700);
    near(shortPollMeanMs(10_000, 50), 5056);
  });

  it('a client cannot ask more often than once in a round trip', () => {
    assert.equal(shortPollMeanMs(200, 300), 600);
  });

  it('what the client takes to ask again is silence too', () => {
    // The same silence of 400 ms, on a way that is shorter.
    assert.equal(longPollMeanMs(250, 150, 100) - 150, longPollMeanMs(250, 200) - 200);
    assert.equal(longPollEvenMeanMs(250, 150, 100), 150 + 200);
    // On its way when the next event comes, by that alone.
    assert.deepEqual([longPollEvenMeanMs(250, 120), longPollEvenMeanMs(250, 120, 20)], [120, 250]);
  });

  it('push takes the way', () => {
    assert.equal(pushMeanMs(200), 200);
  });
});

describe('long polling of an even feed, against a simulation event by event', () => {
  for (const [gapMs, delayMs] of [
    [250, 50],
    [250, 200],
    [250, 100],
    [100, 200],
    [1000, 200],
  ] as const) {
    it(`one each ${gapMs} ms, ${delayMs} ms one way`, () => {
      // Turnaround of a fraction of a millisecond, so that gap and round trip do not beat together.
      near(longPollEvenMeanMs(gapMs, delayMs), simulateEven(gapMs, 2 * delayMs + 0.37, delayMs));
    });
  }
});

/** A question is at the server from `asked` on; it is answered with all that is there. */
function simulateEven(gapMs: number, silenceMs: number, delayMs: number): number {
  const count = 20_000;
  let asked = 0;
  let total = 0;
  for (let index = 0; index < count;) {
    const answered = Math.max(asked, index * gapMs);
    for (; index < count && index * gapMs <= answered; index++) {
      total += answered - index * gapMs + delayMs;
    }
    asked = answered + silenceMs;
  }
  return total / count;
}
