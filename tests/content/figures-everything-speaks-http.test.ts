import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import fiveDoors from '#demos/five-doors/demo.ts';
import { visitsOf } from '#demos/five-doors/doors.ts';
import { filtered, linesOf, NIGHT_SECONDS, NO_FILTER } from '#demos/night-shift/logs.ts';
import nightShift from '#demos/night-shift/demo.ts';
import roulette from '#demos/roulette/demo.ts';
import { figuresOf } from './lesson-figures.ts';

const lesson = figuresOf('everything-speaks-http');

const rowsOf = (demo: DemoDefinition) => {
  const json = readFileSync(`content/captures/${demo.id}.json`, 'utf8');
  return readReplay(demo, json, 'recording').store.rows;
};

describe('figures of everything-speaks-http, recomputed', () => {
  it('426 and 400, as recorded', () => {
    const atSocket = visitsOf(rowsOf(fiveDoors)).filter(({ what }) => what === 'ws');
    assert.deepEqual(
      atSocket.map(({ door, statusCode }) => [door, statusCode]),
      [
        ['curl', 426],
        ['curl', 400],
        ['new WebSocket()', 101],
      ],
    );
    assert.equal(lesson.answerTo('no-upgrade'), '426');
    lesson.quotes(/\*\*curl that asks for Upgrade\*\* you get 400/);
  });

  it('about 4 % of the orders, and none of them in the log of WebSockets', () => {
    const seed = nightShift.parameters.seed.default;
    for (const log of ['http', 'messages'] as const) {
      const orders = filtered(linesOf(seed, log), { ...NO_FILTER, what: 'order' });
      const failed = orders.filter(({ isFailed }) => isFailed).length;
      assert.equal((100 * failed) / orders.length > 3.4, true);
      assert.equal((100 * failed) / orders.length < 4.5, true);
    }
    lesson.quotes(/about 4 % of the orders fail/);
    assert.ok(linesOf(seed, 'sockets').every(({ isFailed }) => !isFailed));
    assert.equal(lesson.answerTo('lines-about-it'), 'None');
    assert.equal(NIGHT_SECONDS, 40 * 60);
    lesson.quotes(/up to forty minutes later/);
  });

  it('six and six, then three to each; the WebSockets of the question', () => {
    assert.equal(12 / 2, 6);
    assert.equal(12 / 4, 3);
    lesson.quotes(/The twelve requests went six and six; now they go three to each of four/);
    assert.equal(roulette.parameters.clients.default, 10);
    const question = lesson.questionOf('at-the-new');
    assert.match(question, /^Two servers hold five WebSockets each\./);
    const sentOn = rowsOf(roulette)
      .filter(({ kind, data }) => kind === 'box' && data['name'] === 'sent-on')
      .map(({ data }) => data['server']);
    assert.equal(sentOn.filter((server) => server === 'A').length, 6);
    assert.equal(sentOn.filter((server) => server === 'B').length, 6);
  });

  it('asks for what the challenges check', () => {
    lesson.quotes('asks for 40 % at the new servers');
    assert.match(JSON.stringify(roulette.challenges), /"data\.onNew":\{"atLeast":40\}/);
    lesson.quotes('asks you to be right at once, three times');
    assert.equal(nightShift.challenges[0]?.goals.length, 3);
    // A way of speaking.
    lesson.quotes('not ten thousand requests');
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
