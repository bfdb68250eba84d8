import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';

import { Alarm } from '#demo-server/boxes/alarm.ts';

const TURN_MS = 0.02;

/** An alarm on a clock of its own, on which a turn of the event loop takes a fiftieth of a millisecond. */
function begin(test: TestContext) {
  test.mock.timers.enable({ apis: ['setTimeout'] });
  let turn = 0;
  const looked = new Set<number>();
  const now = () => {
    looked.add(turn);
    return turn * TURN_MS;
  };
  const advance = async (ms: number) => {
    for (let left = ms / TURN_MS; left > 0; left -= 1) {
      turn += 1;
      if (turn % (1 / TURN_MS) === 0) test.mock.timers.tick(1);
      await new Promise(setImmediate);
    }
  };
  const alarm = new Alarm(now);
  test.after(() => {
    alarm.callOff();
  });
  const lookedIn = (ms: number) => (looked.size * TURN_MS) / ms;
  return { alarm, now: () => turn * TURN_MS, advance, lookedIn };
}

describe('an alarm', () => {
  for (const due of [0.3, 1, 7.5, 50.38]) {
    it(`goes off at its moment, in ${String(due)} ms`, async (test) => {
      const { alarm, now, advance } = begin(test);
      const wentOff: number[] = [];
      alarm.set(due, () => wentOff.push(now()));
      await advance(60);
      assert.equal(wentOff.length, 1);
      const [late = NaN] = wentOff.map((at) => at - due);
      assert.ok(late >= 0 && late <= 2 * TURN_MS, `${String(late)} ms late`);
    });
  }

  it('is not early when a timer is', async (test) => {
    const { alarm, now, advance } = begin(test);
    let wentOff = NaN;
    await advance(0.5);
    alarm.set(20, () => (wentOff = now()));
    test.mock.timers.tick(18);
    await advance(30);
    assert.ok(wentOff >= 20 && wentOff <= 20 + 2 * TURN_MS, String(wentOff));
  });

  it('goes off at once, and not within the call, when its moment has passed', async (test) => {
    const { alarm, advance } = begin(test);
    let wentOff = false;
    alarm.set(-5, () => (wentOff = true));
    assert.equal(wentOff, false);
    await advance(TURN_MS);
    assert.ok(wentOff);
  });

  it('leaves the clock alone until shortly before', async (test) => {
    const { alarm, advance, lookedIn } = begin(test);
    alarm.set(100, () => undefined);
    await advance(100);
    assert.ok(lookedIn(100) < 0.03, String(lookedIn(100)));
  });

  it('leaves most of a long row of moments to timers, and is late by a millisecond then', async (test) => {
    const { alarm, now, advance, lookedIn } = begin(test);
    const late: number[] = [];
    const next = (due: number) => {
      alarm.set(due, () => {
        late.push(now() - due);
        next(due + 0.9);
      });
    };
    next(0.9);
    await advance(500);
    assert.ok(late.length > 500, String(late.length));
    assert.ok(Math.min(...late) >= 0, String(Math.min(...late)));
    assert.ok(Math.max(...late) <= 1 + 2 * TURN_MS, String(Math.max(...late)));
    assert.ok(lookedIn(500) < 0.3, String(lookedIn(500)));
  });

  it('does not go off once it is called off, near its moment or far from it', async (test) => {
    const { alarm, advance } = begin(test);
    alarm.set(50, () => {
      assert.fail('went off');
    });
    await advance(30);
    alarm.callOff();
    alarm.set(80.5, () => {
      assert.fail('went off');
    });
    await advance(50.2);
    alarm.callOff();
    await advance(10);
  });
});
