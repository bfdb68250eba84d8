import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import demo from '#demos/race/demo.ts';
import { raceOf } from '#demos/race/figures.ts';
import { longPollMeanMs, pushMeanMs, shortPollMeanMs } from '#demos/race/latency-model.ts';
import { answerTo, writtenLesson } from './lesson-text.ts';

const { text } = writtenLesson('where-the-milliseconds-go');
const capture = join(import.meta.dirname, '../../content/captures/race.json');
const { store } = readReplay(demo, readFileSync(capture, 'utf8'), 'recording');
const recorded = raceOf(store.rows) ?? assert.fail('no race');

/** Means in the lesson's table, for 50 and 200 ms. */
const row = (name: string): number[] => {
  const line = text.split('\n').find((each) => each.startsWith(`| ${name}`)) ?? assert.fail(name);
  return line
    .split('|')
    .slice(-3, -1)
    .map((cell) => Number(cell.replace(' ms', '')));
};

describe('figures of where-the-milliseconds-go, recomputed', () => {
  it('has the means of push and of short polling', () => {
    assert.deepEqual(row('SSE'), [50, 200].map(pushMeanMs));
    assert.deepEqual(
      row('Short polling, T = 1 s'),
      [50, 200].map((delayMs) => shortPollMeanMs(1000, delayMs)),
    );
  });

  it('has those of long polling, counted event by event', () => {
    // A question is back after two ways; by then every event of that time waits for it.
    const means = [50, 200].map((delayMs) => {
      let [asked, total] = [0, 0];
      for (let index = 0; index < 40_000;) {
        const answered = Math.max(asked, index * 250);
        for (; index < 40_000 && index * 250 <= answered; index++) total += answered - index * 250;
        asked = answered + 2 * delayMs + 0.37;
      }
      return delayMs + total / 40_000;
    });
    for (const [index, mean] of row('Long polling, an event every 250 ms').entries()) {
      assert.ok(Math.abs(mean / (means[index] ?? NaN) - 1) < 0.01, `${mean}, ${means[index]}`);
    }
    assert.equal(answerTo(text, 'long-at-200'), '400 ms');
  });

  it('has those of events at random', () => {
    const [, at50, at200] = /(\d+) ms at a delay of 50, (\d+) ms at 200/.exec(text) ?? [];
    assert.equal(Number(at50), Math.round(longPollMeanMs(250, 50)));
    assert.equal(Number(at200), Math.round(longPollMeanMs(250, 200)));
  });

  it('has the answers that the formulas give', () => {
    assert.equal(
      answerTo(text, 'halve-interval'),
      `${shortPollMeanMs(2000, 100).toLocaleString('en')} ms become ${shortPollMeanMs(1000, 100)} ms`,
    );
    assert.equal(answerTo(text, 'worst-long'), `${3 * 200} ms`);
    assert.ok(Math.abs(longPollMeanMs(10_000, 50) / pushMeanMs(50) - 1) < 0.02);
    assert.equal(answerTo(text, 'rare-events'), 'Neither');
  });

  it('counts the large message right', () => {
    assert.match(text, /a link of 2 MB in a second, a message of 4 MB takes 2 s/);
    const [, fragmentMs] = /fragments of 64 KiB.+ a fragment takes (\d+) ms/.exec(text) ?? [];
    assert.equal(Number(fragmentMs), Math.round((64 * 1024) / 2000));
  });

  it('describes what the bench sets of itself', () => {
    assert.equal(demo.parameters.everyMs.default, 250);
    assert.equal(demo.parameters.delayMs.default, 50);
    assert.equal(demo.parameters.pollMs.default, 1000);
  });
});

describe('what the lesson says of the recorded race', () => {
  const lane = (id: string) => recorded.lanes.find((one) => one.lane === id) ?? assert.fail(id);
  const perEvent = (id: string) => lane(id).octets / lane(id).arrivals.length;

  it('has every event in every lane', () => {
    for (const { name, arrivals } of recorded.lanes) assert.equal(arrivals.length, 30, name);
  });

  it('shows long polling near twice the way, and the others near it once', () => {
    const mean = (id: string) => lane(id).meanMs ?? NaN;
    for (const id of ['events', 'stream', 'ws', 'deflate']) {
      assert.ok(mean('long') / mean(id) > 1.8, id);
    }
  });

  it('costs many times as many bytes by long polling, and fewest deflated', () => {
    assert.ok(perEvent('long') > 4 * perEvent('ws'));
    assert.ok(perEvent('deflate') < perEvent('ws'));
    // One packet of an Ethernet carries 1,460 octets of TCP.
    for (const { octets = new Uint8Array(), kind } of store.rows) {
      if (kind === 'ws.frame' || kind === 'http.chunk') assert.ok(octets.length < 1460);
    }
  });
});
