import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { rowWords } from '#bench/row-words.ts';
import { ledgerOf } from '#capture/ledger.ts';
import { partsOf } from '#capture/parts.ts';
import { provideTls } from '#capture/tls/tls-rows.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { RecordedRun, rowsOf } from './export/recorded-run.ts';

provideTls();

/** A hello as far as its random octets (RFC 8446 §4.1.2), and one record of what follows. */
const HELLO = octetsFromHex(`1603010026 01000022 0303${'ab'.repeat(32)}`.replaceAll(' ', ''));
const SEALED = octetsFromHex('1703030004deadbeef');

function run(...up: readonly Uint8Array[]) {
  const recorded = new RecordedRun();
  recorded.open(1, { sender: 'ROBOT' });
  for (const octets of up) recorded.octets(1, 'up', octets);
  recorded.octets(1, 'down', SEALED);
  recorded.end(1, 'up');
  return rowsOf(recorded.events);
}

describe('a connection that begins with TLS', () => {
  const rows = run(HELLO, SEALED);
  const records = rows.filter(({ kind }) => kind === 'tls.record');

  it('is rows of records, each octet of them named', () => {
    assert.deepEqual(
      records.map(({ direction, data }) => [direction, data['contentType'], data['length']]),
      [
        ['up', 'handshake', 38],
        ['up', 'application_data', 4],
        ['down', 'application_data', 4],
      ],
    );
    for (const row of records) {
      const parts = partsOf(row);
      assert.equal(
        parts.reduce((sum, { bitLength }) => sum + bitLength, 0),
        8 * row.octets!.length,
      );
    }
    assert.equal(partsOf(records[1]!).at(-1)?.value, 'de ad be ef');
  });

  it('is told in words', () => {
    assert.deepEqual(
      records.slice(0, 2).map((row) => rowWords(row)),
      [
        { title: 'TLS client_hello', detail: '38 bytes', tone: 'control' },
        { title: 'TLS application_data', detail: '4 bytes, encrypted', tone: 'plain' },
      ],
    );
  });

  it('counts headers as framing, and the rest as not read', () => {
    const { up, down } = ledgerOf(rows);
    assert.deepEqual([up.framing, up.unread, up.total], [10, 42, 52]);
    assert.deepEqual([down.framing, down.unread, down.payload], [5, 4, 0]);
  });

  it('is not read on where it is cut, or stops being TLS', () => {
    const cut = run(HELLO.subarray(0, 20)).find(({ kind }) => kind === 'octets.unread');
    assert.deepEqual([cut?.data['code'], cut?.octets?.length], ['RECORD_INCOMPLETE', 20]);
    const lost = run(HELLO, octetsFromHex('474554')).find(({ kind }) => kind === 'octets.unread');
    assert.equal(lost?.data['code'], 'NOT_A_RECORD');
  });
});
