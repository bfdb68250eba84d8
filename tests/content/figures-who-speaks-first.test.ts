import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import demo from '#demos/mailbox/demo.ts';
import { everyMsOf, predict } from '#demos/mailbox/tally.ts';
import quietFeed from '#demos/quiet-feed/demo.ts';
import { seriesOf } from '#demos/quiet-feed/series.ts';
import { figuresOf } from './lesson-figures.ts';

const root = join(import.meta.dirname, '../..');
const lesson = figuresOf('who-speaks-first');
const server = readFileSync(join(root, 'demo-server/demos/mailbox.ts'), 'utf8');

describe('figures of who-speaks-first, recomputed', () => {
  it('has the rate of letters that the server has and the prediction takes', () => {
    assert.match(server, /MEAN_GAP_MS = 3000;/);
    lesson.quotes('one every three seconds on average');
    assert.match(lesson.questionOf('empty-share'), /one every 3 seconds on average/);
    // A time of one mean gap: e^(−1).
    assert.ok(Math.abs(predict(3000).emptyShare - 1 / Math.E) < 1e-9);
  });

  it('has a row for each clock that the bench offers, with what is predicted', () => {
    const rows = lesson.quotesEach(/^\| (\d+) s \| ([\d.]+) s \| (\d+) % \|$/m);
    assert.deepEqual(
      rows.map(([seconds]) => Number(seconds) * 1000),
      demo.parameters.way.choices
        .map(({ value }) => everyMsOf(value))
        .filter((everyMs) => everyMs !== undefined),
    );
    for (const [seconds, age, share] of rows) {
      const { meanAgeMs, emptyShare } = predict(Number(seconds) * 1000);
      assert.equal(Number(age) * 1000, meanAgeMs);
      assert.equal(Number(share), Math.round(emptyShare * 100));
    }
  });

  it('has the right predictions', () => {
    const { meanAgeMs, emptyShare } = predict(3000);
    assert.match(lesson.questionOf('every-three'), /asks every 3 seconds/);
    assert.equal(lesson.answerTo('every-three'), `${meanAgeMs / 1000} s`);
    lesson.quotes(`About ${meanAgeMs / 1000} seconds.`);
    lesson.quotes('has just missed a question and waits the full three seconds');
    assert.equal(lesson.answerTo('empty-share'), 'More than a third');
    assert.ok(emptyShare > 1 / 3 && emptyShare < 1 / 2);
  });

  it('is right that who asks less often gets fewer empty answers and older letters', () => {
    const [often, seldom] = [predict(1000), predict(10_000)];
    assert.match(lesson.questionOf('slower-clock'), /every 10 seconds instead of every second/);
    assert.equal(lesson.answerTo('slower-clock'), 'Fewer empty answers, older letters');
    assert.ok(seldom.emptyShare < often.emptyShare && seldom.meanAgeMs > often.meanAgeMs);
  });

  it('is right that ten letters leave a few tenths of a second to chance', () => {
    // The standard deviation of a uniform wait of 3 s, over the root of ten.
    const deviation = 3 / Math.sqrt(12) / Math.sqrt(10);
    assert.ok(deviation > 0.2 && deviation < 0.4);
  });

  it('describes the quiet feed as its server and its challenge have it', () => {
    const feed = readFileSync(join(root, 'demo-server/demos/quiet-feed.ts'), 'utf8');
    assert.match(feed, /EVERY_MS = 60_000;/);
    lesson.quotes(/A notice changes once a minute, and the page asks every second/);
    assert.match(JSON.stringify(quietFeed.challenges), /"data\.asks":\{"atLeast":15\}/);
    lesson.quotes(/fifteen questions that bring the content twice at most/);
  });

  it('has the fewer bytes down and the more up that its recording shows', () => {
    const json = readFileSync(join(root, 'content/captures/quiet-feed.json'), 'utf8');
    const [newer, whole] = seriesOf(readReplay(quietFeed, json, 'recording').store.rows);
    assert.deepEqual([whole?.how, newer?.how], ['whole', 'newer']);
    assert.deepEqual([whole?.requests, newer?.requests], [15, 15]);
    assert.ok(Number(newer?.octetsDown) < Number(whole?.octetsDown) / 3);
    assert.ok(Number(newer?.octetsUp) > Number(whole?.octetsUp));
    assert.equal(lesson.answerTo('what-shrinks'), 'The bytes down');
  });

  it('asks for what the challenge checks', () => {
    const checked = JSON.stringify(demo.challenges[0]?.goals);
    lesson.quotes(/ten letters, with no empty answer and a mean age under 300 ms/);
    assert.match(checked, /"data\.letters":\{"atLeast":10\}/);
    assert.match(checked, /"data\.meanAgeMs":\{"atMost":299\}/);
  });

  it('leaves no figure without a source or a capture', () => {
    assert.deepEqual(lesson.unfounded(), []);
  });
});
