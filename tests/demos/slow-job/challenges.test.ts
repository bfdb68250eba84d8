import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/slow-job/demo.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const app = (name: string, data: object = {}): RowDraft => ({
  kind: 'app',
  data: { name, ...data },
});
const server = (name: string, cake: number, data: object = {}): RowDraft => ({
  kind: 'server',
  data: { name, cake, ...data },
});
const answer = (statusCode: number): RowDraft => ({ kind: 'http.res.head', data: { statusCode } });

const met = (challenge: string, drafts: readonly RowDraft[]) => {
  const found = demo.challenges.find(({ id }) => id === challenge) ?? assert.fail(challenge);
  return evaluate(found, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);
};

const accepted = (cake: number) => [
  server('begun', cake),
  server('answered', cake, { statusCode: 202 }),
  answer(202),
];
const told = (cake: number) => [server('baked', cake), app('outcome', { cake })];

describe('Told, not asked', () => {
  it('is solved by a 202 whose outcome comes by itself', () => {
    assert.deepEqual(met('told-not-asked', [...accepted(1), ...told(1)]), ['accepted', 'told']);
  });

  it('is half solved by asking again, however seldom', () => {
    const asked = [server('asked', 1), answer(200)];
    assert.deepEqual(met('told-not-asked', [...accepted(1), ...asked, ...told(1)]), ['accepted']);
  });

  it('is not solved by an answer that waits for the cake', () => {
    const waited = [
      server('begun', 1),
      server('baked', 1),
      server('answered', 1, { statusCode: 200 }),
      answer(200),
      app('outcome', { cake: 1 }),
    ];
    assert.deepEqual(met('told-not-asked', waited), []);
  });

  it('takes no 202 of one cake with the outcome of another', () => {
    const other = [
      ...accepted(1),
      server('begun', 2),
      server('baked', 2),
      server('answered', 2, { statusCode: 200 }),
      app('outcome', { cake: 2 }),
    ];
    assert.deepEqual(met('told-not-asked', other), []);
  });
});

describe('Gone, and baked', () => {
  it('is solved by a cake that is baked after the 504', () => {
    const rows = [server('begun', 1), answer(504), server('baked', 1)];
    assert.deepEqual(met('gone-and-baked', rows), ['no-answer', 'baked']);
  });

  it('is half solved while it bakes, and by a cake that was ready before', () => {
    assert.deepEqual(met('gone-and-baked', [server('begun', 1), answer(504)]), ['no-answer']);
    const before = [server('begun', 1), server('baked', 1), answer(504)];
    assert.deepEqual(met('gone-and-baked', before), ['no-answer']);
  });

  it('is not solved by a proxy that is not there, nor by a 202 through it', () => {
    assert.deepEqual(
      met('gone-and-baked', [server('begun', 1), server('baked', 1), answer(200)]),
      [],
    );
    assert.deepEqual(met('gone-and-baked', [...accepted(1), ...told(1)]), []);
  });
});
