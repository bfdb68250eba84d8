import assert from 'node:assert/strict';
import { METHODS } from 'node:http';
import { describe, it } from 'node:test';
import { AMOUNT, FIRST_BALANCE } from '#demo-server/demos/press-twice.ts';
import type { Row } from '#capture/row.ts';
import { readReplay } from '#bench/replay.ts';
import pressTwice from '#demos/press-twice/demo.ts';
import { pressesOf } from '#demos/press-twice/presses.ts';
import { Pieces } from '#demos/rest-on-socket/pieces.ts';
import restOnSocket from '#demos/rest-on-socket/demo.ts';
import { lastTried } from '#demos/rest-on-socket/results.ts';
import sendUpdate from '#demos/send-update/demo.ts';
import { trialsOf } from '#demos/send-update/trials.ts';
import { readFileSync } from 'node:fs';
import { figuresOf } from './lesson-figures.ts';

const lesson = figuresOf('verbs-that-mean-something');
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
    lesson.quotes(/UPDATE is not on it\. It answers 400/);
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
    assert.equal(lesson.answerTo('lost-and-retried'), String(twice));
    lesson.quotes(new RegExp(`the wallet holds ${once}: it says what the balance`));
    lesson.quotes(new RegExp(`PATCH by \\+${AMOUNT} ends at ${twice}\\.`));
    lesson.quotes(new RegExp(`DELETE ends at ${once}, although its second answer is 404`));
  });

  it('counts the tasks and the pieces of a protocol on a socket', () => {
    const question = lesson.questionOf('nothing-agreed');
    assert.match(question, /^A script has eight tasks:/);
    lesson.quotes('It takes eight pieces,');
    assert.equal(Pieces.length, 8);
    const [first, second] = rowsOf(restOnSocket)
      .filter(({ kind, data }) => kind === 'app' && data['name'] === 'done')
      .map(({ number }) => lastTried(rowsOf(restOnSocket).slice(0, number)));
    assert.deepEqual([first?.pieces.length, first?.works], [0, 0]);
    assert.equal(lesson.answerTo('nothing-agreed'), 'None');
    assert.deepEqual([second?.pieces.length, second?.works], [8, 8]);
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
