import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RowStore } from '#bench/row-store.ts';
import { TimelineLayout } from '#bench/timeline-layout.ts';
import { CaptureReader } from '#capture/capture-reader.ts';
import type { Row } from '#capture/row.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { RfcRequest, RfcResponse } from '#tests/fixtures/handshake-violations.ts';
import { encodeBatch } from '#tests/support/encode-batch.ts';
import { EventScript } from '#tests/support/event-script.ts';
import { octetsFromHex } from '#protocol/octets.ts';

/** RFC 6455 §5.7: "Hello" unmasked and masked, two fragments of it, a ping and its pong. */
const Hello = octetsFromHex('81 05 48 65 6c 6c 6f');
const MaskedHello = octetsFromHex('81 85 37 fa 21 3d 7f 9f 4d 51 58');
const Fragments = ['01 03 48 65 6c', '80 02 6c 6f'].map(octetsFromHex);
const Ping = octetsFromHex('89 05 48 65 6c 6c 6f');
const MaskedPong = octetsFromHex('8a 85 37 fa 21 3d 7f 9f 4d 51 58');
const NotUtf8 = octetsFromHex('81 03 41 e2 41');
const TwoHellos = octetsFromHex('81 05 48 65 6c 6c 6f 81 05 48 65 6c 6c 6f');

/** A WebSocket on which everything happens, plain frames for the most part. */
function run(): EventScript {
  const script = new EventScript()
    .open(7)
    .octets(7, 'up', RfcRequest)
    .octets(7, 'down', RfcResponse);
  for (let round = 0; round < 40; round++) {
    script.octets(7, 'up', MaskedHello).octets(7, 'down', Hello).octets(7, 'down', TwoHellos);
    if (round % 4 === 0) script.octets(7, 'down', Fragments[0]!).octets(7, 'up', MaskedHello);
    if (round % 4 === 0) script.octets(7, 'down', Fragments[1]!);
    if (round % 5 === 0) script.octets(7, 'down', Ping).octets(7, 'up', MaskedPong);
    if (round % 6 === 0) script.octets(7, 'down', NotUtf8);
    if (round % 7 === 0) script.octets(7, 'down', Hello.subarray(0, 3));
    if (round % 7 === 0) script.octets(7, 'down', Hello.subarray(3));
    if (round % 8 === 0) script.note('server', 'message', { round });
    if (round % 9 === 0) script.octets(7, 'down', new Uint8Array([...Hello, ...Ping]));
  }
  return script;
}

/** What every row would be if each were made at once. */
function madeRows(events: readonly WireEvent[]): readonly Row[] {
  const reader = new CaptureReader();
  for (const event of events) reader.pushWire(event);
  return reader.rows;
}

/** Pushes events in batches of some length, with nothing made before it is looked at. */
function storeOf(events: readonly WireEvent[], length = 16, weight = 2 ** 30): RowStore {
  const store = new RowStore({ weight, madeRows: 0 });
  for (let at = 0; at < events.length; at += length) {
    store.addBatch(encodeBatch(at, events.slice(at, at + length)));
  }
  return store;
}

