import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decodeCloseBody } from '#protocol/websocket/close-body.ts';
import { frameViolations } from '#protocol/websocket/frame-violations.ts';
import { decodeFrame } from '#protocol/websocket/frame.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import type { WebSocketViolationCode } from '#protocol/websocket/violation.ts';

type Case = {
  readonly id: string;
  readonly hex: string;
  readonly sentBy: 'client' | 'server';
  readonly code?: WebSocketViolationCode;
  readonly section?: string;
  readonly extensions?: readonly string[];
};

const KEY = '00 00 00 00';
const DEFLATE = ['permessage-deflate'];

/** One broken rule each; the octets are written by hand from the RFC's figure. */
const cases: readonly Case[] = [
  { id: 'a masked frame from the client', hex: `81 80 ${KEY}`, sentBy: 'client' },
  { id: 'an unmasked frame from the server', hex: '81 00', sentBy: 'server' },
  {
    id: 'an unmasked frame from the client',
    hex: '81 00',
    sentBy: 'client',
    code: 'CLIENT_FRAME_NOT_MASKED',
    section: 'RFC 6455 §5.1',
  },
  {
    id: 'a masked frame from the server',
    hex: `81 80 ${KEY}`,
    sentBy: 'server',
    code: 'SERVER_FRAME_MASKED',
    section: 'RFC 6455 §5.1',
  },
  {
    id: 'RSV1',
    hex: 'c1 00',
    sentBy: 'server',
    code: 'RSV1_WITHOUT_EXTENSION',
    section: 'RFC 6455 §5.2',
  },
  {
    id: 'RSV2',
    hex: 'a1 00',
    sentBy: 'server',
    code: 'RSV2_WITHOUT_EXTENSION',
    section: 'RFC 6455 §5.2',
  },
  {
    id: 'RSV3',
    hex: '91 00',
    sentBy: 'server',
    code: 'RSV3_WITHOUT_EXTENSION',
    section: 'RFC 6455 §5.2',
  },
  { id: 'RSV1 with permessage-deflate', hex: 'c1 00', sentBy: 'server', extensions: DEFLATE },
  {
    id: 'RSV1 on a continuation',
    hex: 'c0 00',
    sentBy: 'server',
    code: 'RSV1_ON_CONTINUATION',
    section: 'RFC 7692 §6.1',
    extensions: DEFLATE,
  },
  {
    id: 'RSV1 on a ping',
    hex: 'c9 00',
    sentBy: 'server',
    code: 'RSV1_ON_CONTROL_FRAME',
    section: 'RFC 7692 §6.1',
    extensions: DEFLATE,
  },
  ...[3, 4, 5, 6, 7, 11, 12, 13, 14, 15].map((opcode): Case => ({
    id: `opcode ${opcode}`,
    hex: `8${opcode.toString(16)} 00`,
    sentBy: 'server',
    code: 'OPCODE_RESERVED',
    section: 'RFC 6455 §5.2',
  })),
  {
    id: 'a fragmented ping',
    hex: '09 00',
    sentBy: 'server',
    code: 'CONTROL_FRAME_FRAGMENTED',
    section: 'RFC 6455 §5.5',
  },
  {
    id: 'a ping of 126 octets',
    hex: `89 7e 00 7e ${'00 '.repeat(126)}`,
    sentBy: 'server',
    code: 'CONTROL_FRAME_TOO_LONG',
    section: 'RFC 6455 §5.5',
  },
  { id: 'a ping of 125 octets', hex: `89 7d ${'00 '.repeat(125)}`, sentBy: 'server' },
  {
    id: '5 octets in 16 bits',
    hex: '81 7e 00 05 48 65 6c 6c 6f',
    sentBy: 'server',
    code: 'PAYLOAD_LENGTH_NOT_MINIMAL',
    section: 'RFC 6455 §5.2',
  },
  {
    id: '5 octets in 64 bits',
    hex: '81 7f 00 00 00 00 00 00 00 05 48 65 6c 6c 6f',
    sentBy: 'server',
    code: 'PAYLOAD_LENGTH_NOT_MINIMAL',
    section: 'RFC 6455 §5.2',
  },
  { id: '126 octets in 16 bits', hex: `81 7e 00 7e ${'41 '.repeat(126)}`, sentBy: 'server' },
];

describe('frameViolations', () => {
  for (const { id, hex, sentBy, code, section, extensions = [] } of cases) {
    it(code === undefined ? `finds nothing wrong with ${id}` : `names ${id} (${section})`, () => {
      const decoded = decodeFrame(octetsFromHex(hex));
      assert.ok(decoded);
      const violations = frameViolations(decoded.frame, sentBy, { extensions });
      const expected = code === undefined ? [] : [{ code, section, closeCode: 1002 }];
      assert.deepEqual(violations, expected);
    });
  }

  it('names the top bit of a 64-bit length (RFC 6455 §5.2)', () => {
    const decoded = decodeFrame(octetsFromHex('82 7f 00 00 00 00 00 00 00 00'));
    assert.ok(decoded);
    const frame = { ...decoded.frame, lengthTopBit: true, payloadLength: 2 ** 63 };
    assert.deepEqual(
      frameViolations(frame, 'server').map(({ code }) => code),
      ['PAYLOAD_LENGTH_TOP_BIT'],
    );
  });
});

describe('decodeCloseBody (RFC 6455 §5.5.1)', () => {
  it('reads code and reason', () => {
    // Curriculum B.3: Close 1000 `bye`.
    const body = decodeCloseBody(octetsFromHex('03 e8 62 79 65'));
    assert.deepEqual(body, { closeCode: 1000, closeReason: 'bye', violations: [] });
    assert.deepEqual(decodeCloseBody(new Uint8Array(0)), { violations: [] });
  });

  it('names what may not be sent', () => {
    for (const [hex, code, closeCode] of [
      ['03', 'CLOSE_BODY_OF_ONE_OCTET', 1002],
      ['03 ed', 'CLOSE_CODE_RESERVED', 1002],
      ['03 ee', 'CLOSE_CODE_RESERVED', 1002],
      ['03 f7', 'CLOSE_CODE_RESERVED', 1002],
      ['03 ec', 'CLOSE_CODE_RESERVED', 1002],
      ['07 d0', 'CLOSE_CODE_RESERVED', 1002],
      ['03 e7', 'CLOSE_CODE_OUT_OF_RANGE', 1002],
      ['13 88', 'CLOSE_CODE_OUT_OF_RANGE', 1002],
      ['03 e8 ff', 'CLOSE_REASON_NOT_UTF8', 1007],
    ] as const) {
      const { violations } = decodeCloseBody(octetsFromHex(hex));
      assert.deepEqual(
        violations.map((one) => [one.code, one.closeCode]),
        [[code, closeCode]],
        hex,
      );
    }
    assert.deepEqual(decodeCloseBody(octetsFromHex('13 87')).violations, []);
  });
});
