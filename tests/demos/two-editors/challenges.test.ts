import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/two-editors/demo.ts';
import { listState } from '#demos/two-editors/editors.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const server = (name: string, data: object = {}): RowDraft => ({
  kind: 'server',
  data: { name, ...data },
});
const saved = (text: string) => server('saved', { text });
const get: RowDraft = { kind: 'http.req.head', data: { method: 'GET', fields: {} } };
const put = (fields: object): RowDraft => ({
  kind: 'http.req.head',
  data: { method: 'PUT', fields },
});
const conditional = put({ 'if-match': '"v1"' });
const answer = (statusCode: number): RowDraft => ({ kind: 'http.res.head', data: { statusCode } });
const challenge = demo.challenges[0]!;
const met = (drafts: readonly RowDraft[]) =>
  evaluate(challenge, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);

const refused = [saved('Tea, milk'), conditional, server('refused'), answer(412)];

describe('Stop the overwrite', () => {
  it('is solved by a 412, another load, and a save that has both', () => {
    const rows = [...refused, get, conditional, saved('Tea, milk, bread')];
    assert.deepEqual(met(rows), ['refused', 'nothing-lost']);
  });

  it('is not solved without If-Match, nor by a 412 before anybody has saved', () => {
    assert.deepEqual(met([saved('Tea, milk'), put({}), saved('Tea, bread'), answer(200)]), []);
    assert.deepEqual(met([conditional, server('refused'), answer(412)]), []);
  });

  it('is not solved to the end by saving over it all the same', () => {
    assert.deepEqual(met([...refused, put({}), saved('Tea, milk, bread')]), ['refused']);
    assert.deepEqual(met([...refused, get, conditional, saved('Tea, bread')]), ['refused']);
  });
});

describe('the list', () => {
  it('tells what was saved and is no longer there', () => {
    assert.deepEqual(listState([]), { text: undefined, lost: [], last: undefined });
    const rows = writtenRows([
      { kind: 'app', data: { name: 'loaded', who: 'Anna', text: 'Tea' } },
      saved('Tea, milk'),
      saved('Tea, bread'),
      { kind: 'app', data: { name: 'saved', who: 'Ben', statusCode: 200 } },
    ]);
    assert.deepEqual(listState(rows), { text: 'Tea, bread', lost: ['milk'], last: 'Ben: 200' });
  });
});
