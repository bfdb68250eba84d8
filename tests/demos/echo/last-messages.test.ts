import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { lastMessages, type LastMessages } from '#demos/echo/last-messages.ts';

const none: LastMessages = { row: 0 };

/** Direction, opcode, FIN, and how many octets. */
type FrameOf = readonly ['up' | 'down', number, boolean, number];

const rowsOf = (...frames: readonly FrameOf[]): Row[] =>
  frames.map(([direction, opcode, fin, length], index) => ({
    number: index + 1,
    t: index,
    kind: 'ws.frame',
    vantage: 'wire',
    direction,
    octets: new Uint8Array(length),
    data: { opcode, fin },
  }));

describe('the last messages of an echo', () => {
  it('are counted with all of their fragments and without control frames between', () => {
    const rows = rowsOf(
      ['up', 1, true, 11],
      ['down', 1, false, 4],
      ['down', 9, true, 2],
      ['down', 0, true, 5],
    );
    assert.deepEqual(lastMessages(rows, none), { up: 11, down: 9, row: 4 });
  });

  it('stay until there are others, also when a message ends later than it began', () => {
    const rows = rowsOf(['up', 1, true, 11], ['up', 1, false, 20], ['up', 9, true, 6]);
    const first = lastMessages(rows, none);
    assert.deepEqual(first, { up: 11, row: 3 });
    rows.push({ ...rowsOf(['up', 0, true, 7])[0]!, number: 4 });
    assert.deepEqual(lastMessages(rows, first), { up: 27, row: 4 });
  });

  it('are looked for among the newest of very many rows', () => {
    const rows = rowsOf(...Array.from({ length: 5000 }, () => ['down', 1, true, 66] as const));
    let looked = 0;
    const counted = new Proxy(rows, {
      get(target, name, receiver) {
        if (typeof name === 'string' && /^\d+$/.test(name)) looked += 1;
        return Reflect.get(target, name, receiver) as unknown;
      },
    });
    assert.deepEqual(lastMessages(counted, none), { down: 66, row: 5000 });
    assert.ok(looked <= 101);
  });
});
