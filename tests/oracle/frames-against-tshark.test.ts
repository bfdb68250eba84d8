import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { encodePcapng } from '#capture/export/pcapng.ts';
import { RecordedRun, rowsOf } from '#tests/capture/export/recorded-run.ts';
import { Random } from '#tests/support/random.ts';
import { addFrameStream } from './frame-streams.ts';
import { framesByTshark, framesOfRows, type ComparedStreams } from './tshark-frames.ts';
import { skipWithoutTshark, tsharkFaults } from './tshark.ts';

const BATCHES = 5;
const STREAMS_PER_BATCH = 104;
const BEGAN_AT = Date.UTC(2026, 10, 23, 12);

function batch(number: number): RecordedRun {
  const random = new Random(6455 + number);
  const run = new RecordedRun();
  for (let connection = 1; connection <= STREAMS_PER_BATCH; connection++) {
    // One in two keeps to the RFC, a few have frames that need 64 bits.
    const isLegal = connection % 2 === 0;
    addFrameStream(run, connection, random, { isLegal, hasLargeFrame: connection % 25 === 0 });
  }
  return run;
}

function countOf(streams: ComparedStreams): number {
  return [...streams.values()].reduce((count, frames) => count + frames.length, 0);
}

describe('our frame reader and tshark', { skip: skipWithoutTshark }, () => {
  let frames = 0;
  let streams = 0;
  for (let number = 1; number <= BATCHES; number++) {
    it(`read every frame alike, field by field, batch ${number} (RFC 6455 §5.2)`, async () => {
      const run = batch(number);
      const file = encodePcapng(run.events, { beganAt: BEGAN_AT });
      assert.deepEqual((await tsharkFaults(file)).slice(0, 3), []);
      const theirs = await framesByTshark(file);
      const ours = framesOfRows(rowsOf(run.events));
      assert.deepEqual([...ours.keys()].sort(), [...theirs.keys()].sort());
      for (const [stream, expected] of theirs) {
        assert.deepEqual(ours.get(stream), expected, `batch ${number}, stream ${stream}`);
      }
      frames += countOf(theirs);
      streams += STREAMS_PER_BATCH;
    });
  }

  it('have read at least 5,000 frames in 500 streams', () => {
    assert.ok(streams >= 500, `${streams} streams`);
    assert.ok(frames >= 5000, `${frames} frames`);
  });
});
