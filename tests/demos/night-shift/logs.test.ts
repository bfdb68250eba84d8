import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import demo from '#demos/night-shift/demo.ts';
import {
  causeOf,
  Causes,
  filtered,
  linesOf,
  LogNames,
  nightOf,
  NO_FILTER,
  type Line,
} from '#demos/night-shift/logs.ts';
import { Answers, rightAnswer, UNSAID, wordsFor } from '#demos/night-shift/naming.ts';

const { min, max } = demo.parameters.seed;
const seeds = Array.from({ length: max - min + 1 }, (_, index) => min + index);
const told = ['http', 'messages'] as const;

const shareOf = (lines: readonly Line[]) =>
  lines.filter(({ isFailed }) => isFailed).length / lines.length;

describe('the nights of the MODEL', () => {
  it('are the same again for the same seed, and others for another', () => {
    for (const log of LogNames) assert.deepEqual(linesOf(7, log), linesOf(7, log));
    assert.notDeepEqual(linesOf(7, 'http'), linesOf(8, 'http'));
    const causes = new Set(seeds.map((seed) => wordsFor(causeOf(seed, 'http'))));
    assert.equal(causes.size, Causes.length);
  });

  for (const log of told) {
    it(`${log}: whoever sifts by one value at a time finds the cause, with every seed`, () => {
      for (const seed of seeds) {
        const orders = filtered(linesOf(seed, log), { ...NO_FILTER, what: 'order' });
        const suspects = Causes.map((cause) => {
          const of = filtered(orders, { ...NO_FILTER, [cause.field]: cause.value });
          return { words: wordsFor(cause), share: shareOf(of) };
        }).toSorted((one, other) => other.share - one.share);
        assert.equal(suspects[0]?.words, rightAnswer(seed, log), `seed ${String(seed)}`);
        // Not by a hair.
        assert.ok((suspects[0]?.share ?? 0) > 1.2 * (suspects[1]?.share ?? 0), String(seed));
      }
    });

    it(`${log}: about 4 % of the orders fail`, () => {
      const shares = seeds.map((seed) =>
        shareOf(filtered(linesOf(seed, log), { ...NO_FILTER, what: 'order' })),
      );
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      assert.ok(mean > 0.035 && mean < 0.045, String(mean));
    });
  }

  it('an access log has one line for a WebSocket, and none of them failed', () => {
    for (const seed of seeds) {
      const lines = linesOf(seed, 'sockets');
      const users = new Set(nightOf(seed, 'sockets').map(({ user }) => user));
      assert.equal(lines.length, users.size);
      assert.ok(lines.every(({ text, isFailed }) => / 101 /.test(text) && !isFailed));
      assert.equal(rightAnswer(seed, 'sockets'), UNSAID);
      // Though orders failed that night, too.
      assert.ok(nightOf(seed, 'sockets').some(({ status }) => status >= 400));
    }
  });

  it('every answer can be named once', () => {
    assert.equal(new Set(Answers).size, Causes.length + 1);
  });
});
