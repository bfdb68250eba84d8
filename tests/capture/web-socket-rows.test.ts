import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { constants, deflateRawSync } from 'node:zlib';
import { CaptureReader } from '#capture/capture-reader.ts';
import type { Row } from '#capture/row.ts';
import type { Direction } from '#capture/wire-event.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { RfcRequest, RfcResponse } from '#tests/fixtures/handshake-violations.ts';
import { EventScript } from '#tests/support/event-script.ts';

/** Rows after the example handshake of RFC 6455 §1.2, from octets that one side sends. */
function rowsOf(direction: Direction, hex: string): readonly Row[] {
  const script = new EventScript()
    .open(1)
    .octets(1, 'up', RfcRequest)
    .octets(1, 'down', RfcResponse)
    .octets(1, direction, octetsFromHex(hex))
    .end(1, direction);
  const reader = new CaptureReader();
  for (const event of script.events) reader.pushWire(event);
  const handshake = reader.rows.findIndex(({ kind }) => kind === 'ws.handshake');
  assert.ok(handshake > 0);
  return reader.rows.slice(handshake + 1);
}

const codesOf = (row: Row | undefined) =>
  ((row?.data['violations'] ?? []) as readonly { readonly code: string }[]).map(({ code }) => code);

describe('rows of frames', () => {
  it('show a frame that is too long to be read, and what it breaks (RFC 6455 §5.2)', () => {
    const [row] = rowsOf('down', '82 7f 80 00 00 00 00 00 01 00 cd cd');
    assert.equal(row?.kind, 'octets.unread');
    assert.equal(row.octets?.length, 12);
    assert.equal(row.data['code'], 'PAYLOAD_LENGTH_ABOVE_BOUND');
    assert.deepEqual(codesOf(row), ['PAYLOAD_LENGTH_TOP_BIT']);
  });

  it('judge a frame that the connection cuts off by its header (RFC 6455 §5.1)', () => {
    const [row] = rowsOf('down', '81 85 00 00 00 00 48');
    assert.equal(row?.data['code'], 'FRAME_INCOMPLETE');
    assert.deepEqual(codesOf(row), ['SERVER_FRAME_MASKED']);
    assert.ok(!('violations' in (rowsOf('down', '81 05 48')[0]?.data ?? {})));
  });

  it('judge a close code by who sent it (RFC 6455 §7.4.1)', () => {
    assert.deepEqual(codesOf(rowsOf('down', '88 02 03 f2')[0]), ['CLOSE_CODE_OF_CLIENTS']);
    assert.deepEqual(codesOf(rowsOf('up', '88 82 00 00 00 00 03 f2')[0]), []);
  });

  it('say at which octet a text stops being one (RFC 6455 §8.1)', () => {
    const [row] = rowsOf('down', '81 03 41 e2 41');
    assert.deepEqual(row?.data['violations'], [
      { code: 'TEXT_NOT_UTF8', section: 'RFC 6455 §8.1', closeCode: 1007, offset: 2 },
    ]);
  });

  it('know from the handshake that RSV1 is agreed on (RFC 7692 §6)', () => {
    const [frame, message] = rowsOf('down', 'c1 07 f2 48 cd c9 c9 07 00');
    assert.deepEqual(codesOf(frame), []);
    assert.equal(message?.data['compressed'], true);
  });

  it('have a compressed message’s own text and length (RFC 7692 §7.2.3.1, §7.2.3.2)', () => {
    const hello = '41 03 f2 48 cd 80 04 c9 c9 07 00';
    const rows = rowsOf('down', `${hello} c1 05 f2 00 11 00 00`);
    const messages = rows.filter(({ kind }) => kind === 'ws.message');
    for (const { data, detail } of messages) {
      assert.deepEqual([data['text'], data['length'], data['violations']], ['Hello', 5, []]);
      assert.deepEqual(detail, { type: 'inflated', begin: Uint8Array.from(Buffer.from('Hello')) });
    }
    assert.deepEqual(
      messages.map(({ data }) => data['deflatedLength']),
      [7, 5],
    );
  });

  it('name what can’t be inflated, and what then is not known (RFC 7692 §7.2.2)', () => {
    const rows = rowsOf('down', 'c1 02 07 00 c1 05 f2 00 11 00 00 81 02 6f 6b');
    const [broken, lost, plain] = rows.filter(({ kind }) => kind === 'ws.message');
    assert.deepEqual(codesOf(broken), ['DEFLATE_DATA_INVALID']);
    assert.deepEqual([lost?.data['contextLost'], codesOf(lost)], [true, []]);
    assert.ok(!('length' in (lost?.data ?? {})) && lost?.detail === undefined);
    assert.deepEqual([plain?.data['text'], plain?.data['length']], ['ok', 2]);
  });

  it('keep the beginning of a long one, and say its length', () => {
    const deflated = deflateRawSync(Buffer.alloc(50_000, 'x'), {
      finishFlush: constants.Z_SYNC_FLUSH,
    }).subarray(0, -4);
    const header = Buffer.of(0xc2, deflated.length);
    const rows = rowsOf('down', Buffer.concat([header, deflated]).toString('hex'));
    const message = rows.find(({ kind }) => kind === 'ws.message');
    assert.equal(message?.data['length'], 50_000);
    assert.ok(message.detail?.type === 'inflated');
    assert.equal(Buffer.from(message.detail.begin).toString(), 'x'.repeat(4096));
  });
});
