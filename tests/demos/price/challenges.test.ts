import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/price/demo.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const [challenge] = demo.challenges;

/** What the server notes when all is sent, and what the page makes of the rows before it. */
function batch(changes: Readonly<Record<string, unknown>> = {}): RowDraft[] {
  const { way = 'down', transport = 'websocket', overhead = 20, ...others } = changes;
  const sent = { way, batch: 1, messages: 40, size: 50, ...others };
  return [
    { kind: 'server', data: { ...sent, name: 'sent' } },
    { kind: 'app', data: { ...sent, name: 'bill', transport, overhead } },
  ];
}

const met = (drafts: readonly RowDraft[]) =>
  evaluate(challenge!, writtenRows(drafts))
    .goals.filter((goal) => goal.met)
    .map(({ id }) => id);

describe('Twenty bytes or less', () => {
  const stream = { way: 'events-plain', transport: 'event-stream', batch: 2 };

  it('is solved by one batch on each of both', () => {
    assert.deepEqual(met([...batch(), ...batch(stream)]), ['websocket', 'event-stream']);
  });

  it('is not solved by a byte too many, nor by short messages', () => {
    assert.deepEqual(met(batch({ overhead: 20.01 })), []);
    assert.deepEqual(met(batch({ size: 49 })), []);
  });

  it('is not solved by polls, whatever the page says of them', () => {
    assert.deepEqual(met(batch({ way: 'long', transport: 'http' })), []);
  });

  it('does not take the page’s word, nor what the server noted of another batch', () => {
    const [sent, bill] = batch() as [RowDraft, RowDraft];
    assert.deepEqual(met([bill]), []);
    assert.deepEqual(met([{ ...sent, data: { ...sent.data, batch: 9 } }, bill]), []);
    assert.deepEqual(met([{ ...sent, data: { ...sent.data, messages: 1 } }, bill]), []);
  });
});
