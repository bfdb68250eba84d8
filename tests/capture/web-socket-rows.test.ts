import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
});
