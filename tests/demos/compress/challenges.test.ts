import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/compress/demo.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const [challenge] = demo.challenges;

function batch(saved: number, messages = 30): [RowDraft, RowDraft] {
  const data = { way: 'ws-takeover', kind: 'ticks', batch: 3, messages, payload: 2670 };
  return [
    { kind: 'server', data: { ...data, name: 'sent' } },
    { kind: 'app', data: { ...data, name: 'wire-size', saved } },
  ];
}

const isMet = (drafts: readonly RowDraft[]) =>
  evaluate(challenge!, writtenRows(drafts)).goals.every(({ met }) => met);

describe('Smaller than the payload', () => {
  it('is solved by 30 messages in a byte less than they have', () => {
    assert.equal(isMet(batch(1)), true);
  });

  it('is not solved by as many bytes, nor by 29 messages', () => {
    assert.equal(isMet(batch(0)), false);
    assert.equal(isMet(batch(500, 29)), false);
  });

  it('does not take the page’s word, nor what the server noted of another batch', () => {
    const [sent, size] = batch(1);
    assert.equal(isMet([size]), false);
    assert.equal(isMet([{ ...sent, data: { ...sent.data, batch: 4 } }, size]), false);
  });
});
