import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MAX_IDLE_MS, MAX_RUNS, RunStore } from '#demo-server/runs/run-store.ts';
import type { Run } from '#demo-server/runs/run.ts';
import { eventsIn } from '#tests/support/events-in.ts';

function addOctets(run: Run, length: number, t = performance.now()): void {
  run.addOctets(1, 'up', new Uint8Array(length), t);
}

function readAll(run: Run, after = 0) {
  return eventsIn(run.ring, run.ring.placeAfter(after));
}

const octetsIn = (run: Run) =>
  readAll(run).reduce((sum, event) => sum + (event.kind === 'octets' ? event.octets.length : 0), 0);

describe('threat 13: unbounded capture buffers', () => {
  it('keeps the newest of a run, and counts what is gone in a dropped event', () => {
    const run = new RunStore({ maxRunSize: 1000 }).create('echo');
    for (let index = 0; index < 10; index += 1) addOctets(run, 100 + index);
    const [dropped, ...kept] = readAll(run);
    assert.equal(dropped?.kind, 'dropped');
    assert.equal(kept.length, 5);
    assert.deepEqual(
      { events: dropped.events, octets: dropped.octets, seq: dropped.seq },
      { events: 5, octets: 100 + 101 + 102 + 103 + 104, seq: 5 },
    );
    assert.deepEqual(
      kept.map(({ seq }) => seq),
      [6, 7, 8, 9, 10],
    );
  });

  it('counts for a reader only what that reader has not had', () => {
    const run = new RunStore({ maxRunSize: 1000, now: () => 0 }).create('echo');
    for (let number = 1; number <= 3; number += 1) addOctets(run, 100, number);
    const read = run.ring.placeAfter(2);
    for (let number = 4; number <= 10; number += 1) addOctets(run, 100, number);
    const [dropped] = eventsIn(run.ring, read);
    // As late as the last of them, so that it stands where they are missing.
    assert.deepEqual(dropped, { kind: 'dropped', seq: 4, t: 4, events: 2, octets: 200 });
    assert.equal(readAll(run, 9).length, 1);
  });

  it('stores rightly in memory that it uses again', () => {
    const run = new RunStore({ maxRunSize: 300_000 }).create('echo');
    for (let number = 1; number <= 20_000; number += 1) {
      // Every third event is a note, and one of a hundred is longer than most segments have room for.
      if (number % 3 === 0) run.note('server', 'message', { number }, number);
      else {
        const octets = new Uint8Array(number % 100 === 1 ? 70_000 : 40).fill(number);
        run.addOctets(number, 'down', octets, number);
      }
    }
    const [dropped, ...kept] = readAll(run);
    assert.equal(dropped?.seq, 20_000 - kept.length);
    assert.ok(kept.length > 100);
    for (const [index, event] of kept.entries()) {
      const seq = 20_000 - kept.length + index + 1;
      assert.deepEqual(
        { seq: event.seq, kind: event.kind },
        { seq, kind: seq % 3 === 0 ? 'note' : 'octets' },
      );
      if (event.kind === 'note')
        assert.deepEqual([event.data, event.connection], [{ number: seq }, seq]);
      if (event.kind === 'octets') {
        assert.equal(event.octets.length, seq % 100 === 1 ? 70_000 : 40);
        assert.ok(event.octets.every((octet) => octet === seq % 256));
      }
    }
  });

  it('holds a message of 1 MiB there and back', () => {
    const run = new RunStore().create('echo');
    addOctets(run, 1_048_590);
    addOctets(run, 1_048_590);
    assert.equal(
      readAll(run).some(({ kind }) => kind === 'dropped'),
      false,
    );
  });

  it('bounds all runs together at the cost of the least recently used', () => {
    const store = new RunStore({ maxRunSize: 2000, maxTotalSize: 3000 });
    const [old, young] = [store.create('echo'), store.create('echo')];
    for (let index = 0; index < 10; index += 1) addOctets(old, 100);
    for (let index = 0; index < 10; index += 1) addOctets(young, 100);
    assert.equal(octetsIn(young), 1000);
    assert.ok(octetsIn(old) < 1000);
    assert.ok(old.ring.size + young.ring.size <= 3000);
  });

  it('keeps 64 runs: the least recently used one that nobody watches gives way', () => {
    const store = new RunStore();
    const runs = Array.from({ length: MAX_RUNS }, () => store.create('echo'));
    const [watched, used, idle] = runs;
    watched?.watch(() => undefined);
    if (used !== undefined) addOctets(used, 1);
    store.create('echo');
    assert.equal(store.size, MAX_RUNS);
    assert.equal(idle?.ended.aborted, true);
    assert.equal(store.get(idle.id), undefined);
    assert.equal(watched?.ended.aborted, false);
    assert.equal(used?.ended.aborted, false);
  });

  it('stores nothing of a run that has ended, whoever still knows it', () => {
    const store = new RunStore();
    const run = store.create('echo');
    for (let index = 0; index < 3; index += 1) addOctets(run, 100_000, index);
    const read = run.ring.placeAfter(1);
    store.clear();
    addOctets(run, 100);
    assert.equal(run.ring.size, 0);
    // To who reads it all the same, the rest is gone as at any bound.
    const [dropped, ...kept] = eventsIn(run.ring, read);
    assert.ok(dropped?.kind === 'dropped');
    assert.deepEqual([dropped.events, dropped.octets, kept.length], [2, 200_000, 0]);
  });

  it('gives up a run that is idle for ten minutes and that nobody watches', () => {
    let now = 0;
    const store = new RunStore({ now: () => now });
    const [idle, watched, busy] = [
      store.create('echo'),
      store.create('echo'),
      store.create('echo'),
    ];
    const unwatch = watched.watch(() => undefined);
    now = MAX_IDLE_MS;
    addOctets(busy, 1, now);
    store.sweep();
    assert.equal(store.get(idle.id), idle);
    now += 1;
    store.sweep();
    assert.equal(store.get(idle.id), undefined);
    assert.equal(idle.ended.aborted, true);
    assert.deepEqual([store.get(watched.id), store.get(busy.id)], [watched, busy]);
    now += 2 * MAX_IDLE_MS;
    unwatch();
    store.sweep();
    assert.equal(store.get(watched.id), watched, 'idle since the watcher left');
    assert.equal(store.get(busy.id), undefined);
  });
});
