import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { decodeFrame, flagNames, frameTypeName } from '#protocol/http2/frame.ts';
import { FrameReader } from '#protocol/http2/frame-reader.ts';
import { frameViolations } from '#protocol/http2/frame-violations.ts';
import { payloadFields } from '#protocol/http2/payload.ts';
import { CONNECTION_PREFACE } from '#protocol/http2/preface.ts';
import { concatOctets, octetsFromHex } from '#protocol/octets.ts';
import { decodeThreeWays, readThreeWays } from '#tests/support/three-ways.ts';

/** Frames written by hand after the drawings of RFC 9113 §6. */
const Frames = {
  'DATA, padded (§6.1)': {
    hex: '000008 00 09 00000003 02 48656c6c6f 0000',
    flags: ['END_STREAM', 'PADDED'],
    fields: ['pad-length 2', 'data', 'padding'],
  },
  'HEADERS with priority and padding (§6.2)': {
    hex: '000008 01 2c 00000001 01 80000003 0f 82 00',
    flags: ['END_HEADERS', 'PADDED', 'PRIORITY'],
    fields: ['pad-length 1', 'stream-dependency 3', 'weight 15', 'field-block-fragment', 'padding'],
  },
  'PRIORITY (§6.3)': {
    hex: '000005 02 00 00000003 00000001 10',
    flags: [],
    fields: ['stream-dependency 1', 'weight 16'],
  },
  'RST_STREAM (§6.4)': {
    hex: '000004 03 00 00000001 00000008',
    flags: [],
    fields: ['error-code 8'],
  },
  'SETTINGS (§6.5, RFC 8441 §3)': {
    hex: '00000c 04 00 00000000 0008 00000001 0004 80000000',
    flags: [],
    fields: [
      'setting-identifier 8',
      'setting-value 1',
      'setting-identifier 4',
      'setting-value 2147483648',
    ],
  },
  'PUSH_PROMISE (§6.6)': {
    hex: '000005 05 04 00000001 00000002 82',
    flags: ['END_HEADERS'],
    fields: ['promised-stream-identifier 2', 'field-block-fragment'],
  },
  'PING (§6.7)': {
    hex: '000008 06 01 00000000 0102030405060708',
    flags: ['ACK'],
    fields: ['opaque-data'],
  },
  'GOAWAY (§6.8)': {
    hex: '00000b 07 00 00000000 00000005 00000000 627965',
    flags: [],
    fields: ['last-stream-identifier 5', 'error-code 0', 'additional-debug-data'],
  },
  'WINDOW_UPDATE (§6.9)': {
    hex: '000004 08 00 00000000 00008000',
    flags: [],
    fields: ['window-size-increment 32768'],
  },
  'CONTINUATION (§6.10)': {
    hex: '000001 09 04 00000001 82',
    flags: ['END_HEADERS'],
    fields: ['field-block-fragment'],
  },
  'a type that nobody knows (§5.5)': {
    hex: '000002 c4 ff 80000001 abcd',
    flags: [],
    fields: ['unknown'],
  },
} as const;

const named = (frame: Parameters<typeof payloadFields>[0]) =>
  payloadFields(frame).map(({ name, value }) => (value === undefined ? name : `${name} ${value}`));

