import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import { LineParser, parsePiece } from '#demos/chunks/client.ts';
import demo from '#demos/chunks/demo.ts';
import { addressOn, lastReading } from '#demos/chunks/reading.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const text = '{"seq":1}\n{"seq":2}\n{"seq":3}\n';
const all = [{ seq: 1 }, { seq: 2 }, { seq: 3 }];

describe('two clients of the same text', () => {
  it('are both right when each piece is a line', () => {
    const pieces = text.split(/(?<=\n)/);
    const parser = new LineParser();
    assert.deepEqual(pieces.map(parsePiece), all);
    assert.deepEqual(
      pieces.flatMap((piece) => parser.push(piece)),
      all,
    );
  });

  it('differ wherever else it is cut: only the one that reads lines is right', () => {
    for (let size = 1; size <= text.length; size += 1) {
      if (size === 10) continue;
      const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      const parser = new LineParser();
      assert.deepEqual(
        pieces.flatMap((piece) => parser.push(piece)),
        all,
        `pieces of ${size}`,
      );
      assert.throws(() => pieces.map(parsePiece), SyntaxError, `pieces of ${size}`);
    }
  });
});

const app = (name: string, data: object = {}): RowDraft => ({
  kind: 'app',
  data: { name, ...data },
});
const boxed: RowDraft = { kind: 'box', data: { name: 'response-rechunked', size: 16 } };
const thrown = (path: string) =>
  app('error', { by: 'one piece is one JSON', piece: 1, path, error: 'SyntaxError' });

describe('Broken parser', () => {
  const [challenge] = demo.challenges;
  assert.ok(challenge);
  const met = (drafts: readonly RowDraft[]) =>
    evaluate(challenge, writtenRows(drafts))
      .goals.filter((goal) => goal.met)
      .map(({ id }) => id);

  it('is solved by a box that cuts a line in two', () => {
    const done = app('done', { path: 'rechunk', byLine: 3, errors: 6 });
    assert.deepEqual(met([boxed, thrown('rechunk'), done]), ['naive-throws', 'lines-survive']);
  });

  it('is not solved without the box, nor by a box that leaves the lines whole', () => {
    const bare = app('done', { path: 'none', byLine: 3, errors: 1 });
    assert.deepEqual(met([thrown('none'), bare]), []);
    const whole = app('done', { path: 'rechunk', byLine: 3, errors: 0 });
    assert.deepEqual(met([boxed, whole]), []);
  });
});

describe('what a panel shows of a reading', () => {
  it('is the last one: its pieces, their errors and the lines that ended in each', () => {
    const rows = writtenRows([
      app('read'),
      app('piece', { piece: 9, bytes: 1, text: '{' }),
      app('read'),
      app('piece', { piece: 1, bytes: 16, text: '{"seq":1,"text":' }),
      app('error', { by: 'one piece is one JSON', piece: 1 }),
      app('piece', { piece: 2, bytes: 9, text: '"Hello"}\n' }),
      app('error', { by: 'one piece is one JSON', piece: 2 }),
      app('message', { by: 'lines', piece: 2 }),
    ]);
    const reading = lastReading(rows);
    assert.deepEqual([reading?.errors, reading?.byLine, reading?.isOver], [2, 1, false]);
    assert.deepEqual(
      reading?.pieces.map(({ bytes, lines }) => [bytes, lines]),
      [
        [16, 0],
        [9, 1],
      ],
    );
    assert.equal(lastReading([]), undefined);
  });

  it('goes by the box only when it is on the path', () => {
    const at = 'http://localhost/live/r/chunks/';
    assert.equal(addressOn(at, { path: 'none', size: 16, waitMs: 50 }), at);
    assert.equal(
      addressOn(at, { path: 'rechunk', size: 16, waitMs: 50 }),
      `${at}via/rechunk;size=16;waitMs=50/`,
    );
  });
});
