import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import type { Challenge, Condition } from '#challenge/challenge.ts';
import { ChallengeEvaluator, evaluate } from '#challenge/evaluator.ts';

/** Numbers rows from 1, ten milliseconds apart, unless `t` is given. */
function rowsFrom(drafts: readonly Partial<Row>[]): Row[] {
  return drafts.map((draft, index) => ({
    number: index + 1,
    t: (index + 1) * 10,
    kind: 'app',
    vantage: 'page',
    data: {},
    ...draft,
  }));
}

const challengeOf = (all: readonly Condition[]): Challenge => ({
  id: 'c',
  title: '',
  goals: [{ id: 'g', words: '', all }],
  hints: [],
});

function judge(
  all: readonly Condition[],
  rows: readonly Row[],
): { met: boolean; deciding: readonly number[] } {
  const [goal] = evaluate(challengeOf(all), rows).goals;
  assert.ok(goal);
  return { met: goal.met, deciding: goal.deciding };
}

const frame = (direction: 'up' | 'down', data: Record<string, unknown>): Partial<Row> => ({
  kind: 'ws.frame',
  direction,
  data,
});
const request = (fields: Record<string, string>): Partial<Row> => ({
  kind: 'http.req.head',
  data: { fields },
});
const response = (statusCode: number, answers: number): Partial<Row> => ({
  kind: 'http.res.head',
  answers,
  data: { statusCode },
});

describe('evaluate: where', () => {
  const rows = rowsFrom([frame('up', { n: 5, text: 'Hello', list: ['a'], gone: null })]);
  const met = (path: string, comparison: never) =>
    judge([{ exists: { where: { kind: 'ws.frame', [path]: comparison } } }], rows).met;
  for (const [path, comparison, expected] of [
    ['data.n', 5, true],
    ['data.n', '5', false],
    ['data.n', { atLeast: 5 }, true],
    ['data.n', { atLeast: 6 }, false],
    ['data.n', { atMost: 5 }, true],
    ['data.n', { atMost: 4 }, false],
    ['data.n', { not: 5 }, false],
    ['data.n', { not: 4 }, true],
    ['data.n', { atLeast: 1, not: 5 }, false],
    ['data.text', { atLeast: 0 }, false],
    ['data.text', { includes: 'ell' }, true],
    ['data.text', { includes: 'El' }, false],
    ['data.list', { includes: 'a' }, true],
    ['data.n', { includes: '5' }, false],
    ['data.n', { present: true }, true],
    ['data.gone', { present: false }, true],
    ['data.none', { present: true }, false],
    ['data.none.deeper', { present: false }, true],
  ] as const) {
    it(`${path} ${JSON.stringify(comparison)} is ${expected}`, () => {
      assert.equal(met(path, comparison as never), expected);
    });
  }

  it('sees own properties only', () => {
    for (const path of [
      'constructor.name',
      'data.constructor',
      'data.__proto__',
      'data.text.length',
      'toString',
    ]) {
      const isPresent = judge([{ exists: { where: { [path]: { present: true } } } }], rows).met;
      assert.equal(isPresent, false, path);
    }
    const forged = rowsFrom([{ data: JSON.parse('{"fields":{"__proto__":"x"}}') as Row['data'] }]);
    assert.equal(
      judge([{ exists: { where: { 'data.fields.__proto__': 'x' } } }], forged).met,
      true,
    );
  });
});

