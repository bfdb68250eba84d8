import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import demo from '#demos/mailbox/demo.ts';
import { everyMsOf, predict } from '#demos/mailbox/tally.ts';
import { answerTo, writtenLesson } from './lesson-text.ts';

const root = join(import.meta.dirname, '../..');
const { text } = writtenLesson('who-speaks-first');
const server = readFileSync(join(root, 'demo-server/demos/mailbox.ts'), 'utf8');

describe('figures of who-speaks-first, recomputed', () => {
  it('has the rate of letters that the server has and the prediction takes', () => {
    assert.match(server, /MEAN_GAP_MS = 3000;/);
    assert.match(text, /one in three seconds on average/);
    // A time of one mean gap: e^(−1).
    assert.ok(Math.abs(predict(3000).emptyShare - 1 / Math.E) < 1e-9);
  });

  it('has a row for each clock that the bench offers, with what is predicted', () => {
    const rows = [...text.matchAll(/^\| (\d+) s \| ([\d.]+) s \| (\d+) % \|$/gm)];
    assert.deepEqual(
      rows.map(([, seconds]) => Number(seconds) * 1000),
      demo.parameters.way.choices
        .map(({ value }) => everyMsOf(value))
        .filter((everyMs) => everyMs !== undefined),
    );
    for (const [, seconds, age, share] of rows) {
      const { meanAgeMs, emptyShare } = predict(Number(seconds) * 1000);
      assert.equal(Number(age) * 1000, meanAgeMs);
      assert.equal(Number(share), Math.round(emptyShare * 100));
    }
  });

  it('has the right predictions', () => {
    const { meanAgeMs, emptyShare } = predict(3000);
    assert.equal(answerTo(text, 'every-three'), `${meanAgeMs / 1000} s`);
    assert.equal(answerTo(text, 'empty-share'), 'More than a third');
    assert.ok(emptyShare > 1 / 3 && emptyShare < 1 / 2);
  });

  it('is right that ten letters leave a few tenths of a second to chance', () => {
    // The standard deviation of a uniform wait of 3 s, over the root of ten.
    const deviation = 3 / Math.sqrt(12) / Math.sqrt(10);
    assert.ok(deviation > 0.2 && deviation < 0.4);
  });

  it('asks for what the challenge checks', () => {
    const checked = JSON.stringify(demo.challenges[0]?.goals);
    assert.match(text, /ten letters, with no empty answer and a mean age under 300 ms/);
    assert.match(checked, /"data\.letters":\{"atLeast":10\}/);
    assert.match(checked, /"data\.meanAgeMs":\{"atMost":299\}/);
  });
});
