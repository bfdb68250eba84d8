import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/race/demo.ts';

const [challenge] = demo.challenges;
assert.ok(challenge);

/** A race as the server noted it, and as the page did. */
function isSolved(over: object, finish: object): boolean {
  const rows: Row[] = [
    {
      number: 1,
      t: 1,
      kind: 'server',
      vantage: 'server',
      data: { name: 'feed-over', feed: 7, events: 40, ...over },
    },
    {
      number: 2,
      t: 2,
      kind: 'app',
      vantage: 'page',
      data: { name: 'finish', feed: 7, hidden: false, ...finish },
    },
  ];
  return evaluate(challenge!, rows).goals.every(({ met }) => met);
}

describe('the challenge “Make long polling lose”', () => {
  it('is solved by 200 ms one way and four events a second', () => {
    assert.ok(isSolved({}, { longByEvents: 1.98 }));
    assert.ok(isSolved({ events: 30 }, { longByEvents: 1.8 }));
  });

  it('is not solved by a short way: the question is back before the next event', () => {
    assert.equal(isSolved({}, { longByEvents: 1.02 }), false);
  });

  it('is not solved by rare events on a long way', () => {
    assert.equal(isSolved({}, { longByEvents: 1.37 }), false);
  });

  it('is not solved by a few events, or by one lane alone', () => {
    assert.equal(isSolved({ events: 29 }, { longByEvents: 2 }), false);
    assert.equal(isSolved({}, {}), false);
  });

  it('is not solved by what the page says of a race that the server has not had', () => {
    assert.equal(isSolved({ feed: 6 }, { longByEvents: 2 }), false);
  });
});
