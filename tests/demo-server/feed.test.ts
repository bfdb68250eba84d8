import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { Feed, randomGap } from '#demo-server/feed.ts';

function feedInRun() {
  const run = new AbortController();
  const told: string[] = [];
  const feed = new Feed<string>({ ended: run.signal });
  const listen = (since: number) =>
    feed.listen(since, {
      item: (item, number) => void told.push(`${String(number)} ${item}`),
      end: () => void told.push('end'),
    });
  return { run, told, feed, listen };
}

describe('a feed', () => {
  it('gives a listener what it has missed, then what comes, numbered from 1', () => {
    const { told, feed, listen } = feedInRun();
    feed.publish('a');
    feed.publish('b');
    listen(1);
    feed.publish('c');
    assert.deepEqual(told, ['2 b', '3 c']);
  });

  it('tells nobody who has stopped listening', () => {
    const { told, feed, listen } = feedInRun();
    const hangUp = listen(0);
    hangUp();
    feed.publish('a');
    feed.end();
    assert.deepEqual(told, []);
  });

  it('ends once, with its run, and what was to come next does not', (test) => {
    test.mock.timers.enable({ apis: ['setTimeout'] });
    const { run, told, feed, listen } = feedInRun();
    listen(0);
    feed.next(10, () => {
      feed.publish('late');
    });
    run.abort();
    feed.end();
    feed.next(10, () => {
      feed.publish('later still');
    });
    test.mock.timers.tick(100);
    assert.deepEqual([told, feed.items], [['end'], []]);
  });
});

describe('a feed that has ended', () => {
  it('gives whoever comes after what it had, and says at once that this is all', () => {
    const { told, feed, listen } = feedInRun();
    feed.publish('a');
    feed.end();
    listen(0);
    assert.deepEqual(told, ['1 a', 'end']);
  });
});

describe('gaps that come at random', () => {
  it('are the same for the same seed and place, on average as long as was asked for', () => {
    const gaps = Array.from({ length: 2000 }, (_, place) => randomGap(7, place, 3000));
    assert.equal(randomGap(7, 3, 3000), gaps[3]);
    assert.notEqual(randomGap(8, 3, 3000), gaps[3]);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    assert.ok(Math.abs(mean - 3000) < 200, String(mean));
    // Of an exponential distribution, 1 − 1/e is below the mean.
    const below = gaps.filter((gap) => gap < 3000).length / gaps.length;
    assert.ok(Math.abs(below - 0.632) < 0.03, String(below));
  });
});
