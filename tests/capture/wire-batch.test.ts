import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { WireBatchError } from '#capture/wire-batch-head.ts';
import { decodeBatch, encodeBatch } from '#capture/wire-batch.ts';
import type { WireEvent } from '#capture/wire-event.ts';
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

/** A batch of one event of that text. */
function batchOf(json: string): Uint8Array {
  const empty = encodeBatch(0, []);
  const content = utf8(json);
  const octets = new Uint8Array(empty.length + 5 + content.length);
  octets.set(empty);
  const view = new DataView(octets.buffer);
  view.setUint32(9, 1);
  view.setUint8(empty.length, 2);
  view.setUint32(empty.length + 1, content.length);
  octets.set(content, empty.length + 5);
  return octets;
}

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
    batch[0] = 2;
    assert.throws(() => decodeBatch(batch), /version 2.*reload/);
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
    assert.equal(decodeBatch(batchOf(good)).events.length, 1);
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
      '{"kind":"note","seq":1,"t":2,"vantage":"page","name":"a","data":{}}',
      '{"kind":"note","seq":1,"t":2,"vantage":"box","name":"a","data":[]}',
      '{"kind":"open","seq":1,"t":2,"connection":3,"sender":"ME","hop":0,"exchangesBefore":0}',
    ]) {
      assert.throws(() => decodeBatch(batchOf(json)), WireBatchError, json);
    }
  });
});
