import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RunClock } from '#bench/run-clock.ts';

describe('the page’s clock for a run', () => {
  it('follows the message that was underway for the shortest time', () => {
    let pageNow = 1000;
    const clock = new RunClock(() => pageNow);
    assert.equal(clock.now(), 0);
    clock.heard(0); // 1000 here is 0 there, at the latest
    pageNow = 1010;
    clock.heard(19); // 1010 here is 19 there: that message was quicker by 9
    pageNow = 1100;
    clock.heard(70); // 1100 here is 70 there: slower, and tells nothing
    assert.equal(clock.now(), 109);
  });

  it('takes a time of arrival that is known better than by now', () => {
    const clock = new RunClock(() => 1500);
    clock.heard(100, 1120);
    assert.equal(clock.now(), 480);
  });
});
