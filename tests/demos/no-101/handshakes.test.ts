import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import type { Row } from '#capture/row.ts';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/no-101/demo.ts';
import { connectCosts, stepsOf, upgradeCosts } from '#demos/no-101/handshakes.ts';
import echo from '#demos/echo/demo.ts';

provideHttp2();
const rowsIn = (id: string, definition: Parameters<typeof readReplay>[0]) => [
  ...readReplay(definition, readFileSync(`content/captures/${id}.json`, 'utf8'), 'recording').store
    .rows,
];
const rows = rowsIn('no-101', demo);
/** A browser's WebSocket that sends and gets `Hello`. */
const upgraded = rowsIn('echo', echo);

const isSolved = (some: readonly Row[]) => evaluate(demo.challenges[0]!, some).goals[0]?.met;

describe('a WebSocket over HTTP/2, in rows', () => {
  it('costs what its frames take', () => {
    const { statusCode, handshake, message } = connectCosts(rows);
    assert.equal(statusCode, 200);
    assert.equal(handshake.up, 99);
    // An octet more or less with the Date.
    assert.ok(Math.abs(Number(handshake.down) - 34) <= 2);
    assert.deepEqual(message, { up: 20, down: 16 });
    assert.deepEqual(upgradeCosts(rows), { handshake: {}, message: {} });
  });

  it('is seen step by step, and none of it in an upgrade', () => {
    assert.deepEqual(
      stepsOf(rows).map(([, seen]) => seen),
      [true, true, true, true, true],
    );
    assert.ok(stepsOf(upgraded).every(([, seen]) => !seen));
    assert.ok(stepsOf([]).every(([, seen]) => !seen));
  });

  it('stands beside what an upgrade costs', () => {
    const { statusCode, handshake, message } = upgradeCosts(upgraded);
    assert.equal(statusCode, 101);
    assert.ok(Number(handshake.up) > 400);
    assert.deepEqual(message, { up: 11, down: 7 });
  });
});

describe('101 is optional', () => {
  it('is solved by Hello both ways without 101', () => {
    assert.equal(isSolved(rows), true);
  });

  it('is not solved by an upgrade, nor with one beside it', () => {
    assert.equal(isSolved(upgraded), false);
    assert.equal(isSolved([...upgraded, ...rows]), false);
  });

  it('is not solved by another word, nor by Hello one way', () => {
    const other = rows.map((row) =>
      row.kind === 'ws.message' ? { ...row, data: { ...row.data, text: 'hello' } } : row,
    );
    assert.equal(isSolved(other), false);
    assert.equal(isSolved(rows.filter(({ direction }) => direction !== 'down')), false);
  });
});
