import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/rest-on-socket/demo.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const handled = (over: string, status: string): RowDraft => ({
  kind: 'server',
  data: { name: 'handled', over, do: 'put', of: 'list', status },
});
const message = (text: string): RowDraft => ({
  kind: 'ws.message',
  direction: 'down',
  data: { text },
});
const answer = (statusCode: number): RowDraft => ({ kind: 'http.res.head', data: { statusCode } });
const met = (drafts: readonly RowDraft[]) =>
  evaluate(demo.challenges[0]!, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);

describe('A 412 of your own', () => {
  it('is solved by a refusal that a message tells, and a 412', () => {
    for (const text of ['{"status":"changed"}', '{"error":{"reason":"changed"}}']) {
      const rows = [handled('WebSocket', 'changed'), message(text), answer(412)];
      assert.deepEqual(met(rows), ['refused', 'told', 'http']);
    }
  });

  it('is not solved by a refusal that nobody is told', () => {
    assert.deepEqual(met([handled('WebSocket', 'changed'), message('{}')]), ['refused']);
  });

  it('is not solved where all is written, nor by HTTP alone', () => {
    assert.deepEqual(met([handled('WebSocket', 'done'), message('{"status":"done"}')]), []);
    assert.deepEqual(met([handled('HTTP', 'changed'), answer(412)]), ['http']);
  });
});
