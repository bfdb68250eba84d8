import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  answered,
  everyMsOf,
  meanAgeMs,
  nothingYet,
  predict,
  type Tally,
} from '#demos/mailbox/tally.ts';
import demo from '#demos/mailbox/demo.ts';

const letter = (number: number, ageMs: number) => ({ number, ageMs });

describe('counting what came', () => {
  const answers = [[letter(1, 100)], [], [letter(2, 50), letter(3, 900)], []];
  const tally = answers.reduce<Tally>(answered, nothingYet('wait'));

  it('tells letters from answers, and empty answers from both', () => {
    assert.equal(tally.answers, 4);
    assert.equal(tally.empty, 2);
    assert.equal(tally.letters, 3);
    assert.deepEqual(tally.marks, [
      letter(1, 100),
      'empty',
      letter(2, 50),
      letter(3, 900),
      'empty',
    ]);
  });

  it('has the mean over letters, not over answers, and the worst', () => {
    assert.equal(meanAgeMs(tally), 350);
    assert.equal(tally.worstAgeMs, 900);
    assert.equal(meanAgeMs(nothingYet('wait')), undefined);
  });
});

describe('the prediction for asking by the clock', () => {
  it('agrees with a simulation: uniform draws through the inverse of the exponential', () => {
    for (const everyMs of [1000, 3000, 10_000]) {
      // One stratified uniform row in a scrambled order, so that no luck is in it.
      const count = 200_003;
      const gaps = Array.from({ length: count }, (_, index) => {
        const uniform = (((index * 77_269) % count) + 0.5) / count;
        return -Math.log(1 - uniform) * 3000;
      });
      let at = 0;
      let ages = 0;
      const asked = new Set<number>();
      for (const gap of gaps) {
        at += gap;
        const question = Math.ceil(at / everyMs);
        asked.add(question);
        ages += question * everyMs - at;
      }
      const { meanAgeMs: mean, emptyShare } = predict(everyMs);
      const questions = Math.ceil(at / everyMs);
      assert.ok(Math.abs(ages / count / mean - 1) < 0.02, `mean at ${everyMs}`);
      assert.ok(Math.abs(1 - asked.size / questions - emptyShare) < 0.02, `empty at ${everyMs}`);
    }
  });

  it('is made for the ways that have a clock, and for no other', () => {
    assert.deepEqual(
      demo.parameters.way.choices.map(({ value }) => everyMsOf(value)),
      [1000, 3000, 10_000, undefined, undefined, undefined],
    );
  });
});
