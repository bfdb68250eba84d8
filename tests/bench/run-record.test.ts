import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { RunRecord } from '#bench/run-record.ts';
import type { WireEvent } from '#capture/wire-event.ts';

const octets = (seq: number, length: number): WireEvent => ({
  kind: 'octets',
  seq,
  t: seq,
  connection: 1,
  direction: 'up',
  octets: new Uint8Array(length),
});

const seqs = (record: RunRecord): number[] => record.events.map(({ seq }) => seq);

describe('RunRecord', () => {
  it('keeps all events up to its bound, in order', () => {
    const record = new RunRecord({ events: 8, octets: 100 });
    for (let seq = 1; seq <= 8; seq++) record.addWire(octets(seq, 1));
    assert.deepEqual(seqs(record), [1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('lets the oldest quarter go above its bound of events, and counts what is gone', () => {
    const record = new RunRecord({ events: 8, octets: 100 });
    for (let seq = 1; seq <= 9; seq++) record.addWire(octets(seq, 1));
    assert.deepEqual(record.events[0], { kind: 'dropped', seq: 4, t: 4, events: 4, octets: 4 });
    assert.deepEqual(seqs(record), [4, 5, 6, 7, 8, 9]);
  });

  it('lets go above its bound of octets', () => {
    const record = new RunRecord({ events: 100, octets: 100 });
    for (let seq = 1; seq <= 3; seq++) record.addWire(octets(seq, 40));
    assert.deepEqual(seqs(record), [2, 3]);
    assert.deepEqual(record.events[0], { kind: 'dropped', seq: 2, t: 2, events: 2, octets: 80 });
  });

  it('adds up what was dropped before', () => {
    const record = new RunRecord({ events: 4, octets: 1000 });
    for (let seq = 1; seq <= 40; seq++) record.addWire(octets(seq, 1));
    const [dropped, ...kept] = record.events;
    assert.equal(dropped?.kind, 'dropped');
    assert.equal(dropped.events + kept.length, 40);
    assert.equal(dropped.octets + kept.length, 40);
    assert.ok(record.events.length <= 4);
  });

  it('takes no event twice: a capsule’s numbers have to rise', () => {
    const record = new RunRecord();
    for (const seq of [1, 2, 2, 1, 3]) record.addWire(octets(seq, 1));
    assert.deepEqual(seqs(record), [1, 2, 3]);
  });

  it('keeps so many events of the page, the newest', () => {
    const record = new RunRecord({ events: 4, octets: 1000 });
    for (let t = 1; t <= 5; t++) record.addPage({ t, name: 'send', data: {} });
    assert.deepEqual(
      record.page.map(({ t }) => t),
      [2, 3, 4, 5],
    );
  });
});
