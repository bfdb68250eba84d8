import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/quiet-feed/demo.ts';
import { seriesOf } from '#demos/quiet-feed/series.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const app = (name: string, data: object = {}): RowDraft => ({
  kind: 'app',
  data: { name, series: 1, ...data },
});
const answered = (statusCode: number, count = 1, series = 1): RowDraft[] =>
  Array.from({ length: count }, () => ({
    kind: 'server',
    data: { name: 'answered', series, statusCode },
  }));
const isSolved = (drafts: readonly RowDraft[]): boolean =>
  evaluate(demo.challenges[0]!, writtenRows(drafts)).goals.every(({ met }) => met);

describe('Cheap silence', () => {
  it('is solved by questions that name a version', () => {
    assert.ok(isSolved([...answered(200), ...answered(304, 14), app('over', { asks: 15 })]));
    // The notice may be replaced once meanwhile.
    assert.ok(isSolved([...answered(200, 2), ...answered(304, 13), app('over', { asks: 15 })]));
  });

  it('is not solved by questions that want it all', () => {
    assert.equal(isSolved([...answered(200, 15), app('over', { asks: 15 })]), false);
  });

  it('is not solved by few questions, or by a notice that keeps changing', () => {
    assert.equal(
      isSolved([...answered(200), ...answered(304, 13), app('over', { asks: 14 })]),
      false,
    );
    const noisy = [...answered(200, 3), ...answered(304, 17), app('over', { asks: 20 })];
    assert.equal(isSolved(noisy), false);
  });

  it('is not solved by the answers of another series', () => {
    const other = [...answered(304, 14, 2), ...answered(200, 1, 1)];
    assert.equal(isSolved([...other, app('over', { asks: 15 })]), false);
  });
});

describe('what a series cost', () => {
  const head = (requestTarget: string, length: number): RowDraft => ({
    kind: 'http.req.head',
    direction: 'up',
    hop: 0,
    connection: 3,
    octets: octetsFromLatin1('x'.repeat(length)),
    data: { requestTarget },
  });
  const answer = (statusCode: number, length: number): RowDraft => ({
    kind: 'http.res.head',
    direction: 'down',
    hop: 0,
    connection: 3,
    octets: octetsFromLatin1('x'.repeat(length)),
    data: { statusCode },
  });
  const rows = writtenRows([
    app('asking', { how: 'whole' }),
    head('/live/x/quiet-feed/notice?series=1', 500),
    answer(200, 1200),
    app('news', { version: 1 }),
    app('over', { asks: 1 }),
    app('asking', { series: 2, how: 'newer' }),
    head('/live/x/quiet-feed/notice?series=2', 530),
    answer(304, 120),
    // Neither is this one’s.
    head('/live/x/quiet-feed/change', 600),
    answer(204, 90),
  ]);

  it('is its own heads and contents, the newest series first', () => {
    const [second, first] = seriesOf(rows);
    assert.deepEqual(first, {
      series: 1,
      how: 'whole',
      requests: 1,
      news: 1,
      notModified: 0,
      octetsUp: 500,
      octetsDown: 1200,
      isOver: true,
    });
    assert.deepEqual(
      [second?.octetsUp, second?.octetsDown, second?.notModified, second?.news, second?.isOver],
      [530, 120, 1, 0, false],
    );
  });
});
