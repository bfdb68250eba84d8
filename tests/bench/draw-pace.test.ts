import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DrawPace } from '#bench/draw-pace.ts';

const FRAME = 1000 / 60;

/** A page whose next frames begin when the test says so. */
function paceOf(leastMs?: number) {
  let now = 1000;
  const waiting: (() => void)[] = [];
  const waits: number[] = [];
  const clock = {
    now: () => now,
    nextFrame: (act: () => void) => waiting.push(act),
    later: (act: () => void, ms: number) => {
      waits.push(ms);
      act();
    },
  };
  const pace = new DrawPace(clock, leastMs);
  return {
    pace,
    waits,
    pass: (ms: number) => (now += ms),
    frameAfter: (ms: number) => {
      now += ms;
      for (const act of waiting.splice(0)) act();
    },
  };
}

describe('the pace of drawing', () => {
  it('is each frame, as long as few rows come', () => {
    const { pace } = paceOf();
    pace.drawing(31);
    assert.equal(pace.mustWait, false);
  });

  it('of a flood is every other frame on a machine that keeps up', () => {
    const { pace, frameAfter } = paceOf();
    pace.drawing(5000);
    assert.equal(pace.mustWait, true);
    frameAfter(FRAME);
    assert.equal(pace.mustWait, true);
    frameAfter(FRAME);
    assert.equal(pace.mustWait, false);
  });

  for (const [where, rows, leastMs] of [
    ['of a flood', 5000, undefined],
    ['of few rows where times are measured', 1, 250],
  ] as const) {
    it(`${where} leaves fourteen fifteenths of the time to others when it makes frames late`, () => {
      const { pace, pass, frameAfter } = paceOf(leastMs);
      pace.drawing(rows);
      frameAfter(FRAME + 20);
      frameAfter(FRAME + 10);
      pass(14 * 30 - 1);
      assert.equal(pace.mustWait, true);
      pass(2);
      assert.equal(pace.mustWait, false);
    });
  }

  it('is a quarter of a second where times are measured, of few rows and of many', () => {
    const { pace, pass, frameAfter } = paceOf(250);
    for (const rows of [1, 5000]) {
      pace.drawing(rows);
      frameAfter(FRAME);
      frameAfter(FRAME);
      pass(249 - 2 * FRAME);
      assert.equal(pace.mustWait, true, String(rows));
      pass(2);
      assert.equal(pace.mustWait, false, String(rows));
    }
  });

  it('is waited for by a timer where times are measured, and frame by frame in a flood', () => {
    const timed = paceOf(250);
    timed.pace.drawing(1);
    timed.frameAfter(FRAME);
    timed.frameAfter(FRAME);
    let looks = 0;
    timed.pace.lookAgain(() => looks++);
    assert.deepEqual([timed.waits.map(Math.round), looks], [[Math.round(250 - 2 * FRAME)], 0]);
    timed.frameAfter(FRAME);
    assert.equal(looks, 1);

    const flood = paceOf();
    flood.pace.drawing(5000);
    flood.pace.lookAgain(() => looks++);
    flood.frameAfter(FRAME);
    assert.deepEqual([flood.waits, looks], [[], 2]);
  });

  it('is at least once a second, however slow the machine', () => {
    const { pace, pass, frameAfter } = paceOf();
    pace.drawing(5000);
    frameAfter(400);
    frameAfter(400);
    pass(999);
    assert.equal(pace.mustWait, true);
    pass(2);
    assert.equal(pace.mustWait, false);
  });
});
