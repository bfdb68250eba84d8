import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FORGOTTEN_TABLE, shuffledDelays } from '#demo-server/demos/acknowledge.ts';
import { batchAddress } from '#demos/acknowledge/batch.ts';
import demo from '#demos/acknowledge/demo.ts';
import slowJob from '#demos/slow-job/demo.ts';
import { PATIENCE_MS } from '#demos/slow-job/orders.ts';
import { figuresOf } from './lesson-figures.ts';

const lesson = figuresOf('did-it-happen');

const ORDERS = 10;
/** Of the path on which answers get lost. */
const [, nth = ''] =
  /swallows=down;nth=(\d+)\//.exec(batchAddress('http://x/', 'lost-answers', 1)) ?? [];
const words = ['', '', '', '', 'four', 'fifth'];

describe('figures of did-it-happen, recomputed', () => {
  it('asks about the path that the demo has', () => {
    assert.match(
      lesson.questionOf('lost-answers'),
      /^Ten POSTs, and the box swallows each fifth answer\./,
    );
    assert.match(
      lesson.questionOf('all-but-one'),
      /from the fifth answer on is swallowed\. Ten orders,/,
    );
    assert.equal(words[Number(nth)], 'fifth');
    lesson.quotes(/Four arrive\./);
    assert.equal(words[Number(nth) - 1], 'four');
    assert.match(lesson.questionOf('five-sends'), /Your script sends five\./);
    lesson.quotes('Find your five frames');
    assert.equal(demo.parameters.orders.default, 5);
    assert.equal(demo.parameters.orders.max, ORDERS);
  });

  it('counts the coffees of POSTs whose every fifth answer is lost', () => {
    let [requests, coffees] = [0, 0];
    for (let pending = ORDERS; pending > 0;) {
      coffees += pending;
      const lost =
        Math.floor((requests + pending) / Number(nth)) - Math.floor(requests / Number(nth));
      requests += pending;
      pending = lost;
    }
    assert.equal(lesson.answerTo('lost-answers'), String(coffees));
    lesson.quotes(/Twelve\. All ten were made the first time, two answers got lost/);
  });

  it('counts the coffees of a WebSocket that falls silent at each fifth answer', () => {
    const rounds = [];
    for (let pending = ORDERS; pending > 0; pending -= Number(nth) - 1) rounds.push(pending);
    assert.deepEqual(rounds, [10, 6, 2]);
    lesson.quotes(/Eighteen: ten, then the six without an answer, then the last two\./);
    assert.equal(
      lesson.answerTo('all-but-one'),
      String(rounds.reduce((sum, round) => sum + round, 0)),
    );
  });

  it('says how long a coffee takes', () => {
    const delays = shuffledDelays(demo.parameters.seed.default);
    assert.match(
      lesson.questionOf('in-order'),
      new RegExp(`takes ${Math.min(...delays)} to ${Math.max(...delays)} ms`),
    );
  });

  it('names the table that is forgotten after a 202', () => {
    lesson.quotes(`look at table ${FORGOTTEN_TABLE}, which our server forgets`);
    assert.ok(FORGOTTEN_TABLE <= demo.parameters.orders.default);
  });

  it('says how long a cake bakes and how long the proxy waits, and the cake takes longer', () => {
    const bakesMs = slowJob.parameters.bakesMs.default;
    assert.match(
      lesson.questionOf('no-patience'),
      new RegExp(`bakes for ${bakesMs / 1000} s, .* gives a request ${PATIENCE_MS / 1000} s\\.`),
    );
    assert.ok(bakesMs > PATIENCE_MS);
    const [, way] = slowJob.parameters.box.choices;
    assert.ok(way.label.endsWith(`${PATIENCE_MS / 1000} s`));
  });

  it('asks for as few round trips as the challenge checks', () => {
    lesson.quotes('ten in three round trips');
    assert.match(JSON.stringify(demo.challenges), /"data\.roundTrip":\{"atLeast":4\}/);
  });

  it('tells of the moment after send()', () => {
    lesson.quotesEach(/`?bufferedAmount`? (?:is )?0/);
    // A premise, of as many as one order of the demo has at most.
    assert.match(lesson.questionOf('async-handler'), /^Ten messages/);
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
