import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate } from '#challenge/evaluator.ts';
import demo from '#demos/first-event/demo.ts';
import { measuredIn } from '#demos/first-event/rounds.ts';
import { farAddress } from '#demos/first-event/use-rounds.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const sent = (by: string, t: number, round?: number): RowDraft => ({
  kind: 'server',
  t,
  data: { name: 'sent', by, ...(round !== undefined && { round }) },
});
const head = (t: number, round: number, hop = 0): RowDraft => ({
  kind: 'http.res.head',
  t,
  hop,
  data: { requestTarget: `/live/x/first-event/via/slow/event?round=${round}`, statusCode: 200 },
});
const round = (data: object): RowDraft => ({
  kind: 'app',
  t: 900,
  data: { name: 'round', round: 1, open: 'http1', delayMs: 50, ...data },
});
const isSolved = (drafts: readonly RowDraft[]): boolean =>
  evaluate(demo.challenges[0]!, writtenRows(drafts)).goals.every(({ met }) => met);

describe('HTTP wins', () => {
  it('is solved by a fetch on a connection that is open', () => {
    const rows = [sent('fetch', 50, 1), head(51, 1, 1), head(100, 1), sent('WebSocket', 250, 1)];
    assert.ok(isSolved([...rows, round({})]));
  });

  it('is not solved from nothing, where both open a connection', () => {
    const cold = [sent('fetch', 250, 1), head(251, 1, 1), sent('WebSocket', 251, 1), head(300, 1)];
    const end = round({ open: 'nothing' });
    assert.equal(isSolved([...cold, end]), false);
    // On a busy machine the handshake may be late by chance.
    const late = [sent('fetch', 250, 1), head(300, 1), sent('WebSocket', 310, 1)];
    assert.equal(isSolved([...late, end]), false);
    // Nor twice: what comes between is another round's.
    const again = [sent('fetch', 650, 2), sent('WebSocket', 652, 2), head(700, 2)];
    assert.equal(isSolved([...cold, end, ...again, round({ open: 'nothing', round: 2 })]), false);
  });

  it('is not solved by the robot on HTTP/2, where a WebSocket needs no connection either', () => {
    const robots = [sent('fetch', 50), sent('WebSocket', 51)];
    assert.equal(isSolved([...robots, round({ open: 'http2' })]), false);
  });

  it('is not solved without a long way', () => {
    const rows = [sent('fetch', 5, 1), head(6, 1), sent('WebSocket', 8, 1)];
    assert.equal(isSolved([...rows, round({ delayMs: 1 })]), false);
  });
});

describe('what was measured', () => {
  const asked = (t: number, connection: number, target: string, hop = 0): RowDraft => ({
    kind: 'http.req.head',
    t,
    connection,
    hop,
    data: { requestTarget: `/live/x/first-event/via/slow/${target}` },
  });
  const down = (kind: 'http.res.body' | 'ws.frame', t: number, connection: number): RowDraft => ({
    kind,
    direction: 'down',
    t,
    connection,
    hop: 0,
    data: {},
  });

  it('is the wait on the page’s own connections, whatever the page was busy with', () => {
    const rows = writtenRows([
      asked(5, 3, 'event?round=0'),
      down('http.res.body', 310, 3),
      asked(400, 3, 'event?round=1&last='),
      asked(401, 4, 'events?round=1'),
      asked(450, 7, 'event?round=1', 1),
      down('http.res.body', 502, 3),
      down('ws.frame', 705, 4),
      round({ fetchMs: 330, webSocketMs: 480 }),
    ]);
    const measured = measuredIn(rows).get('http1');
    assert.deepEqual(measured, { delayMs: 50, fetchMs: 102, webSocketMs: 304 });
  });

  it('is the robot’s own word where nothing of it is the page’s, the last of each state', () => {
    const rows = writtenRows([
      round({ open: 'http2', fetchMs: 110, webSocketMs: 112 }),
      round({ open: 'http2', fetchMs: 101.5, webSocketMs: 101.9, delayMs: 40 }),
    ]);
    assert.deepEqual(
      [...measuredIn(rows)],
      [['http2', { delayMs: 40, fetchMs: 101.5, webSocketMs: 101.9 }]],
    );
  });
});

it('puts TCP and TLS on the way of each new connection', () => {
  const at = 'http://localhost:4321/live/x/first-event/';
  assert.equal(farAddress(at, 50), `${at}via/slow;delayMs=50;handshakes=2/`);
});