describe('evaluate: conditions', () => {
  const isClose = { kind: 'ws.frame', 'data.opcode': 8 } as const;

  it('exists: names the row', () => {
    const rows = rowsFrom([frame('up', { opcode: 1 }), frame('up', { opcode: 8 })]);
    assert.deepEqual(judge([{ exists: { where: isClose } }], rows), { met: true, deciding: [2] });
    assert.deepEqual(judge([{ exists: { where: isClose } }], []), { met: false, deciding: [] });
  });

  it('none: names the row that stands in its way', () => {
    const rows = rowsFrom([frame('up', { opcode: 8 })]);
    assert.deepEqual(judge([{ none: { where: isClose } }], []), { met: true, deciding: [] });
    assert.deepEqual(judge([{ none: { where: isClose } }], rows), { met: false, deciding: [1] });
  });

  it('count: between both bounds', () => {
    const rows = rowsFrom([frame('up', { opcode: 8 }), frame('down', { opcode: 8 })]);
    const count = (bounds: { atLeast?: number; atMost?: number }) =>
      judge([{ count: { where: isClose, ...bounds } }], rows).met;
    assert.deepEqual(
      [count({ atLeast: 2 }), count({ atLeast: 3 }), count({ atMost: 2 }), count({ atMost: 1 })],
      [true, false, true, false],
    );
  });

  it('distinct: counts values, not rows, and not missing ones', () => {
    const codes = [1000, 1000, 1002, undefined];
    const rows = rowsFrom(codes.map((closeCode) => frame('down', { opcode: 8, closeCode })));
    const distinct = (atLeast: number) =>
      judge([{ distinct: { path: 'data.closeCode', where: isClose, atLeast } }], rows);
    assert.deepEqual(distinct(2), { met: true, deciding: [1, 3] });
    assert.equal(distinct(3).met, false);
  });

  it('before and within: find the pair that fits, not the first that matches', () => {
    const rows = rowsFrom([
      response(304, 0),
      request({ 'if-none-match': '"1"' }),
      request({}),
      response(304, 2),
    ]);
    const pair: Condition[] = [
      { exists: { as: 'r', where: { kind: 'http.res.head', 'data.statusCode': 304 } } },
      { exists: { as: 'q', where: { 'data.fields.if-none-match': { present: true } } } },
      { before: ['q', 'r'] },
    ];
    assert.deepEqual(judge(pair, rows), { met: true, deciding: [2, 4] });
    assert.equal(judge([...pair, { within: { rows: ['q', 'r'], ms: 20 } }], rows).met, true);
    assert.equal(judge([...pair, { within: { rows: ['q', 'r'], ms: 19 } }], rows).met, false);
    assert.equal(judge(pair, rows.slice(0, 3)).met, false);
    assert.equal(judge([...pair, { before: ['q', 'nobody'] }], rows).met, false);
  });

  it('before: goes by time, not by the order of arrival', () => {
    const rows = rowsFrom([
      { kind: 'app', t: 50, data: { name: 'load' } },
      { kind: 'http.res.head', t: 20 },
    ]);
    const all: Condition[] = [
      { exists: { as: 'r', where: { kind: 'http.res.head' } } },
      { exists: { as: 'l', where: { kind: 'app' } } },
      { before: ['r', 'l'] },
    ];
    assert.equal(judge(all, rows).met, true);
  });

  it('sameAs: ties rows to each other', () => {
    const rows = rowsFrom([
      request({}),
      request({ 'if-none-match': '"1"' }),
      response(304, 1),
      response(200, 2),
    ]);
    const answered = (statusCode: number): Condition[] => [
      { exists: { as: 'q', where: { 'data.fields.if-none-match': { present: true } } } },
      {
        exists: {
          where: {
            kind: 'http.res.head',
            'data.statusCode': statusCode,
            answers: { sameAs: 'q.number' },
          },
        },
      },
    ];
    assert.deepEqual(judge(answered(200), rows), { met: true, deciding: [2, 4] });
    assert.deepEqual(judge(answered(304), rows), { met: false, deciding: [2] });
  });

  it('sequence: in order, with gaps, and nothing in between where none says so', () => {
    const loads = (values: readonly boolean[]) =>
      rowsFrom(values.map((fromCache) => ({ data: { name: 'load', fromCache } })));
    const all: Condition[] = [
      { sequence: [{ where: { 'data.fromCache': false } }, { where: { 'data.fromCache': true } }] },
    ];
    assert.deepEqual(judge(all, loads([true, false, false, true])), {
      met: true,
      deciding: [2, 4],
    });
    assert.equal(judge(all, loads([true, false])).met, false);
  });

  it('tries other rows when the first ones lead nowhere', () => {
    const rows = rowsFrom([
      frame('up', { opcode: 9, id: 'a' }),
      frame('up', { opcode: 9, id: 'b' }),
      frame('down', { opcode: 10, id: 'b' }),
    ]);
    const all: Condition[] = [
      { exists: { as: 'ping', where: { 'data.opcode': 9 } } },
      { exists: { where: { 'data.opcode': 10, 'data.id': { sameAs: 'ping.data.id' } } } },
    ];
    assert.deepEqual(judge(all, rows), { met: true, deciding: [2, 3] });
  });

  it('gives up on a search that has no end in sight', () => {
    const rows = rowsFrom(Array.from({ length: 3000 }, () => frame('up', { opcode: 1 })));
    const all: Condition[] = [
      ...['a', 'b', 'c'].map((as): Condition => ({ exists: { as, where: { kind: 'ws.frame' } } })),
      { within: { rows: ['a', 'b'], ms: -1 } },
    ];
    assert.equal(judge(all, rows).met, false);
  });
});

