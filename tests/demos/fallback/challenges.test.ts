import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/fallback/demo.ts';

const app = (name: string, data: object, kind: Row['kind'] = 'app') => ({
  kind,
  data: { name, ...data },
});

function met(challenge: string, drafts: readonly Pick<Row, 'kind' | 'data'>[]): string[] {
  const found = demo.challenges.find(({ id }) => id === challenge) ?? assert.fail(challenge);
  const rows = drafts.map((draft, index): Row => ({
    ...draft,
    number: index + 1,
    t: index,
    vantage: 'page',
  }));
  return evaluate(found, rows)
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);
}

describe('All sixteen', () => {
  const done = (path: string, more: object = {}) =>
    app('done', { path, received: 16, lost: 0, doubled: 0, ...more });

  it('is solved by three whole feeds on three paths', () => {
    const paths = ['strip-upgrade', 'accept-then-drop', 'buffer+strip-upgrade'];
    assert.deepEqual(
      met(
        'all-sixteen',
        paths.map((path) => done(path)),
      ),
      ['stripped', 'dropped', 'last-resort'],
    );
  });

  it('is not solved with one update lost, or one doubled', () => {
    assert.deepEqual(
      met('all-sixteen', [
        done('strip-upgrade', { received: 15, lost: 1 }),
        done('accept-then-drop', { doubled: 1 }),
      ]),
      [],
    );
  });

  it('is not solved on a path without boxes', () => {
    assert.deepEqual(met('all-sixteen', [done('none')]), []);
  });
});

describe('Under two seconds, anywhere', () => {
  const first = (path: string, afterMs: number) => app('first-update', { path, afterMs });

  it('is solved by 1,999 ms on four paths', () => {
    const paths = ['none', 'refuse-upgrade', 'accept-then-drop', 'buffer+strip-upgrade'];
    const rows = paths.map((path) => first(path, 1999));
    assert.deepEqual(met('under-two-seconds-anywhere', rows), [
      'open-road',
      'refused',
      'silent',
      'held-back',
    ]);
  });

  it('is not solved by 2,000 ms, nor by another event in less', () => {
    assert.deepEqual(met('under-two-seconds-anywhere', [first('none', 2000)]), []);
    const other = app('update', { path: 'none', afterMs: 5 });
    assert.deepEqual(met('under-two-seconds-anywhere', [other]), []);
  });

  it('does not take the server’s note for what the page saw', () => {
    const note = app('first-update', { path: 'none', afterMs: 5 }, 'server');
    assert.deepEqual(met('under-two-seconds-anywhere', [note]), []);
  });
});

describe('Over the switch', () => {
  const again = app('again', { number: 2, transport: 'WebSocket' });
  const done = (more: object = {}) =>
    app('done', {
      path: 'slow;delayMs=300',
      order: 'polling-first',
      transport: 'WebSocket',
      received: 16,
      lost: 0,
      doubled: 0,
      ...more,
    });

  it('is solved by a feed whose doubles were dropped', () => {
    assert.deepEqual(met('over-the-switch', [again, done()]), ['came-twice', 'whole']);
  });

  it('is solved whichever of the two brings an update second', () => {
    const byPoll = app('again', { number: 2, transport: 'long polling' });
    assert.deepEqual(met('over-the-switch', [byPoll, done()]), ['came-twice', 'whole']);
  });

  it('is not solved when the user sees doubles, nor when one is lost', () => {
    assert.deepEqual(met('over-the-switch', [done({ doubled: 2 })]), []);
    assert.deepEqual(met('over-the-switch', [again, done({ received: 15, lost: 1 })]), [
      'came-twice',
    ]);
  });

  it('is not solved without a switch', () => {
    assert.deepEqual(met('over-the-switch', [again, done({ order: 'websocket-first' })]), []);
    assert.deepEqual(met('over-the-switch', [again, done({ transport: 'long polling' })]), []);
  });
});
