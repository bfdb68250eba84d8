import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { decodeBatch } from '#capture/wire-batch.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { BatchWriter } from '#demo-server/runs/batch-writer.ts';
import { RunStore } from '#demo-server/runs/run-store.ts';

describe('BatchWriter', () => {
  it('brings a run to a page in batches of a bounded length, each event once', () => {
    const run = new RunStore().create('echo');
    const data = { text: 'é\u{1f600}'.repeat(100) };
    const nameOf = (number: number) => (number % 2 === 0 ? 'even' : 'odd');
    for (let number = 1; number <= 900; number += 1) {
      if (number % 3 === 0) run.note('box', nameOf(number), data, number);
      else run.addOctets(number, 'up', new Uint8Array(number).fill(number), performance.now());
    }
    const batch = new BatchWriter();
    const events: WireEvent[] = [];
    let place = run.ring.placeAfter(0);
    while (place.seq < run.ring.lastSeq) {
      batch.begin();
      place = run.ring.write(batch, place, 4096);
      const octets = batch.finish(0);
      assert.ok(octets.length < 4096 + 1024, String(octets.length));
      events.push(...decodeBatch(octets).events);
    }
    assert.equal(events.length, 900);
    for (const [index, event] of events.entries()) {
      const number = index + 1;
      assert.equal(event.seq, number);
      if (event.kind === 'note') {
        assert.deepEqual([event.vantage, event.connection], ['box', number]);
        assert.deepEqual([event.name, event.data], [nameOf(number), data]);
      } else {
        assert.ok(event.kind === 'octets');
        assert.equal(event.octets.length, number);
        assert.ok(event.octets.every((octet) => octet === number % 256));
      }
    }
    assert.deepEqual(run.ring.placeAfter(900), place);
  });

  it('writes what successive notes share once a batch', () => {
    const run = new RunStore().create('echo');
    const data = { type: 'text', length: 5 };
    const notes = 'message message other message'.split(' ');
    for (const name of notes) {
      run.note('server', name, data, 1);
      run.addOctets(1, 'down', Uint8Array.of(1), performance.now());
    }
    run.note('box', 'message', data);
    const batch = new BatchWriter();
    // What one batch holds, the next can't refer to.
    for (const from of [0, 2]) {
      batch.begin();
      run.ring.write(batch, run.ring.placeAfter(from));
      const octets = batch.finish(0);
      const noted = decodeBatch(octets).events.filter((event) => event.kind === 'note');
      assert.deepEqual(
        noted.map(({ vantage, name }) => `${vantage} ${name}`),
        [...notes.map((name) => `server ${name}`), 'box message'].slice(from / 2),
      );
      assert.ok(noted.every((note) => JSON.stringify(note.data) === JSON.stringify(data)));
      const texts = Buffer.from(octets).toString('latin1').split(JSON.stringify(data));
      assert.equal(texts.length - 1, 3);
    }
  });

  it('finds room for an event that is longer than any before', () => {
    const run = new RunStore().create('echo');
    run.addOctets(1, 'down', Uint8Array.of(1, 2), performance.now());
    run.addOctets(1, 'down', new Uint8Array(1_048_586).fill(7), performance.now());
    const batch = new BatchWriter();
    batch.begin();
    run.ring.write(batch, run.ring.placeAfter(0));
    const [short, long] = decodeBatch(batch.finish(0)).events;
    assert.ok(short?.kind === 'octets' && long?.kind === 'octets');
    assert.deepEqual([...short.octets], [1, 2]);
    assert.ok(long.octets.length === 1_048_586 && long.octets.every((octet) => octet === 7));
  });

  it('forgets a batch that was not finished', () => {
    const run = new RunStore().create('echo');
    run.addOctets(1, 'up', Uint8Array.of(1), performance.now());
    const batch = new BatchWriter();
    batch.begin();
    run.ring.write(batch, run.ring.placeAfter(0));
    batch.begin();
    assert.deepEqual(decodeBatch(batch.finish(5)), { now: 5, events: [] });
  });
});
