import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Transports } from '#demos/boxes/client.ts';
import { cellKey, MatrixLines } from '#demos/boxes/matrix.ts';
import { recorded, recordedWith } from '#demos/boxes/recorded-matrix.ts';
import { trialCounts } from './trial-counts.ts';

describe('the recorded matrix', () => {
  it('says which browser made it and when', () => {
    assert.match(recordedWith, /^Chromium \d{3} on 20\d\d-\d\d-\d\d$/);
  });

  it('has every cell', () => {
    const cells = MatrixLines.flatMap(({ name }) =>
      Transports.map((transport) => cellKey(name, transport)),
    );
    assert.deepEqual([...recorded.keys()], cells);
  });

  for (const [line, counts] of Object.entries(trialCounts)) {
    it(`has the counts that were measured before: ${line}`, () => {
      const received = Transports.map(
        (transport) => recorded.get(cellKey(line, transport))?.received,
      );
      assert.deepEqual(received, counts);
    });
  }
});
