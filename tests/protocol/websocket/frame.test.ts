import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { decodeFrame, decodeFrameHeader, encodeFrame } from '#protocol/websocket/frame.ts';
import { applyMask } from '#protocol/websocket/masking.ts';
import { hexFromOctets, octetsFromHex } from '#protocol/octets.ts';
import { Rfc6455Frames } from '#tests/fixtures/frames.ts';
import { Random } from '#tests/support/random.ts';
import {
  assertTiles,
  decodeThreeWays,
  readInPieces,
  readThreeWays,
} from '#tests/support/three-ways.ts';

describe('decodeFrame and encodeFrame', () => {
  for (const { id, source, hex, fields, applicationData } of Rfc6455Frames) {
    it(`reads and writes ${id} (${source})`, () => {
      const octets = octetsFromHex(hex);
      const isLong = octets.length > 1000;
      const decoded = isLong ? decodeFrame(octets) : decodeThreeWays(decodeFrame, octets);
      assert.ok(decoded);
      const { frame } = decoded;
      for (const [name, value] of Object.entries(fields)) {
        assert.deepEqual(frame[name as keyof typeof fields], value, name);
      }
      assert.deepEqual(Buffer.from(frame.applicationData), Buffer.from(applicationData));
      const { fin, opcode, maskingKey } = frame;
      const key = maskingKey && { maskingKey };
      const written = { fin, opcode, applicationData, ...key };
      assert.deepEqual(encodeFrame(written), octets);
      // In memory that begins within another buffer, and has been used before.
      const usedBefore = (length: number) => new Uint8Array(length + 8).fill(0xaa).subarray(5, -3);
      assert.deepEqual(encodeFrame(written, usedBefore), octets);
    });
  }

  it('keeps masked payload as on the wire, and the octets that it was given', () => {
    const octets = octetsFromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
    const frame = decodeFrame(octets)?.frame;
    assert.equal(hexFromOctets(frame?.payload ?? octets), '7f9f4d5158');
    assert.equal(hexFromOctets(frame?.maskingKey ?? octets), '37fa213d');
    assert.equal(hexFromOctets(octets), '818537fa213d7f9f4d5158');
  });

  it('has a header of 2, 4 or 10 octets, and 4 more when masked (RFC 6455 §5.2)', () => {
    for (const [length, unmasked] of [
      [0, 2],
      [125, 2],
      [126, 4],
      [65535, 4],
      [65536, 10],
    ] as const) {
      const applicationData = new Uint8Array(length);
      const maskingKey = Uint8Array.of(1, 2, 3, 4);
      assert.equal(encodeFrame({ opcode: 2, applicationData }).length - length, unmasked);
      const masked = encodeFrame({ opcode: 2, applicationData, maskingKey });
      assert.equal(masked.length - length, unmasked + 4);
      assert.equal(decodeFrameHeader(masked)?.headerLength, unmasked + 4);
    }
  });

  it('reads every pattern of the first two octets', () => {
    for (let first = 0; first < 256; first++) {
      const octets = Uint8Array.of(first, 0x00);
      const frame = decodeFrame(octets)?.frame;
      assert.ok(frame);
      const bits = [frame.fin, frame.rsv1, frame.rsv2, frame.rsv3].map(Number).join('');
      assert.equal(
        bits + frame.opcode.toString(2).padStart(4, '0'),
        first.toString(2).padStart(8, '0'),
      );
    }
  });

  it('reads lengths written in more bits than needed', () => {
    for (const hex of ['82 7e 00 01 aa', '82 7f 00 00 00 00 00 00 00 01 aa']) {
      const { frame } = decodeThreeWays(decodeFrame, octetsFromHex(hex));
      assert.equal(frame.payloadLength, 1);
      assert.equal(hexFromOctets(frame.payload), 'aa');
    }
  });

  it('reads the top bit of a 64-bit length', () => {
    const header = decodeFrameHeader(octetsFromHex('82 7f 80 00 00 00 00 00 00 00'));
    assert.equal(header?.lengthTopBit, true);
    assert.equal(header?.payloadLength, 2 ** 63);
  });

  it('refuses to write what does not fit', () => {
    assert.throws(() => encodeFrame({ opcode: 16 }), RangeError);
    assert.throws(() => encodeFrame({ opcode: 1, maskingKey: new Uint8Array(3) }), RangeError);
    const applicationData = new Uint8Array(126);
    assert.throws(() => encodeFrame({ opcode: 1, lengthForm: 7, applicationData }), RangeError);
  });

  it('can make a masked payload look like a request to whoever predicts the key (RFC 6455 §10.3)', () => {
    const wanted = new TextEncoder().encode('GET /x HTTP/1.1\r\n');
    const maskingKey = Uint8Array.of(1, 2, 3, 4);
    const frame = encodeFrame({
      opcode: 2,
      maskingKey,
      applicationData: applyMask(wanted, maskingKey),
    });
    assert.deepEqual(frame.slice(6), wanted);
  });
});

describe('FrameReader', () => {
  const all = () => {
    const reader = new FrameReader();
    return (octets: Uint8Array) => reader.push(octets);
  };

  it('reads the frames of RFC 6455 §5.7 one after the other', () => {
    const octets = octetsFromHex(
      Rfc6455Frames.slice(0, 7)
        .map(({ hex }) => hex)
        .join(' '),
    );
    const elements = readThreeWays(all, octets, Uint8Array.of(0x81, 0x05));
    assert.equal(elements.length, 7);
  });

  it('reads the same frames however the octets arrive', () => {
    const random = new Random(6455);
    for (let round = 0; round < 100; round++) {
      const frames = Array.from({ length: 20 }, () =>
        encodeFrame({
          opcode: random.integer(0, 15),
          fin: random.boolean(),
          rsv1: random.boolean(),
          applicationData: random.octets(random.pick([0, 1, 125, 126, 300])),
          ...(random.boolean() && { maskingKey: random.octets(4) }),
        }),
      );
      const octets = Uint8Array.from(frames.flatMap((frame) => [...frame]));
      const most = random.pick([1, 7, 200, 5000]);
      const elements = readInPieces(all(), octets, () => random.integer(1, most));
      assertTiles(elements, octets);
      assert.deepEqual(
        elements.map((element) => Uint8Array.from(element.octets)),
        frames,
      );
    }
  });

  it('makes no room for a payload above its bound, and reads nothing after it', () => {
    const reader = new FrameReader({ maxPayloadLength: 100 });
    assert.equal(
      reader.push(encodeFrame({ opcode: 2, applicationData: new Uint8Array(100) })).length,
      1,
    );
    const huge = octetsFromHex('82 7f 7f ff ff ff ff ff ff ff');
    for (const octets of [huge, octetsFromHex('81 00')]) {
      const [element] = reader.push(octets);
      assert.equal(element?.type === 'unread' && element.code, 'PAYLOAD_LENGTH_ABOVE_BOUND');
      assert.deepEqual(element?.octets, octets);
    }
  });

  it('says what is incomplete when the direction ends', () => {
    const reader = new FrameReader();
    reader.push(octetsFromHex('81 05 48'));
    const [element] = reader.end();
    assert.equal(element?.type === 'unread' && element.code, 'FRAME_INCOMPLETE');
    assert.equal(hexFromOctets(element?.octets ?? new Uint8Array(0)), '810548');
    assert.deepEqual(reader.end(), []);
  });
});
