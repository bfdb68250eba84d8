import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chosenBy } from '#bench/row-keys.ts';
import type { Choices } from '#bench/choices.ts';

/** Rows 10, 20, 30 with a silence on either side of row 20. */
const numbers = [10, undefined, 20, undefined, 30];
const choices: Choices = {
  length: numbers.length,
  numberAt: (index) => numbers[index],
  indexOf: (number) => (number === undefined ? -1 : numbers.indexOf(number)),
};

describe('keys among rows', () => {
  it('pass over what can’t be chosen, both ways', () => {
    assert.equal(chosenBy(1, choices, 10), 20);
    assert.equal(chosenBy(-1, choices, 30), 20);
  });

  it('stop at both ends', () => {
    assert.equal(chosenBy(-1, choices, 10), 10);
    assert.equal(chosenBy(1, choices, 30), 30);
    assert.equal(chosenBy(Infinity, choices, 10), 30);
    assert.equal(chosenBy(-Infinity, choices, 20), 10);
    assert.equal(chosenBy(10, choices, 20), 30);
  });

  it('begin at the first row when the chosen one is not here', () => {
    assert.equal(chosenBy(-1, choices, 99), 10);
    assert.equal(chosenBy(1, choices, undefined), 20);
  });

  it('choose nothing where there is nothing', () => {
    const none = { ...choices, length: 1, numberAt: () => undefined };
    assert.equal(chosenBy(1, none, undefined), undefined);
    assert.equal(chosenBy(1, { ...none, length: 0 }, 10), undefined);
  });
});
