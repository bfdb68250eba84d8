import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/mailbox/demo.ts';

const [challenge] = demo.challenges;
assert.ok(challenge);

const solved = (data: Record<string, unknown>): boolean => {
  const row: Row = {
    number: 1,
    t: 10,
    kind: 'app',
    vantage: 'page',
    data: { name: 'tens', ...good, ...data },
  };
  return evaluate(challenge, [row]).goals.every(({ met }) => met);
};
const good = { way: 'events', letters: 10, answers: 10, empty: 0, meanAgeMs: 3 };

describe('the challenge “No hollow boxes”', () => {
  it('is solved by ten letters without an empty answer, under 300 ms old, by any way', () => {
    for (const way of ['wait', 'events', 'socket']) assert.ok(solved({ way }), way);
    assert.ok(solved({ letters: 12, answers: 5, meanAgeMs: 299 }));
  });

  it('is not solved by asking often: most answers are empty', () => {
    assert.equal(solved({ way: 'every-1', answers: 29, empty: 21, meanAgeMs: 480 }), false);
    assert.equal(solved({ empty: 1 }), false);
  });

  it('is not solved by asking seldom: the letters are old', () => {
    assert.equal(solved({ way: 'every-10', answers: 5, meanAgeMs: 5000 }), false);
    assert.equal(solved({ meanAgeMs: 300 }), false);
  });

  it('is not solved by ten letters dropped just before one question', () => {
    assert.equal(solved({ way: 'every-1', answers: 1, meanAgeMs: 200 }), false);
  });

  it('is not solved by fewer than ten', () => {
    assert.equal(solved({ letters: 9 }), false);
  });
});
