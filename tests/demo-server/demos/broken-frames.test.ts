import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeFrame } from '#demos/broken-frames/frame-plan.ts';
import { presets } from '#demos/broken-frames/presets.ts';
import { hexFromOctets, octetsFromHex } from '#protocol/octets.ts';
import { goOnErrand } from '#tests/demo-server/robot/errands.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
const key = octetsFromHex('37fa213d');

/**
 * What comes back on the wire: table B.3 of the curriculum, measured with `ws` 8.21.0 and a limit of
 * 1,024 octets, and for the rest RFC 6455 by hand.
 */
const answers: Readonly<Record<string, string>> = {
  hello: '810548656c6c6f',
  unmasked: '880203ea',
  rsv1: '880203ea',
  'opcode-3': '880203ea',
  'long-form': '810548656c6c6f',
  'top-bit': '880203f1',
  fragments: '810548656c6c6f',
  'ping-between': '8a0170810548656c6c6f',
  'continuation-first': '880203ea',
  'text-inside-text': '880203ea',
  'ping-126': '880203ea',
  'ping-fragment': '880203ea',
  'half-euro': '8103e282ac',
  'lost-euro': '880203ef',
  'not-utf8': '880203ef',
  'too-big': '880203f1',
  'close-1000': '880503e8627965',
  'close-1006': '880203ea',
  'close-4999': '88021387',
  'close-5000': '880203ea',
  'close-one-byte': '880203ea',
  'close-empty': '8800',
  // The echo of what was meant, `GET /x …` ⊕ 01 02 03 04; what stood on the wire is tested below.
  'predictable-key': '8113464757242e7a234c5556532b302c32090b0f09',
  'fresh-key': '8113464757242e7a234c5556532b302c32090b0f09',
};
/** Close 1000, masked with a key of zeroes: ends what the server left open. */
const goodbye = '88820000000003e8';

describe('the frames of “Break it”, at ws', () => {
  it('have each an answer in the table', () => {
    assert.deepEqual(
      presets.map(({ id }) => id),
      Object.keys(answers),
    );
  });

  for (const { id, label, frames } of presets) {
    it(`${label}: ${answers[id]!}`, async () => {
      const octets = frames.map((plan) => hexFromOctets(writeFrame(plan, key)));
      const answer = answers[id]!;
      const ends = answer.startsWith('88');
      const sent = ends ? octets : [...octets, goodbye];
      const seen = await goOnErrand(client, { frames: sent, waitMs: 10_000 }, 'broken-frames');
      assert.equal(seen.sender, 'ROBOT');
      assert.equal(seen.up, sent.join(''));
      assert.equal(seen.down, ends ? answer : `${answer}880203e8`);
    });
  }

  it('writes the RFC’s own example for Hello with its key (RFC 6455 §5.7)', () => {
    const [hello] = presets[0]!.frames;
    assert.equal(hexFromOctets(writeFrame(hello!, key)), '818537fa213d7f9f4d5158');
  });

  it('puts a request on the wire where the key can be predicted, and not with another', () => {
    const wire = (id: string) => {
      const [plan] = presets.find((preset) => preset.id === id)!.frames;
      return Buffer.from(writeFrame(plan!, key).subarray(6)).toString('latin1');
    };
    assert.equal(wire('predictable-key'), 'GET /x HTTP/1.1\r\n\r\n');
    assert.doesNotMatch(wire('fresh-key'), /GET|HTTP/);
  });
});

describe('the server side of “Break it”', () => {
  it('answers a plain request with a sentence', async () => {
    const run = await client.beginRun('broken-frames');
    const { statusCode, text } = await client.ask({ path: `/live/${run}/broken-frames/ws` });
    assert.equal(statusCode, 426);
    assert.match(text, /WebSocket/);
  });
});
