import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/jump/demo.ts';
import { seriesOf } from '#demos/jump/jumps.ts';
import { farAddress } from '#demos/jump/use-jumps.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const landed = (by: string, jump: number, tookMs = 50): RowDraft => ({
  kind: 'server',
  data: { name: 'landed', by, jump, tookMs },
});
const app = (name: string, data: object): RowDraft => ({ kind: 'app', data: { name, ...data } });
const each = (jumps: readonly number[]) =>
  jumps.flatMap((jump) => [landed('WebSocket', jump), landed('POST', jump, 1100)]);
const isSolved = (drafts: readonly RowDraft[]): boolean =>
  evaluate(demo.challenges[0]!, writtenRows(drafts)).goals.every(({ met }) => met);

describe('Break the tie', () => {
  const five = [1, 2, 3, 4, 5];

  it('is solved by five jumps that queue for one of six connections', () => {
    assert.ok(isSolved([...each(five), app('series', { jumps: 5, times: 22.4 })]));
  });

  it('is not solved by an idle connection: that is the tie', () => {
    assert.equal(isSolved([...each(five), app('series', { jumps: 5, times: 1.02 })]), false);
  });

  it('is not solved by single jumps, however late', () => {
    const singly = each(five).concat(five.map(() => app('series', { jumps: 1, times: 20 })));
    assert.equal(isSolved(singly), false);
  });

  it('is not solved by what the page says of jumps that never landed', () => {
    assert.equal(isSolved([...each([1, 2]), app('series', { jumps: 5, times: 9 })]), false);
  });
});

describe('the last series', () => {
  const frame = (direction: 'up' | 'down', length: number, hop = 0): RowDraft => ({
    kind: 'ws.frame',
    direction,
    hop,
    connection: 4,
    octets: octetsFromLatin1('x'.repeat(length)),
    data: { opcode: 1 },
  });
  const head = (kind: 'http.req.head' | 'http.res.head', to: string, length: number): RowDraft => ({
    kind,
    direction: kind === 'http.req.head' ? 'up' : 'down',
    hop: 0,
    connection: 2,
    octets: octetsFromLatin1('x'.repeat(length)),
    data: { requestTarget: to },
  });
  const rows = writtenRows([
    app('jumping', { first: 1, jumps: 1, delayMs: 50, busy: false }),
    landed('POST', 1, 900),
    app('series', { first: 1, jumps: 1, times: 1 }),
    app('jumping', { first: 2, jumps: 2, delayMs: 100, busy: true }),
    head('http.req.head', '/live/x/jump/via/slow;delayMs=100/jumps', 600),
    head('http.res.head', '', 200),
    // Another request on the same connection.
    head('http.req.head', '/live/x/jump/busy/12', 500),
    frame('up', 38),
    frame('down', 30),
    frame('up', 38, 1),
    landed('WebSocket', 2, 101),
    landed('WebSocket', 3, 103),
    landed('POST', 2, 1500),
  ]);

  it('has its own jumps and no others', () => {
    const series = seriesOf(rows);
    assert.deepEqual(series?.post.tookMs, [1500]);
    assert.deepEqual(series?.socket.tookMs, [101, 103]);
    assert.equal(series?.socket.meanMs, 102);
    assert.deepEqual([series?.isBusy, series?.isOver, series?.delayMs], [true, false, 100]);
  });

  it('counts octets at the page alone, of jumps alone', () => {
    const series = seriesOf(rows);
    assert.equal(series?.post.octets, 800);
    assert.equal(series?.socket.octets, 68);
  });
});

it('puts the box on the way only when there is a delay', () => {
  const at = 'http://localhost:4321/live/x/jump/';
  assert.equal(farAddress(at, 0), at);
  assert.equal(farAddress(at, 70), `${at}via/slow;delayMs=70/`);
});
