import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/press-twice/demo.ts';
import { pressesOf } from '#demos/press-twice/presses.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const lost: RowDraft = { kind: 'box', data: { name: 'response-swallowed', statusCode: 201 } };
const note = (name: string, balance: number, method = 'POST', wallet = 1): RowDraft => ({
  kind: 'server',
  data: { name, wallet, method, balance },
});
const challenge = demo.challenges[0]!;
const met = (drafts: readonly RowDraft[]) =>
  evaluate(challenge, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);

describe('Safe to repeat', () => {
  it('is solved by a lost response, a repeated key, and one deposit', () => {
    const rows = [note('applied', 110), lost, note('duplicate', 110)];
    assert.deepEqual(met(rows), ['lost', 'once']);
    // What other wallets came to before does not matter.
    assert.deepEqual(met([note('applied', 120, 'POST', 7), ...rows]), ['lost', 'once']);
  });

  it('is not solved by POST without a key, nor by PUT', () => {
    assert.deepEqual(met([note('applied', 110), lost, note('applied', 120)]), ['lost']);
    const puts = [note('applied', 110, 'PUT'), lost, note('applied', 110, 'PUT')];
    assert.deepEqual(met(puts), ['lost']);
  });

  it('is not solved without a loss, nor with the loss after the second try', () => {
    assert.deepEqual(met([note('applied', 110), note('duplicate', 110)]), []);
    assert.deepEqual(met([note('applied', 110), note('duplicate', 110), lost]), ['lost']);
  });
});

describe('a press', () => {
  it('counts what the server did, and what the script knows', () => {
    const app = (name: string, data: object = {}): RowDraft => ({
      kind: 'app',
      data: { name, ...data },
    });
    const rows = writtenRows([
      app('wallet', { wallet: 1, method: 'POST', key: false }),
      app('send', { attempt: 1 }),
      note('applied', 110),
      app('send', { attempt: 2 }),
      note('applied', 120),
      app('answer', { statusCode: 201 }),
      app('done'),
      app('wallet', { wallet: 2, method: 'PUT', key: true }),
      app('send', { attempt: 1 }),
    ]);
    assert.deepEqual(pressesOf(rows), [
      {
        wallet: 1,
        method: 'POST',
        withKey: false,
        sends: 2,
        applied: 2,
        balance: 120,
        answer: '201',
        isOver: true,
      },
      {
        wallet: 2,
        method: 'PUT',
        withKey: true,
        sends: 1,
        applied: 0,
        balance: 100,
        answer: undefined,
        isOver: false,
      },
    ]);
  });
});
