import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeBatch } from '#capture/wire-batch.ts';
import { FloodBatches, floodWords } from '#scripts/bench/flood-batches.ts';

describe('batches of a flood', () => {
  it('are batches of the wire channel, numbered on, each event one whole text frame', () => {
    const batches = new FloodBatches(3);
    const events = [3, 2].flatMap((count) => decodeBatch(batches.next(count)).events);
    assert.deepEqual(
      events.map(({ seq }) => seq),
      [4, 5, 6, 7, 8],
    );
    for (const event of events) {
      assert.equal(event.kind, 'octets');
      if (event.kind !== 'octets') continue;
      assert.equal(event.direction, 'down');
      // RFC 6455 §5.2: FIN and text, no mask, 64 octets.
      assert.deepEqual([...event.octets.subarray(0, 2)], [0x81, 64]);
      assert.equal(event.octets.length, 66);
      assert.ok(String(Buffer.from(event.octets)).includes(floodWords(event.seq)));
    }
    assert.deepEqual(
      events.map(({ t }) => t),
      [0.04, 0.05, 0.06, 0.07, 0.08],
    );
  });
});
