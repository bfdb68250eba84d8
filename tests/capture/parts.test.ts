import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CaptureReader } from '#capture/capture-reader.ts';
import { partsOf } from '#capture/parts.ts';
import type { Row } from '#capture/row.ts';
import { encodeFrame, decodeFrame } from '#protocol/websocket/frame.ts';
import { octetsFromHex, octetsFromLatin1 } from '#protocol/octets.ts';
import { EventScript } from '#tests/support/event-script.ts';
import { crlf } from '#tests/support/octets-of.ts';

const nameAndValue = (row: Row) => partsOf(row).map(({ name, value }) => [name, value]);

function frameRow(octets: Uint8Array): Row {
  const decoded = decodeFrame(octets);
  assert.ok(decoded);
  const detail = { type: 'frame', frame: decoded.frame } as const;
  return { number: 1, t: 0, kind: 'ws.frame', vantage: 'wire', octets, data: {}, detail };
}

function rowOf(kind: Row['kind'], up: Uint8Array, down = new Uint8Array(0)): Row {
  const reader = new CaptureReader();
  const script = new EventScript().open(1).octets(1, 'up', up).octets(1, 'down', down);
  for (const event of script.events) reader.pushWire(event);
  const row = reader.rows.find((one) => one.kind === kind);
  assert.ok(row);
  let bits = 0;
  for (const part of partsOf(row)) {
    assert.equal(part.bitOffset, bits, part.name);
    bits += part.bitLength;
  }
  assert.equal(bits, (row.octets?.length ?? 0) * 8);
  return row;
}

