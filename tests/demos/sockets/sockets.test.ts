import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import { batchesOf, countConnections } from '#demos/sockets/batches.ts';
import demo from '#demos/sockets/demo.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

/** A batch: each number is the connection of one request and its answer. */
const batch = (number: number, connections: readonly number[], what = 'keep'): RowDraft[] => [
  { kind: 'app', data: { name: 'batch', batch: number, way: 'in-turn' } },
  ...connections.flatMap((connection, index): RowDraft[] => {
    const requestTarget = `/live/run/sockets/${what}/${number}/${index + 1}`;
    return [
      { kind: 'http.req.head', connection, data: { requestTarget } },
      { kind: 'http.res.head', connection, data: { requestTarget, statusCode: 200 } },
    ];
  }),
];
const times = (count: number, connection: number) =>
  Array.from({ length: count }, () => connection);

describe('the connections of a batch', () => {
  it('are counted from the heads of that batch alone', () => {
    const rows = writtenRows([...batch(1, [4, 4, 4]), ...batch(2, [4, 5, 6], 'close')]);
    const [first, second] = batchesOf(rows);
    assert.ok(first && second);
    assert.deepEqual([countConnections(first), first.answered], [1, 3]);
    assert.deepEqual([countConnections(second), second.connections], [3, [4, 5, 6]]);
  });

  it('do not mix batch 1 with batch 11', () => {
    const [first] = batchesOf(writtenRows([...batch(1, [4]), ...batch(11, [5])]));
    assert.deepEqual(first?.connections, [4]);
  });
});

describe('Reuse', () => {
  const [challenge] = demo.challenges;
  assert.ok(challenge);
  const isSolved = (drafts: readonly RowDraft[]) =>
    evaluate(challenge, writtenRows(drafts)).goals.every(({ met }) => met);

  it('is solved by ten answers on one connection', () => {
    assert.equal(isSolved(batch(1, times(10, 3))), true);
  });

  it('is not solved by ten connections, by six, or by seven answers on one', () => {
    assert.equal(isSolved(batch(1, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 'close')), false);
    assert.equal(isSolved(batch(1, [1, 2, 3, 4, 5, 6, 1, 2, 3, 4])), false);
    assert.equal(isSolved(batch(1, [...times(7, 1), 2])), false);
  });
});
