import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import { carriedIn } from '#demos/carriers/carried.ts';
import demo from '#demos/carriers/demo.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const asked = (by: string, cookie: boolean, origin = 'http://localhost:4321'): RowDraft => ({
  kind: 'server',
  data: { name: 'asked', by, cookie, origin },
});
const met = (drafts: readonly RowDraft[]) =>
  evaluate(demo.challenges[0]!, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);

describe('With and without', () => {
  it('is solved by a handshake with the cookie and one without', () => {
    const rows = [asked('WebSocket', true), asked('WebSocket', false)];
    assert.deepEqual(met(rows), ['with', 'without']);
  });

  it('is half solved by one of them, however often', () => {
    assert.deepEqual(met([asked('WebSocket', true), asked('WebSocket', true)]), ['with']);
    assert.deepEqual(met([asked('WebSocket', false)]), ['without']);
  });

  it('is not solved by a fetch without credentials: that is no handshake', () => {
    assert.deepEqual(met([asked('POST page', true), asked('GET bare', false, 'none')]), []);
  });
});

it('keeps the last request of each kind', () => {
  const carried = carriedIn(
    writtenRows([
      asked('GET page', true, 'none'),
      asked('WebSocket', true),
      asked('WebSocket', false),
    ]),
  );
  assert.deepEqual(
    carried.map(({ name, cookie }) => [name, cookie]),
    [
      ['fetch, GET', true],
      ['fetch, GET, credentials: "omit"', undefined],
      ['fetch, POST', undefined],
      ['EventSource', undefined],
      ['WebSocket', false],
    ],
  );
  assert.equal(carried[0]?.origin, 'none');
});
