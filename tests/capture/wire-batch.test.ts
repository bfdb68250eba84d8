import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WireBatchError } from '#capture/wire-batch-head.ts';
import { decodeBatch } from '#capture/wire-batch.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { encodeBatch } from '#tests/support/encode-batch.ts';
import { utf8 } from '#tests/support/octets-of.ts';
import { Random } from '#tests/support/random.ts';

const events: readonly WireEvent[] = [
  { kind: 'open', seq: 1, t: 0, connection: 7, sender: 'BROWSER', hop: 0, exchangesBefore: 2 },
  {
    kind: 'open',
    seq: 2,
    t: 0.5,
    connection: 8,
    sender: 'BOX',
    hop: 1,
    box: 'buffer',
    onBehalfOf: 7,
    exchangesBefore: 0,
  },
  { kind: 'octets', seq: 3, t: 1.25, connection: 7, direction: 'up', octets: utf8('abc') },
  { kind: 'octets', seq: 4, t: 2, connection: 4294967295, direction: 'down', octets: utf8('') },
  {
    kind: 'note',
    seq: 5,
    t: 3,
    vantage: 'server',
    connection: 7,
    name: 'message',
    data: { a: 'é' },
  },
  { kind: 'note', seq: 6, t: 3, vantage: 'box', name: 'upgrade-stripped', data: {} },
  { kind: 'end', seq: 7, t: 4, connection: 7, direction: 'down' },
  { kind: 'close', seq: 8, t: 5, connection: 7, hadError: true },
  { kind: 'dropped', seq: 2 ** 40, t: 6, events: 9, octets: 1000 },
];

/** A batch of one event that has this between its marker and its content. */
function batchOf(marker: number, between: readonly number[], content: Uint8Array): Uint8Array {
  const head = encodeBatch(0, []);
  new DataView(head.buffer).setUint32(9, 1);
  const { length } = content;
  return Uint8Array.of(...head, marker, ...between, 0, 0, length >> 8, length, ...content);
}

const batchOfJson = (json: string) => batchOf(2, [], utf8(json));
const batchOfNote = (content: Uint8Array) => batchOf(3, Array<number>(20).fill(0), content);

describe('encodeBatch and decodeBatch', () => {
  it('bring every kind of event across', () => {
    assert.deepEqual(decodeBatch(encodeBatch(12.5, events)), { now: 12.5, events });
    assert.deepEqual(decodeBatch(encodeBatch(0, [])), { now: 0, events: [] });
  });

  it('hand out views of the message, wherever it lies in its buffer', () => {
    const batch = encodeBatch(1, events);
    const octets = new Uint8Array(batch.length + 10);
    octets.set(batch, 3);
    const decoded = decodeBatch(octets.subarray(3, 3 + batch.length));
    const [, , event] = decoded.events;
    assert.ok(event?.kind === 'octets');
    assert.equal(event.octets.buffer, octets.buffer);
    assert.deepEqual(Buffer.from(event.octets).toString(), 'abc');
  });

  it('refuse a batch that ends too early or too late', () => {
    const batch = encodeBatch(1, events);
    for (let length = 0; length < batch.length; length++) {
      assert.throws(() => decodeBatch(batch.subarray(0, length)), WireBatchError, String(length));
    }
    assert.throws(() => decodeBatch(Uint8Array.of(...batch, 0)), /1 octets after/);
  });

  it('refuse another version, and say what to do', () => {
    const batch = encodeBatch(1, events);
    batch[0] = 1;
    assert.throws(() => decodeBatch(batch), /version 1.*reload/);
  });

  it('refuse times that are no numbers', () => {
    assert.throws(() => decodeBatch(encodeBatch(NaN, [])), WireBatchError);
    const event = {
      kind: 'octets',
      seq: 1,
      connection: 1,
      direction: 'up',
      octets: utf8(''),
    } as const;
    assert.throws(() => decodeBatch(encodeBatch(0, [{ ...event, t: Infinity }])), WireBatchError);
    assert.throws(
      () => decodeBatch(encodeBatch(0, [{ ...event, seq: 1.5, t: 0 }])),
      WireBatchError,
    );
  });

  it('never fail with anything but WireBatchError on damaged octets', () => {
    const random = new Random(25);
    for (let round = 0; round < 3000; round++) {
      const batch = encodeBatch(1, events);
      for (let count = random.integer(1, 3); count > 0; count--) {
        batch[random.integer(0, batch.length - 1)] = random.integer(0, 255);
      }
      try {
        decodeBatch(batch);
      } catch (error) {
        assert.ok(error instanceof WireBatchError, String(error));
      }
    }
  });

  it('refuse JSON of another shape', () => {
    const good = '{"kind":"close","seq":1,"t":2,"connection":3,"hadError":false}';
    assert.equal(decodeBatch(batchOfJson(good)).events.length, 1);
    for (const json of [
      'null',
      '[]',
      '{',
      '{"kind":"constructor","seq":1,"t":2}',
      '{"kind":"octets","seq":1,"t":2,"connection":3,"direction":"up","octets":{}}',
      good.replace('1', '-1'),
      good.replace('1', '1.5'),
      good.replace('2', '"2"'),
      good.replace('2', 'null'),
      good.replace('3', 'null'),
      good.replace('false', '0'),
      '{"kind":"end","seq":1,"t":2,"connection":3,"direction":"left"}',
      '{"kind":"note","seq":1,"t":2,"vantage":"box","name":"a","data":{}}',
      '{"kind":"open","seq":1,"t":2,"connection":3,"sender":"ME","hop":0,"exchangesBefore":0}',
    ]) {
      assert.throws(() => decodeBatch(batchOfJson(json)), WireBatchError, json);
    }
  });

  it('refuse a note without a name, or with data that are no record in UTF-8', () => {
    assert.deepEqual(decodeBatch(batchOfNote(utf8('a {"b":"c d"}'))).events, [
      { kind: 'note', seq: 0, t: 0, vantage: 'server', name: 'a', data: { b: 'c d' } },
    ]);
    for (const content of ['', 'a', '{}', ' {}', 'a []', 'a null', 'a {']) {
      assert.throws(() => decodeBatch(batchOfNote(utf8(content))), WireBatchError, content);
    }
    const notUtf8 = Uint8Array.of(...utf8('a {"b":"'), 0xff, ...utf8('"}'));
    assert.throws(() => decodeBatch(batchOfNote(notUtf8)), WireBatchError);
  });
});
