import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { concatOctets, octetsFromHex } from '#protocol/octets.ts';
import { RecordReader } from '#protocol/tls/record-reader.ts';
import {
  beginsWithTls,
  contentTypeName,
  handshakeTypeName,
  serverNameOf,
} from '#protocol/tls/record.ts';
import { Random } from '#tests/support/random.ts';

/** RFC 8448 §3: the ClientHello of the simple handshake, as one complete record. */
const CLIENT_HELLO = octetsFromHex(
  '16030100c4010000c00303cb34ecb1e78163ba1c38c6dacb196a6dffa21a8d9912ec18a2ef6283024dece7' +
    '000006130113031302010000910000000b0009000006736572766572' +
    'ff01000100000a00140012001d0017001800190100010101020103010400230000' +
    '003300260024001d002099381de560e4bd43d23d8e435a7dbafeb3c06e51c13cae4d5413691e529aaf2c' +
    '002b0003020304000d0020001e040305030603020308040805080604010501060102010402050206020202' +
    '002d00020101001c00024001',
);
/** RFC 8448 §3: the client's first application data, 50 octets, as one complete record begins so. */
const APPLICATION_DATA = concatOctets([octetsFromHex('1703030043'), new Uint8Array(67)]);

const records = (octets: Uint8Array) =>
  new RecordReader().push(octets).map((element) => {
    assert.equal(element.type, 'record');
    if (element.type !== 'record') throw new Error();
    return element.record;
  });

describe('a record of TLS', () => {
  it('has a type, a version, a length and a fragment (RFC 8446 §5.1)', () => {
    const [hello, sealed, ...others] = records(concatOctets([CLIENT_HELLO, APPLICATION_DATA]));
    assert.deepEqual(others, []);
    assert.deepEqual([hello?.contentType, hello?.legacyVersion, hello?.length], [22, 0x0301, 196]);
    assert.equal(contentTypeName(hello!.contentType), 'handshake');
    assert.equal(handshakeTypeName(hello!), 'client_hello');
    assert.equal(contentTypeName(sealed!.contentType), 'application_data');
    assert.deepEqual([sealed?.legacyVersion, sealed?.length], [0x0303, 67]);
  });

  it('tells in its hello which server is meant, and nothing does where there is no name', () => {
    const [hello, sealed] = records(concatOctets([CLIENT_HELLO, APPLICATION_DATA]));
    assert.equal(serverNameOf(hello!), 'server');
    assert.equal(serverNameOf(sealed!), undefined);
    for (let length = 0; length < hello!.length; length += 1) {
      const cut = { ...hello!, fragment: hello!.fragment.subarray(0, length) };
      assert.doesNotThrow(() => serverNameOf(cut));
    }
  });

  it('is read the same however it arrives', () => {
    const random = new Random(7);
    const whole = concatOctets([CLIENT_HELLO, APPLICATION_DATA, CLIENT_HELLO]);
    for (let round = 0; round < 50; round += 1) {
      const reader = new RecordReader();
      const lengths: number[] = [];
      let offset = 0;
      for (let at = 0; at < whole.length;) {
        const end = at + random.integer(1, 40);
        for (const element of reader.push(whole.slice(at, end))) {
          assert.equal(element.offset, offset);
          offset += element.octets.length;
          lengths.push(element.octets.length);
        }
        at = end;
      }
      assert.deepEqual(lengths, [201, 72, 201]);
      assert.deepEqual(reader.end(), []);
    }
  });

  it('that is cut, or none, is octets that are not read', () => {
    const reader = new RecordReader();
    assert.deepEqual(reader.push(CLIENT_HELLO.subarray(0, 200)), []);
    const [cut] = reader.end();
    assert.deepEqual(
      [cut?.type, cut?.type === 'unread' && cut.code, cut?.octets.length],
      ['unread', 'RECORD_INCOMPLETE', 200],
    );
    for (const hex of ['474554202f', '1602010005aaaaaaaaaa', '1703034101']) {
      const lost = new RecordReader();
      const [none] = lost.push(octetsFromHex(hex));
      assert.equal(none?.type === 'unread' && none.code, 'NOT_A_RECORD', hex);
      assert.equal(lost.push(CLIENT_HELLO)[0]?.type, 'unread');
    }
  });

  it('begins as no request does', () => {
    assert.equal(beginsWithTls(CLIENT_HELLO), true);
    for (const text of ['GET / HTTP/1.1', 'PRI * HTTP/2.0', '']) {
      assert.equal(beginsWithTls(new TextEncoder().encode(text)), false);
    }
  });
});
