import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { randomMoments } from '#demo-server/feed.ts';
import { longPollMeanMs } from '#demos/race/latency-model.ts';
import { longPollMeanByRule } from '#scripts/bench/long-poll-rule.ts';

describe('long polling event by event', () => {
  it('takes the way while events are rarer than round trips', () => {
    assert.equal(longPollMeanByRule([0, 250, 500, 750], 50), 50);
  });

  it('answers with all that came into the silence after an answer', () => {
    // The second waits for 90 ms and the third for 40; the fourth finds the question waiting.
    assert.equal(longPollMeanByRule([0, 10, 60, 300], 50), (50 + 140 + 90 + 50) / 4);
  });

  it('counts what the client takes to ask again as silence', () => {
    assert.equal(longPollMeanByRule([0, 110], 50, 20), (50 + 60) / 2);
  });

  for (const [delayMs, gapMs] of [
    [50, 250],
    [200, 250],
    [50, 50],
  ] as const) {
    it(`has the formula’s mean over many events, ${String(delayMs)} ms one way, one each ${String(gapMs)} ms`, () => {
      const mean = longPollMeanByRule(randomMoments(1, 20_000, gapMs), delayMs);
      const ratio = mean / longPollMeanMs(gapMs, delayMs);
      assert.ok(Math.abs(ratio - 1) < 0.01, String(ratio));
    });
  }
});
