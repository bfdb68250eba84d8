import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MAX_KEPT_BACK } from '#demo-server/runs/far-side.ts';
import { RunStore } from '#demo-server/runs/run-store.ts';
import { eventsIn } from '#tests/support/events-in.ts';

function begin() {
  let now = 0;
  const run = new RunStore({ now: () => now }).create('boxes');
  const open = (connection: number, hop: number) => {
    run.add({ kind: 'open', connection, sender: 'BOX', hop, exchangesBefore: 0, t: now });
  };
  return { run, open, at: (t: number) => (now = t), all: () => eventsIn(run.ring) };
}

describe('the far side of a hidden box', () => {
  it('is kept back, and comes with its times and octets when it is revealed', () => {
    const { run, open, at, all } = begin();
    open(1, 0);
    open(2, 1);
    run.hide('hang');
    at(10);
    const octets = Uint8Array.of(1, 2);
    run.addOctets(1, 'up', octets, 10);
    run.addOctets(2, 'up', octets, 10);
    octets.fill(9); // Whoever has them may use them for something else.
    run.note('box', 'request-held', {});
    run.add({ kind: 'close', connection: 2, hadError: false, t: 10 });
    assert.deepEqual(
      all().map(({ kind }) => kind),
      ['open', 'open', 'octets'],
    );
    at(20);
    run.reveal();
    const late = all().slice(3);
    assert.deepEqual(
      late.map(({ kind, t }) => [kind, t]),
      [
        ['octets', 10],
        ['note', 10],
        ['close', 10],
      ],
    );
    assert.deepEqual(late[0]?.kind === 'octets' && [...late[0].octets], [1, 2]);
    assert.equal(run.hidden, 'hang');
  });

  it('loses what is over its bound, and says so', () => {
    const { run, open, all } = begin();
    open(2, 1);
    run.hide('hang');
    run.addOctets(2, 'up', new Uint8Array(MAX_KEPT_BACK), 0);
    run.note('box', 'request-held', {});
    run.reveal();
    const last = all().at(-1);
    assert.deepEqual(last?.kind === 'note' && [last.name, last.data], [
      'far-side-lost',
      { events: 2 },
    ]);
  });

  it('hides another box only after the first was told', () => {
    const { run, all } = begin();
    run.hide('hang');
    run.note('server', 'first', {});
    run.hide('slow');
    run.note('server', 'second', {});
    assert.deepEqual(
      all().map((event) => event.kind === 'note' && event.name),
      ['first'],
    );
  });
});
