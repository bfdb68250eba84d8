import assert from 'node:assert/strict';
import { METHODS } from 'node:http';
import { describe, it } from 'node:test';
import { AMOUNT, FIRST_BALANCE } from '#demo-server/demos/press-twice.ts';
import { answerTo, insidesOf, writtenLesson } from './lesson-text.ts';

const { text } = writtenLesson('verbs-that-mean-something');

describe('figures of verbs-that-mean-something, recomputed', () => {
  it('says what Node’s parser has on its list', () => {
    for (const method of ['UPDATE', 'patch', 'put']) assert.equal(METHODS.includes(method), false);
    assert.match(text, /UPDATE is not on it\. It answers 400/);
  });

  // That each method really ends there is held by the tests of the demo's server side.
  it('says what is in the wallet after one and after two', () => {
    const once = FIRST_BALANCE + AMOUNT;
    const twice = once + AMOUNT;
    assert.equal(answerTo(text, 'lost-and-retried'), String(twice));
    assert.match(text, new RegExp(`the wallet holds ${once}: it says what the balance`));
    assert.match(text, new RegExp(`PATCH by \\+${AMOUNT} ends at ${twice}\\.`));
    assert.match(text, new RegExp(`DELETE ends at ${once}, although its second answer is 404`));
  });

  it('counts what a socket would need as many as it lists', () => {
    const step =
      insidesOf(text, 'Step').find((inside) => inside.includes('you would define')) ?? '';
    const [, list = ''] = /you would define: ([^.]+)\./.exec(step) ?? [];
    assert.equal(list.split(', ').length, 7);
    assert.match(step, /That is seven things/);
  });
});