describe('ChallengeEvaluator', () => {
  it('comes to the same as evaluating all rows at once, after every row', () => {
    const rows = rowsFrom([
      request({ 'if-none-match': '"1"' }),
      response(304, 1),
      frame('up', { opcode: 8, closeCode: 1000 }),
      frame('down', { opcode: 8, closeCode: 1002 }),
    ]);
    const challenge = challengeOf([
      { exists: { as: 'q', where: { kind: 'http.req.head' } } },
      { exists: { as: 'r', where: { answers: { sameAs: 'q.number' } } } },
      { before: ['q', 'r'] },
      { distinct: { path: 'data.closeCode', where: { kind: 'ws.frame' }, atLeast: 2 } },
    ]);
    const evaluator = new ChallengeEvaluator(challenge);
    for (const [index, row] of rows.entries()) {
      evaluator.push([row]);
      assert.deepEqual(evaluator.result(), evaluate(challenge, rows.slice(0, index + 1)));
    }
    assert.equal(evaluator.result().goals[0]?.met, true);
  });
});

describe('evaluate: measures and sets (curriculum A.2)', () => {
  const rows = rowsFrom([
    frame('up', { opcode: 1, n: 10, name: 'a' }),
    frame('up', { opcode: 1, n: 20, name: 'b' }),
    frame('up', { opcode: 1, n: 60, name: 'b' }),
    frame('up', { opcode: 2, n: 999, name: 'c' }),
    frame('up', { opcode: 1, n: '7' }),
  ]);
  const where = { 'data.opcode': 1 } as const;
  const measured = (
    of: 'sum' | 'mean' | 'max',
    bounds: { readonly atLeast?: number; readonly atMost?: number; readonly rows?: number },
    among: readonly Row[] = rows,
  ) => judge([{ measure: { of, path: 'data.n', where, ...bounds } }], among).met;

  it('sum, mean and max: of numbers alone, between both bounds', () => {
    for (const [of, value] of [
      ['sum', 90],
      ['mean', 30],
      ['max', 60],
    ] as const) {
      assert.deepEqual(
        [
          measured(of, { atLeast: value, atMost: value }),
          measured(of, { atLeast: value + 0.5 }),
          measured(of, { atMost: value - 0.5 }),
        ],
        [true, false, false],
        of,
      );
    }
  });

  it('a measure of too few rows is none', () => {
    assert.deepEqual(
      [measured('mean', { rows: 3 }), measured('mean', { rows: 4 }), measured('max', {}, [])],
      [true, false, false],
    );
  });

  it('superset: every value is there, and a miss names those that are', () => {
    const superset = (of: readonly string[]) =>
      judge([{ superset: { path: 'data.name', where, of } }], rows);
    assert.deepEqual(superset(['b', 'a']), { met: true, deciding: [1, 2] });
    assert.deepEqual(superset(['a', 'c']), { met: false, deciding: [1] });
  });

  it('sameConnection: of two rows that were named', () => {
    const on = (connection: number, data: object): Partial<Row> => ({
      ...frame('up', { ...data }),
      connection,
    });
    const same = (among: readonly Row[]) =>
      judge(
        [
          { exists: { as: 'a', where: { 'data.n': 1 } } },
          { exists: { as: 'b', where: { 'data.n': 2 } } },
          { sameConnection: ['a', 'b'] },
        ],
        among,
      ).met;
    assert.equal(same(rowsFrom([on(1, { n: 1 }), on(2, { n: 1 }), on(2, { n: 2 })])), true);
    assert.equal(same(rowsFrom([on(1, { n: 1 }), on(2, { n: 2 })])), false);
    assert.equal(same(rowsFrom([frame('up', { n: 1 }), frame('up', { n: 2 })])), false);
  });
});
