import assert from 'node:assert/strict';
import { METHODS } from 'node:http';
import { describe, it } from 'node:test';
import { AMOUNT, FIRST_BALANCE } from '#demo-server/demos/press-twice.ts';
import type { Row } from '#capture/row.ts';
import { readReplay } from '#bench/replay.ts';
import pressTwice from '#demos/press-twice/demo.ts';
import { pressesOf } from '#demos/press-twice/presses.ts';
import sendUpdate from '#demos/send-update/demo.ts';
import { trialsOf } from '#demos/send-update/trials.ts';
import { readFileSync } from 'node:fs';
import { answerTo, insidesOf, writtenLesson } from './lesson-text.ts';

const { text } = writtenLesson('verbs-that-mean-something');
const rowsOf = (demo: Parameters<typeof readReplay>[0]): readonly Row[] =>
  readReplay(demo, readFileSync(`content/captures/${demo.id}.json`, 'utf8'), 'recording').store
    .rows;

describe('figures of verbs-that-mean-something, recomputed', () => {
  it('says what became of each method in the recording', () => {
    const trials = trialsOf(rowsOf(sendUpdate)).map(
      ({ server, asked, sent, statusCode, handlerCalls }) =>
        [server, asked, sent, statusCode, handlerCalls].join(' '),
    );
    assert.deepEqual(trials, [
      'strict UPDATE UPDATE 501 0',
      'node UPDATE UPDATE 400 0',
      'router UPDATE UPDATE 400 0',
      'router patch patch 400 0',
      'router put PUT 200 1',
    ]);
    assert.equal(METHODS.includes('UPDATE'), false);
    assert.match(text, /UPDATE is not on it\. It answers 400/);
  });

  it('says what was in the wallet in the recording', () => {
    const twice = FIRST_BALANCE + 2 * AMOUNT;
    const once = FIRST_BALANCE + AMOUNT;
    assert.deepEqual(
      pressesOf(rowsOf(pressTwice)).map(({ method, withKey, balance, answer }) => [
        withKey ? `${method} with key` : method,
        balance,
        answer,
      ]),
      [
        ['POST', twice, '201'],
        ['PUT', once, '200'],
        ['PATCH', twice, '200'],
        ['DELETE', once, '404'],
        ['POST with key', once, '201'],
      ],
    );
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
