import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/elephant/demo.ts';
import { msOnThePath, transfersOf } from '#demos/elephant/transfers.ts';
import { pathAddress } from '#demos/elephant/use-transfer.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const app = (name: string, data: object): RowDraft => ({
  kind: 'app',
  data: { name, transfer: 1, ...data },
});
const pong = (t: number, afterMs: number, isUnderWay: boolean, transfer = 1): RowDraft => ({
  kind: 'server',
  t,
  data: { name: 'pong', transfer, number: 1, afterMs, isUnderWay },
});
const large = (data: object = {}): RowDraft[] => [
  { kind: 'ws.message', direction: 'down', data: { length: 65_536 } },
  app('large', { bytes: 65_536, messages: 1, afterMs: 2400, ...data }),
];
const isSolved = (drafts: readonly RowDraft[]): boolean =>
  evaluate(demo.challenges[0]!, writtenRows(drafts)).goals.every(({ met }) => met);

describe('Past the elephant', () => {
  it('is solved by a ping between two fragments', () => {
    assert.ok(isSolved([pong(200, 148, true), ...large()]));
  });

  it('is not solved by one frame: its pong comes after all of it', () => {
    assert.equal(isSolved([pong(2068, 2060, false), ...large()]), false);
  });

  it('is not solved by many messages: then there is no large one', () => {
    const many: RowDraft[] = Array.from({ length: 16 }, () => ({
      kind: 'ws.message',
      direction: 'down',
      data: { length: 4096 },
    }));
    const told = app('large', { bytes: 65_536, messages: 16, afterMs: 2400 });
    assert.equal(isSolved([pong(200, 148, true), ...many, told]), false);
    // Nor by a page that says otherwise.
    const lie = app('large', { bytes: 65_536, messages: 1, afterMs: 2400 });
    assert.equal(isSolved([pong(200, 148, true), ...many, lie]), false);
  });

  it('is not solved by large fragments, a wide path, or the pong of another transfer', () => {
    assert.equal(isSolved([pong(600, 520, true), ...large()]), false);
    assert.equal(isSolved([pong(30, 20, true), ...large({ afterMs: 80 })]), false);
    assert.equal(isSolved([pong(200, 148, true, 2), ...large()]), false);
  });
});

describe('what became of a transfer', () => {
  const settings = { way: 'fragments', sizeKiB: 16, pieceKiB: 8, rate: 8 };
  const rows = writtenRows([
    app('transfer', settings),
    { kind: 'server', t: 100, data: { name: 'ready', transfer: 1 } },
    pong(1150, 1045, true),
    pong(2200, 1040, false),
    app('large', { afterMs: 2150 }),
    app('small', { afterMs: 2160 }),
    app('done', {}),
    app('transfer', { ...settings, transfer: 2, way: 'frame' }),
    app('error', { transfer: 2, reason: 'closed with 1006' }),
  ]);
  const [second, first] = transfersOf(rows);

  it('has pings from when they left, and the slowest of them', () => {
    assert.deepEqual(first?.pings, [
      { from: 5, to: 1050 },
      { from: 1060, to: 2100 },
    ]);
    assert.equal(first?.slowestPongMs, 1045);
    assert.deepEqual([first?.largeMs, first?.smallMs, first?.isOver], [2150, 2160, true]);
  });

  it('keeps transfers apart, the newest first', () => {
    assert.deepEqual(
      [second?.way, second?.smallMs, second?.slowestPongMs, second?.problem],
      ['frame', undefined, undefined, 'closed with 1006'],
    );
  });
});

it('counts KiB against kB in a second', () => {
  assert.equal(msOnThePath(4, 32), 128);
  assert.equal(
    pathAddress('http://localhost:4321/live/x/elephant/', 32),
    'http://localhost:4321/live/x/elephant/via/slow;delayMs=10;octetsPerSecond=32000/',
  );
});
