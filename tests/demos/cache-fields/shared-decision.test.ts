import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { decisionIn, sharedFreshness } from '#demos/cache-fields/shared-decision.ts';

const note = (t: number, name: string, data: Record<string, unknown>): Row => ({
  number: t,
  t,
  kind: 'box',
  vantage: 'box',
  data: { name, ...data },
});

const rows = [
  note(100, 'cache-decision', {
    outcome: 'miss',
    words: 'Nothing is stored.',
    section: 'RFC 9111 §4',
  }),
  note(105, 'cache-stored', { age: 0, lifetime: 3 }),
  note(2100, 'cache-decision', {
    outcome: 'hit',
    words: 'Fresh.',
    section: 'RFC 9111 §4.2',
    age: 2,
    lifetime: 3,
    library: 'another would ask',
  }),
];

describe('what the shared cache said', () => {
  it('is found by the time of the load, with its section and a second opinion', () => {
    assert.deepEqual(decisionIn(rows, { from: 90, until: 110 }), {
      outcome: 'miss',
      words: 'Nothing is stored. RFC 9111 §4.',
    });
    assert.equal(
      decisionIn(rows, { from: 2095, until: 2110 })?.words,
      'Fresh. RFC 9111 §4.2. (another would ask.)',
    );
    assert.equal(decisionIn(rows, { from: 500, until: 600 }), undefined);
  });

  it('gives the clock: the last lifetime less the age', () => {
    assert.equal(sharedFreshness([]), undefined);
    assert.deepEqual(sharedFreshness(rows.slice(0, 2)), { lifetimeSeconds: 3, until: 3105 });
    assert.deepEqual(sharedFreshness(rows), { lifetimeSeconds: 3, until: 3100 });
  });
});
