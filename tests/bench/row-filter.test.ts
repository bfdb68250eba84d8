import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FilteredRows, type RowFilter } from '#bench/row-filter.ts';
import { RowStore } from '#bench/row-store.ts';
import type { Row } from '#capture/row.ts';
import { octetsFromHex } from '#protocol/octets.ts';
import { RfcRequest, RfcResponse } from '#tests/fixtures/handshake-violations.ts';
import { encodeBatch } from '#tests/support/encode-batch.ts';
import { EventScript } from '#tests/support/event-script.ts';

/** RFC 6455 §5.7: "Hello" unmasked and masked, and a masked pong. */
const Hello = octetsFromHex('81 05 48 65 6c 6c 6f');
const MaskedHello = octetsFromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
const MaskedPong = octetsFromHex('8a 85 37 fa 21 3d 7f 9f 4d 51 58');
/** RFC 6455 §5.7: a fragmented "Hello". */
const Fragments = octetsFromHex('01 03 48 65 6c 80 02 6c 6f');
const Binary = octetsFromHex('82 03 78 79 7a');
/** ÄPFEL, in UTF-8. */
const Capitals = octetsFromHex('81 06 c3 84 50 46 45 4c');

function run(rounds = 30): EventScript {
  const script = new EventScript();
  for (const connection of [7, 8]) {
    script.open(connection, { hop: connection - 7, sender: connection === 7 ? 'BROWSER' : 'BOX' });
    script.octets(connection, 'up', RfcRequest).octets(connection, 'down', RfcResponse);
  }
  for (let round = 0; round < rounds; round++) {
    script.octets(7, 'up', MaskedHello).octets(8, 'up', MaskedHello).octets(8, 'down', Hello);
    if (round % 3 === 0) script.octets(7, 'down', Capitals).octets(7, 'up', MaskedPong);
    if (round % 5 === 0) script.octets(8, 'down', Binary).octets(7, 'down', Fragments);
    if (round % 7 === 0) script.note('server', 'message', { words: 'The order was KEPT' });
  }
  return script;
}

/** With plain frames unmade, or all rows made at once. */
function storeOf(script: EventScript, madeRows = 0, weight = 2 ** 30): RowStore {
  const store = new RowStore({ weight, madeRows });
  for (let at = 0; at < script.events.length; at += 8) {
    store.addBatch(encodeBatch(at, script.events.slice(at, at + 8)));
  }
  return store;
}

function numbersOf(filtered: FilteredRows): readonly (number | undefined)[] {
  return Array.from({ length: filtered.length }, (_, index) => filtered.numberAt(index));
}

const isMessageOf =
  (text: string) =>
  ({ kind, data }: Row): boolean =>
    kind === 'ws.message' && data['text'] === text;

const expected = (store: RowStore, passes: (row: Row) => boolean) =>
  store.byTime.filter(passes).map(({ number }) => number);

const filters: readonly (readonly [string, RowFilter, (row: Row) => boolean])[] = [
  ['a kind', { kind: 'ws.message' }, ({ kind }) => kind === 'ws.message'],
  ['a way', { direction: 'up' }, ({ direction }) => direction === 'up'],
  ['a sender', { sender: 'BOX' }, ({ sender }) => sender === 'BOX'],
  ['the server', { sender: 'SERVER' }, ({ sender }) => sender === 'SERVER'],
  ['a hop', { hop: 1 }, ({ hop }) => hop === 1],
  [
    'several at once',
    { kind: 'ws.frame', direction: 'up', sender: 'BROWSER', hop: 0 },
    ({ kind, direction, connection }) =>
      kind === 'ws.frame' && direction === 'up' && connection === 7,
  ],
  [
    'text in payloads, unmasked',
    { text: 'hELLo', kind: 'ws.frame' },
    // The pong says it, too.
    ({ kind, data, connection, direction }) =>
      kind === 'ws.frame' && (data['text'] === 'Hello' || (connection === 7 && direction === 'up')),
  ],
  ['text beyond ASCII', { text: 'Äpfel' }, ({ data: { text } }) => text === 'ÄPFEL'],
  [
    'text in a message of several frames',
    { text: 'llo', kind: 'ws.message' },
    isMessageOf('Hello'),
  ],
  ['the name of a row', { text: 'PONG' }, ({ data }) => data['opcodeName'] === 'pong'],
  [
    'binary messages by their name',
    { text: 'binary mess' },
    ({ kind, data }) => kind === 'ws.message' && data['type'] === 'binary',
  ],
  [
    'octets of a binary message',
    { text: 'xyz', kind: 'ws.message' },
    ({ kind, data }) => kind === 'ws.message' && data['type'] === 'binary',
  ],
  ['text in a head', { text: 'SEC-websocket-KEY' }, ({ kind }) => kind === 'http.req.head'],
  ['text in a note', { text: 'order was kept' }, ({ kind }) => kind === 'server'],
  ['text that is nowhere', { text: 'goodbye' }, () => false],
];

