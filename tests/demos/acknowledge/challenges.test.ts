import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/acknowledge/demo.ts';

type Draft = Pick<Row, 'kind' | 'data'>;

/** Written rows, one a millisecond. */
const rowsOf = (drafts: readonly Draft[]): Row[] =>
  drafts.map(({ kind, data }, index) => ({
    number: index + 1,
    t: index + 1,
    kind,
    vantage: kind === 'app' ? 'page' : kind === 'box' ? 'box' : 'server',
    data,
  }));

const met = (challenge: string, drafts: readonly Draft[]) => {
  const found = demo.challenges.find(({ id }) => id === challenge) ?? assert.fail(challenge);
  return evaluate(found, rowsOf(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);
};

const app = (name: string, data: object = {}): Draft => ({ kind: 'app', data: { name, ...data } });
const server = (name: string, data: object): Draft => ({ kind: 'server', data: { name, ...data } });
const swallowed: Draft = { kind: 'box', data: { name: 'octets-swallowed', octets: 17 } };
const tables = Array.from({ length: 10 }, (_, index) => index + 1);

describe('No news', () => {
  const silence = app('no-news', {
    batch: 2,
    sent: 5,
    answered: 0,
    readyState: 'OPEN',
    bufferedAmount: 0,
  });

  it('is solved by five sends that a box has swallowed', () => {
    const before = server('arrived', { batch: 1, table: 1 });
    assert.deepEqual(met('no-news', [before, swallowed, silence]), [
      'nothing-wrong',
      'swallowed',
      'none-applied',
    ]);
  });

  it('is not solved when one order arrived, or no box swallowed any', () => {
    const arrived = server('arrived', { batch: 2, table: 4 });
    assert.deepEqual(met('no-news', [swallowed, arrived, silence]), ['nothing-wrong', 'swallowed']);
    assert.deepEqual(met('no-news', [silence, swallowed]), ['nothing-wrong', 'none-applied']);
  });

  it('takes no closed socket, no full buffer, no answer, no four sends', () => {
    for (const wrong of [
      { readyState: 'CLOSED' },
      { bufferedAmount: 11 },
      { answered: 1 },
      { sent: 4 },
    ]) {
      const report: Draft = { ...silence, data: { ...silence.data, ...wrong } };
      assert.deepEqual(met('no-news', [swallowed, report]), []);
    }
  });
});

describe('Exactly once', () => {
  const made = (batch: number, list = tables) => [
    app('batch', { batch, orders: 10 }),
    swallowed,
    ...list.map((table) => server('applied', { batch, table })),
  ];
  const done = (batch: number, path: string, answered = 10) =>
    app('done', { batch, path, orders: 10, answered });

  it('is solved by ten coffees for ten tables on both lossy paths', () => {
    const rows = [...made(1), done(1, 'lost-orders'), ...made(2), done(2, 'lost-answers')];
    assert.deepEqual(met('exactly-once', rows), ['orders-lost', 'answers-lost']);
  });

  it('is not solved by a coffee too many, one too few, or one twice instead of another', () => {
    const end = done(1, 'lost-answers');
    assert.deepEqual(met('exactly-once', [...made(1, [...tables, 5]), end]), []);
    assert.deepEqual(met('exactly-once', [...made(1, tables.slice(1)), end]), []);
    assert.deepEqual(met('exactly-once', [...made(1, [...tables.slice(1), 5]), end]), []);
  });

  it('is not solved without all answers, nor on a path that loses nothing', () => {
    assert.deepEqual(met('exactly-once', [...made(1), done(1, 'lost-answers', 9)]), []);
    assert.deepEqual(met('exactly-once', [...made(1), done(1, 'none')]), []);
  });

  it('is not solved where the box had nothing to swallow, though its path was chosen', () => {
    const ten = tables.map((table) => server('applied', { batch: 1, table }));
    const begun = app('batch', { batch: 1, orders: 10 });
    assert.deepEqual(met('exactly-once', [begun, ...ten, done(1, 'lost-answers')]), []);
    // Another batch lost something, before or after.
    for (const rows of [
      [swallowed, begun, ...ten, done(1, 'lost-answers')],
      [begun, ...ten, done(1, 'lost-answers'), swallowed],
    ]) {
      assert.deepEqual(met('exactly-once', rows), []);
    }
  });

  it('does not take the page’s word, nor the coffees of another batch', () => {
    assert.deepEqual(met('exactly-once', [done(1, 'lost-orders')]), []);
    assert.deepEqual(met('exactly-once', [...made(1), done(2, 'lost-orders')]), []);
    const claimed = tables.map((table) => app('applied', { batch: 1, table }));
    const lost = [app('batch', { batch: 1, orders: 10 }), swallowed];
    assert.deepEqual(met('exactly-once', [...lost, ...claimed, done(1, 'lost-orders')]), []);
  });
});

describe('In order and fast', () => {
  const batch = (number: number, order: readonly number[], roundTripOf: (at: number) => number) =>
    order.flatMap((table, at) => {
      const data = { batch: number, table, roundTrip: roundTripOf(at) };
      return [server('arrived', data), server('applied', data)];
    });

  it('is solved by ten messages behind one handshake, and by one request', () => {
    for (const roundTrip of [2, 1]) {
      const rows = batch(1, tables, () => roundTrip);
      assert.deepEqual(met('in-order-and-fast', rows), ['in-order', 'fast']);
    }
  });

  it('is half solved by ten requests, each waiting for the one before', () => {
    const rows = batch(1, tables, (at) => at + 1);
    assert.deepEqual(met('in-order-and-fast', rows), ['in-order']);
    assert.deepEqual(
      met(
        'in-order-and-fast',
        batch(1, tables, (at) => (at < 9 ? 1 : 4)),
      ),
      ['in-order'],
    );
  });

  it('is not solved by ten at once that were made as each one took', () => {
    const shuffled = [3, 1, 2, ...tables.slice(3)];
    assert.deepEqual(
      met(
        'in-order-and-fast',
        batch(1, shuffled, () => 2),
      ),
      [],
    );
  });

  it('takes no order that two batches made together, and no nine', () => {
    const half = [...batch(1, tables.slice(0, 5), () => 1), ...batch(2, tables.slice(5), () => 1)];
    assert.deepEqual(met('in-order-and-fast', half), []);
    assert.deepEqual(
      met(
        'in-order-and-fast',
        batch(1, tables.slice(0, 9), () => 1),
      ),
      [],
    );
  });

  it('is solved by a later batch than one that was slow', () => {
    const rows = [...batch(1, tables, (at) => at + 1), ...batch(2, tables, () => 1)];
    assert.deepEqual(met('in-order-and-fast', rows), ['in-order', 'fast']);
  });
});