describe('RowStore', () => {
  it('makes the same rows later as at once, in both orders and by number', () => {
    const { events } = run();
    const made = madeRows(events);
    for (const length of [1, 16, 1000]) {
      const store = storeOf(events, length);
      assert.deepEqual([...store.rows], made);
      assert.deepEqual([...store.byTime], made);
      assert.deepEqual(store.row(made.length), made.at(-1));
      assert.equal(store.lastNumber, made.length);
    }
  });

  it('is laid out lane by lane the same, whether its frames were made or not', () => {
    const script = new EventScript();
    for (const [hop, connection] of [7, 8].entries()) {
      script.open(connection, { hop });
      script.octets(connection, 'up', RfcRequest).octets(connection, 'down', RfcResponse);
      for (let count = 0; count < 20 * (hop + 1); count++) script.octets(connection, 'down', Hello);
    }
    const [later, atOnce] = [0, 1000].map((madeRows) => {
      const store = new RowStore({ weight: 2 ** 30, madeRows });
      store.addBatch(encodeBatch(0, script.events));
      const layout = new TimelineLayout(store);
      return (['hop-1', 'hop-2', 'server'] as const).map((lane) => {
        layout.update({ lane });
        return [...layout.numbers];
      });
    });
    assert.deepEqual(later, atOnce);
    // Opened, asked, answered, upgraded, and the frames.
    assert.deepEqual(
      later?.map(({ length }) => length),
      [4 + 20, 4 + 40, 0],
    );
  });

  it('reads as an array does', () => {
    const { events } = run();
    const made = madeRows(events);
    const { rows } = storeOf(events);
    const isPing = ({ data }: Row) => data['opcodeName'] === 'ping';
    assert.equal(Array.isArray(rows), true);
    assert.equal(rows.length, made.length);
    assert.deepEqual(rows.at(-3), made.at(-3));
    assert.deepEqual(rows[11], made[11]);
    assert.equal(rows[made.length], undefined);
    assert.deepEqual(rows.filter(isPing), made.filter(isPing));
    assert.deepEqual(rows.slice(-7), made.slice(-7));
    assert.equal(rows.findLastIndex(isPing), made.findLastIndex(isPing));
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      made.map(({ kind }) => kind),
    );
    assert.deepEqual([...rows, ...rows].length, 2 * made.length);
    assert.throws(() => (rows as Row[]).push(made[0]!), TypeError);
  });

  it('puts what the page saw where it belongs in time, between frames of one batch, too', () => {
    const { events } = run();
    const store = storeOf(events, 1000);
    const made = [...madeRows(events)];
    for (const t of [20, 60.5, 60.5, 3, 999]) {
      store.addPage({ t, name: 'message', data: {} });
      const row = store.row(store.lastNumber)!;
      const behind = made.findLastIndex((other) => other.t <= t);
      made.splice(behind + 1, 0, row);
      assert.deepEqual([...store.byTime], made);
      assert.equal(store.placeOf(row.number), behind + 1);
    }
    made.forEach(({ number }, place) => assert.equal(store.placeOf(number), place));
    assert.equal(store.placeOf(9999), -1);
  });

  it('puts a batch behind what the page saw later than its first frames', () => {
    const { events } = run();
    const store = new RowStore({ weight: 2 ** 30, madeRows: 0 });
    store.addBatch(encodeBatch(0, events.slice(0, 20)));
    store.addPage({ t: 30.5, name: 'message', data: {} });
    store.addBatch(encodeBatch(0, events.slice(20)));
    const times = store.byTime.map(({ t }) => t);
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
    assert.equal(store.byTime.length, madeRows(events).length + 1);
  });

  it('lets the oldest go at its bound, and a row says how many', () => {
    const { events } = run();
    const made = madeRows(events);
    const store = storeOf(events, 4, 24_000);
    const [gone, ...kept] = store.rows;
    assert.equal(gone?.kind, 'dropped');
    assert.equal(gone.data['rows'], made.length - kept.length);
    assert.deepEqual(kept, made.slice(-kept.length));
    assert.deepEqual([...store.byTime], [gone, ...kept]);
    assert.equal(store.placeOf(gone.number), 0);
    assert.equal(store.row(gone.number), gone);
    assert.equal(store.row(1), undefined);
    assert.equal(gone.t, kept[0]?.t);
    assert.ok(kept.length > 10 && kept.length < made.length - 10);
  });

  it('hands out new rows, the first or the last of them', () => {
    const { events } = run();
    const made = madeRows(events);
    const store = storeOf(events);
    assert.deepEqual(store.after(10, 3), made.slice(10, 13));
    assert.deepEqual(store.after(10, 3, 'newest'), made.slice(-3));
    assert.deepEqual(store.after(made.length - 2, 9), made.slice(-2));
    assert.deepEqual(store.after(made.length, 9), []);
  });

  it('keeps what it was given for exports', () => {
    const { events } = run();
    assert.deepEqual(storeOf(events).record.events, events);
  });

  it('shows what is not made as plain frames, in the order of time', () => {
    const { events } = run();
    const made = madeRows(events);
    const store = storeOf(events);
    const seen: number[] = [];
    let unmade = 0;
    store.see(5, 60, (number, row, frames) => {
      seen.push(number);
      if (row !== undefined) return assert.deepEqual(row, made[number - 1]);
      unmade++;
      assert.equal(frames?.timeOf(number), made[number - 1]?.t);
      assert.equal(frames?.directionOf(number), made[number - 1]?.direction);
      assert.equal(frames?.isMessage(number), made[number - 1]?.kind === 'ws.message');
    });
    assert.deepEqual(
      seen,
      made.slice(5, 60).map(({ number }) => number),
    );
    assert.ok(unmade > 20);
  });

  it('finds octets in a payload, masked or not, whatever the case of letters', () => {
    const store = storeOf(run().events);
    const needle = (text: string) => new TextEncoder().encode(text);
    const counts = { up: 0, down: 0 };
    store.see(0, store.byTime.length, (number, _, frames) => {
      if (frames === undefined) return;
      const isHello = store.row(number)?.data['text'] === 'Hello';
      assert.equal(frames.holds(number, needle('hell')), isHello);
      assert.equal(frames.holds(number, needle('o')), isHello);
      assert.equal(frames.holds(number, needle('hello!')), false);
      if (isHello) counts[frames.directionOf(number)]++;
    });
    assert.ok(counts.up > 20 && counts.down > 100);
  });
});
