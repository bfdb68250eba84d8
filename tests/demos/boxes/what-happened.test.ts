import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { whatHappened } from '#demos/boxes/what-happened.ts';
import { matrixOf, csvOf } from '#demos/boxes/matrix.ts';
import { sawInShort } from '#demos/boxes/words.ts';

type Draft = Partial<Row> & Pick<Row, 'kind' | 'data'>;
const rowsOf = (drafts: readonly Draft[]): Row[] =>
  drafts.map((draft, index): Row => ({ number: index + 1, t: index, vantage: 'page', ...draft }));
const app = (name: string, data: object = {}): Draft => ({ kind: 'app', data: { name, ...data } });

describe('what happened', () => {
  const start = app('start', { path: 'strip-upgrade', transport: 'WebSocket' });
  const ask = (hop: number, fields: object): Draft => ({
    kind: 'http.req.head',
    hop,
    data: { requestTarget: '/live/r/boxes/live', fields },
  });

  it('counts each side of the box by itself, from the newest start on', () => {
    const rows = rowsOf([
      start,
      ask(0, { upgrade: 'websocket' }),
      start,
      ask(0, { upgrade: 'websocket' }),
      ask(1, {}),
      { kind: 'http.res.head', hop: 1, answers: 5, data: { statusCode: 200 } },
      { kind: 'http.res.head', hop: 0, answers: 4, data: { statusCode: 200 } },
      {
        kind: 'box',
        data: { box: 'strip-upgrade', name: 'upgrade-stripped', section: 'RFC 9110 §7.6.1' },
      },
    ]);
    const happened = whatHappened(rows);
    assert.deepEqual(
      happened?.hops.map(({ requests, withUpgrade, statuses }) => [
        requests,
        withUpgrade,
        statuses,
      ]),
      [
        [1, 1, ['200']],
        [1, 0, ['200']],
      ],
    );
    assert.deepEqual(happened?.notes, [
      { text: 'strip-upgrade: upgrade stripped, RFC 9110 §7.6.1', times: 1 },
    ]);
  });

  it('says the same event once, with its count', () => {
    const close = app('close', { code: 1006 });
    assert.deepEqual(
      sawInShort(rowsOf([start, close, close, app('left', { readyState: 'OPEN' })])),
      ['2 × close event, code 1006', 'stopped: still OPEN'],
    );
  });
});

describe('the matrix', () => {
  it('keeps the newest probe of each cell, and is saved a cell a line', () => {
    const cell = (received: number) =>
      app('cell', { line: 'buffer', transport: 'WebSocket', received, medianMs: 2, attempts: 1 });
    const matrix = matrixOf(rowsOf([cell(0), cell(16)]));
    assert.equal(
      csvOf(matrix, 'Chromium, 156'),
      'line,transport,received of 16,median ms,attempts,browser\r\n"buffer","WebSocket",16,2,1,"Chromium, 156"\r\n',
    );
  });
});