describe('a frame of HTTP/2', () => {
  for (const [name, { hex, flags, fields }] of Object.entries(Frames)) {
    it(`is laid out: ${name}`, () => {
      const octets = octetsFromHex(hex);
      const { frame } = decodeThreeWays(decodeFrame, octets);
      assert.equal(frame.length, octets.length - 9);
      assert.deepEqual(flagNames(frame), flags);
      assert.deepEqual(named(frame), fields);
      const laidOut = payloadFields(frame).reduce((sum, field) => sum + field.octets.length, 0);
      assert.equal(laidOut, frame.length, 'every octet has a name');
      assert.deepEqual(frameViolations(frame), []);
    });
  }

  it('says its type, its stream without the reserved bit, and that bit', () => {
    const { frame } = decodeFrame(octetsFromHex('000000 01 04 80000007'))!;
    assert.deepEqual(
      [frameTypeName(frame.type), frame.streamId, frame.reserved],
      ['HEADERS', 7, true],
    );
    assert.equal(frameTypeName(0xc4), 'unknown');
  });

  const Broken = {
    'an empty DATA on stream 0 (§6.1)': ['000000 00 00 00000000', 'STREAM_IDENTIFIER_MISSING'],
    'SETTINGS on a stream (§6.5)': ['000000 04 00 00000001', 'STREAM_IDENTIFIER_NOT_ZERO'],
    'SETTINGS of five octets (§6.5)': ['000005 04 00 00000000 0008000000', 'FRAME_LENGTH_WRONG'],
    'an acknowledgement with settings (§6.5)': [
      '000006 04 01 00000000 000800000001',
      'SETTINGS_ACK_WITH_PAYLOAD',
    ],
    'PING of seven octets (§6.7)': ['000007 06 00 00000000 01020304050607', 'FRAME_LENGTH_WRONG'],
    'GOAWAY of four octets (§6.8)': ['000004 07 00 00000000 00000000', 'FRAME_LENGTH_WRONG'],
    'more padding than payload (§6.1)': ['000003 00 08 00000001 03 6869', 'PADDING_TOO_LONG'],
    'a window that grows by nothing (§6.9)': [
      '000004 08 00 00000001 00000000',
      'WINDOW_SIZE_INCREMENT_ZERO',
    ],
  } as const;
  for (const [name, [hex, code]] of Object.entries(Broken)) {
    it(`is laid out and judged: ${name}`, () => {
      const { frame } = decodeThreeWays(decodeFrame, octetsFromHex(hex));
      assert.deepEqual(
        frameViolations(frame).map((violation) => violation.code),
        [code],
      );
    });
  }

  it('may be larger than 16,384 only when it was allowed (§4.2)', () => {
    const octets = concatOctets([octetsFromHex('004001 00 00 00000001'), new Uint8Array(16_385)]);
    const { frame } = decodeFrame(octets)!;
    assert.equal(frameViolations(frame)[0]?.code, 'FRAME_TOO_LARGE');
    assert.deepEqual(frameViolations(frame, { maxFrameSize: 20_000 }), []);
  });
});

describe('a direction of HTTP/2', () => {
  const frames = octetsFromHex(`${Frames['PING (§6.7)'].hex}${Frames['GOAWAY (§6.8)'].hex}`);

  it('of a client begins with the preface (§3.4)', () => {
    const octets = concatOctets([CONNECTION_PREFACE, frames]);
    const elements = readThreeWays(
      () => {
        const reader = new FrameReader({ sentBy: 'client' });
        return (piece) => reader.push(piece);
      },
      octets,
      octetsFromHex('000000'),
    );
    assert.deepEqual(
      elements.map(({ type }) => type),
      ['preface', 'frame', 'frame'],
    );
  });

  it('without the preface is not read', () => {
    const reader = new FrameReader({ sentBy: 'client' });
    const [element, ...more] = reader.push(frames);
    assert.ok(element?.type === 'unread' && element.code === 'PREFACE_INVALID');
    assert.deepEqual(more, []);
  });

  it('is not read on from a frame above the bound, and no room is made for it', () => {
    const reader = new FrameReader({ sentBy: 'server', maxLength: 16 });
    const [ping, unread] = reader.push(
      concatOctets([frames.subarray(0, 17), octetsFromHex('ffffff00000000000155')]),
    );
    assert.equal(ping?.type, 'frame');
    assert.ok(unread?.type === 'unread' && unread.code === 'FRAME_LENGTH_ABOVE_BOUND');
    assert.equal(unread.octets.length, 10);
  });

  it('may end within a frame', () => {
    const reader = new FrameReader({ sentBy: 'server' });
    assert.deepEqual(reader.push(frames.subarray(0, 12)), []);
    assert.equal(reader.end()[0]?.octets.length, 12);
  });
});