describe('a filter', () => {
  for (const [name, filter, passes] of filters) {
    it(`finds ${name}, in rows and in frames of which no row was made`, () => {
      for (const madeRows of [0, Infinity]) {
        const store = storeOf(run(), madeRows);
        const filtered = new FilteredRows(store, filter);
        assert.equal(filtered.advance(Infinity), true);
        assert.deepEqual(numbersOf(filtered), expected(store, passes));
        if (name !== 'text that is nowhere') assert.ok(filtered.length > 0);
      }
    });
  }

  it('looks at a long run in pieces, and goes on where it stood', () => {
    const store = storeOf(run(2000));
    const filtered = new FilteredRows(store, { kind: 'server' });
    let pieces = 1;
    while (!filtered.advance(0, () => 1)) {
      assert.ok(filtered.seen < store.byTime.length);
      pieces++;
    }
    assert.ok(pieces > 5);
    assert.equal(filtered.seen, store.byTime.length);
    assert.deepEqual(
      numbersOf(filtered),
      expected(store, ({ kind }) => kind === 'server'),
    );
  });

  it('takes in what comes later, at the end or in between', () => {
    const store = storeOf(run());
    const filtered = new FilteredRows(store, { kind: 'app' });
    const isApp = ({ kind }: Row) => kind === 'app';
    for (const t of [500, 20, 20.5, 3, 600]) {
      store.addPage({ t, name: 'message', data: {} });
      assert.equal(filtered.advance(Infinity), true);
      assert.deepEqual(numbersOf(filtered), expected(store, isApp));
    }
    assert.equal(filtered.length, 5);
  });

  it('begins anew when the oldest rows went, and shows the row that says so', () => {
    const script = run(200);
    const store = new RowStore({ weight: 12_000, madeRows: 0 });
    const filtered = new FilteredRows(store, { sender: 'BOX' });
    for (let at = 0; at < script.events.length; at += 8) {
      store.addBatch(encodeBatch(at, script.events.slice(at, at + 8)));
      filtered.advance(Infinity);
    }
    assert.equal(store.byTime[0]?.kind, 'dropped');
    assert.deepEqual(
      numbersOf(filtered),
      expected(store, ({ kind, sender }) => kind === 'dropped' || sender === 'BOX'),
    );
  });

  it('knows where a row stands among those that it found', () => {
    const store = storeOf(run());
    const filtered = new FilteredRows(store, { kind: 'ws.frame', direction: 'down' });
    filtered.advance(Infinity);
    numbersOf(filtered).forEach((number, index) => assert.equal(filtered.indexOf(number), index));
    const other = store.byTime.find(({ direction }) => direction === 'up');
    assert.equal(filtered.indexOf(other?.number), -1);
    assert.equal(filtered.indexOf(undefined), -1);
    assert.equal(filtered.numberAt(filtered.length), undefined);
    assert.equal(filtered.numberAt(-1), undefined);
  });
});