describe('partsOf a frame (RFC 6455 §5.2)', () => {
  it('names each bit of the masked Hello of §5.7', () => {
    const parts = partsOf(frameRow(octetsFromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58')));
    assert.deepEqual(
      parts.map(({ name, bitOffset, bitLength, value }) => [name, bitOffset, bitLength, value]),
      [
        ['fin', 0, 1, '1'],
        ['rsv1', 1, 1, '0'],
        ['rsv2', 2, 1, '0'],
        ['rsv3', 3, 1, '0'],
        ['opcode', 4, 4, '1 (text)'],
        ['mask', 8, 1, '1'],
        ['payload-length', 9, 7, '5'],
        ['masking-key', 16, 32, '37 fa 21 3d'],
        ['payload-data', 48, 40, '7f 9f 4d 51 58'],
      ],
    );
  });

  it('shows masked payload as it is on the wire, even where that reads as text', () => {
    const masked = frameRow(octetsFromHex('81 81 00 00 00 00 41'));
    assert.deepEqual(nameAndValue(masked).at(-1), ['payload-data', '41']);
    assert.deepEqual(nameAndValue(frameRow(octetsFromHex('81 01 41'))).at(-1), [
      'payload-data',
      'A',
    ]);
  });

  it('shows the extended length and what its seven bits say', () => {
    const lengths = (length: number) =>
      nameAndValue(
        frameRow(encodeFrame({ opcode: 2, applicationData: new Uint8Array(length) })),
      ).filter(([name]) => name?.endsWith('payload-length'));
    assert.deepEqual(lengths(125), [['payload-length', '125']]);
    assert.deepEqual(lengths(126), [
      ['payload-length', '126'],
      ['extended-payload-length', '126'],
    ]);
    assert.deepEqual(lengths(65_536), [
      ['payload-length', '127'],
      ['extended-payload-length', '65536'],
    ]);
  });

  it('reads a Close, masked or not (§5.5.1)', () => {
    for (const hex of ['88 05 0f a1 62 79 65', '88 85 01 02 03 04 0e a3 61 7d 64']) {
      assert.deepEqual(nameAndValue(frameRow(octetsFromHex(hex))).slice(-2), [
        ['close-code', '4001'],
        ['close-reason', 'bye'],
      ]);
    }
  });
});

describe('partsOf a head (RFC 9112)', () => {
  it('names start line, fields and line ends', () => {
    const row = rowOf('http.req.head', crlf('GET /a HTTP/1.1\nHost:  x \nE:\n\n'));
    assert.deepEqual(nameAndValue(row), [
      ['method', 'GET'],
      ['separator', ' '],
      ['request-target', '/a'],
      ['separator', ' '],
      ['http-version', 'HTTP/1.1'],
      ['line-end', '\r\n'],
      ['field-name', 'Host'],
      ['field-separator', ':  '],
      ['field-value', 'x'],
      ['field-separator', ' '],
      ['line-end', '\r\n'],
      ['field-name', 'E'],
      ['field-separator', ':'],
      ['line-end', '\r\n'],
      ['head-end', '\r\n'],
    ]);
  });

  it('names the status line, with and without reason phrase', () => {
    for (const [line, expected] of [
      [
        'HTTP/1.1 200 OK',
        ['http-version', 'separator', 'status-code', 'separator', 'reason-phrase'],
      ],
      ['HTTP/1.1 200 ', ['http-version', 'separator', 'status-code', 'separator']],
      ['HTTP/1.1 200', ['http-version', 'separator', 'status-code']],
    ] as const) {
      const row = rowOf('http.res.head', new Uint8Array(0), crlf(`${line}\n\n`));
      const names = partsOf(row).map(({ name }) => name);
      assert.deepEqual(names, [...expected, 'line-end', 'head-end'], line);
    }
  });

  it('sets withheld octets apart, in values and in the target', () => {
    const head = 'GET /a?key=\x95\x95 HTTP/1.1\r\nCookie: a=\x95\x95\x95; b\r\n\r\n';
    const parts = nameAndValue(rowOf('http.req.head', octetsFromLatin1(head)));
    assert.deepEqual(parts.slice(2, 4), [
      ['request-target', '/a?key='],
      ['withheld', '••'],
    ]);
    assert.deepEqual(parts.slice(9, 12), [
      ['field-value', 'a='],
      ['withheld', '•••'],
      ['field-value', '; b'],
    ]);
  });
});

describe('partsOf content', () => {
  const GET = crlf('GET / HTTP/1.1\nHost: x\n\n');
  const stream = 'HTTP/1.1 200 OK\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n\n';

  it('names a chunk (RFC 9112 §7.1)', () => {
    assert.deepEqual(nameAndValue(rowOf('http.chunk', GET, crlf(`${stream}3;a=b\nabc\n`))), [
      ['chunk-size', '3'],
      ['chunk-extension', ';a=b'],
      ['line-end', '\r\n'],
      ['chunk-data', 'abc'],
      ['line-end', '\r\n'],
    ]);
  });

  it('names the last chunk and its trailer section (RFC 9112 §7.1.2)', () => {
    assert.deepEqual(nameAndValue(rowOf('http.chunk', GET, crlf(`${stream}0\nA: b\n\n`))), [
      ['chunk-size', '0'],
      ['line-end', '\r\n'],
      ['field-name', 'A'],
      ['field-separator', ': '],
      ['field-value', 'b'],
      ['line-end', '\r\n'],
      ['head-end', '\r\n'],
    ]);
  });

  it('names the lines of an event (WHATWG HTML §9.2.6)', () => {
    const octets = Uint8Array.of(
      ...crlf(`${stream}1a\n`),
      ...octetsFromLatin1('id: 7\n:c\ndata:a\r\ndata\n\n    \r\n'),
    );
    assert.deepEqual(nameAndValue(rowOf('sse.event', GET, octets)), [
      ['event-field', 'id'],
      ['field-separator', ': '],
      ['event-value', '7'],
      ['line-end', '\n'],
      ['field-separator', ':'],
      ['event-value', 'c'],
      ['line-end', '\n'],
      ['event-field', 'data'],
      ['field-separator', ':'],
      ['event-value', 'a'],
      ['line-end', '\r\n'],
      ['event-field', 'data'],
      ['line-end', '\n'],
      ['event-end', '\n'],
    ]);
  });

  it('takes nothing in a body for withheld', () => {
    const head = crlf('HTTP/1.1 200 OK\nContent-Length: 2\n\n');
    const row = rowOf('http.res.body', GET, Uint8Array.of(...head, 0x95, 0x41));
    assert.deepEqual(nameAndValue(row), [['body', '\x95A']]);
  });

  it('has no parts for rows without octets', () => {
    assert.deepEqual(partsOf({ number: 1, t: 0, kind: 'app', vantage: 'page', data: {} }), []);
  });
});
