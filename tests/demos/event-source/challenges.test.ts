import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/event-source/demo.ts';

type Draft = Pick<Row, 't' | 'kind' | 'data'>;

const head = (t: number, statusCode: number): Draft => ({
  t,
  kind: 'http.res.head',
  data: { statusCode },
});
const update = (t: number, missing = 0): Draft => ({
  t,
  kind: 'app',
  data: { name: 'update', number: 3, missing },
});

function met(drafts: readonly Draft[]): string[] {
  const rows = drafts.map((draft, index): Row => ({
    ...draft,
    number: index + 1,
    vantage: draft.kind === 'app' ? 'page' : 'wire',
    ...(draft.kind !== 'app' && { hop: 0 }),
  }));
  const [challenge] = demo.challenges;
  assert.ok(challenge);
  return evaluate(challenge, rows)
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);
}

describe('Survive the deploy', () => {
  it('is solved by a whole number row again, within ten seconds of the 503', () => {
    assert.deepEqual(met([head(1, 200), update(2), head(1000, 503), update(11_000)]), [
      'refused',
      'back',
    ]);
  });

  it('is not solved later, nor with numbers missing, nor when nothing comes', () => {
    assert.deepEqual(met([head(1000, 503), update(11_001)]), ['refused']);
    assert.deepEqual(met([head(1000, 503), update(3000, 4)]), ['refused']);
    assert.deepEqual(met([update(2), head(1000, 503)]), ['refused']);
  });

  it('is not solved by a killed connection, nor by a 204', () => {
    assert.deepEqual(met([head(1, 200), update(2), head(500, 200), update(600)]), []);
    assert.deepEqual(met([head(1, 200), update(2), head(500, 204), update(600)]), []);
  });
});
