import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ordersOf } from '#demos/slow-job/orders.ts';
import { writtenRows, type RowDraft } from '#tests/support/written-rows.ts';

const app = (t: number, name: string, data: object = {}): RowDraft => ({
  t,
  kind: 'app',
  data: { name, ...data },
});
const server = (t: number, name: string, cake: number): RowDraft => ({
  t,
  kind: 'server',
  data: { name, cake },
});
const head = (t: number, hop = 0): RowDraft => ({ t, kind: 'http.req.head', hop, data: {} });

describe('an order', () => {
  it('is nothing before the first', () => {
    assert.deepEqual(ordersOf([]), []);
  });

  it('is what its answer said, what its cake became, and how many requests it took', () => {
    const rows = writtenRows([
      app(100, 'order', { by: 'asking' }),
      head(101),
      head(102, 1),
      server(103, 'begun', 1),
      app(105, 'answer', { statusCode: 202, cake: 1 }),
      head(300),
      server(400, 'baked', 1),
      head(500),
      app(510, 'outcome', { cake: 1, toldMs: 110 }),
      app(511, 'done'),
      app(600, 'order', { by: 'events' }),
      head(601),
    ]);
    const [first, second] = ordersOf(rows);
    assert.deepEqual(first, {
      by: 'asking',
      statusCode: 202,
      answeredMs: 5,
      requests: 3,
      toldMs: 110,
      isBaked: true,
      isOver: true,
      problem: undefined,
    });
    assert.deepEqual(
      { by: second?.by, requests: second?.requests, isBaked: second?.isBaked },
      { by: 'events', requests: 1, isBaked: false },
    );
  });

  it('knows of its cake by the server, where a proxy answered', () => {
    const rows = writtenRows([
      app(100, 'order', { by: 'waiting' }),
      server(101, 'begun', 4),
      app(2101, 'answer', { statusCode: 504 }),
      app(2102, 'done'),
      server(3101, 'baked', 4),
    ]);
    const [order] = ordersOf(rows);
    assert.deepEqual(
      [order?.statusCode, order?.isBaked, order?.toldMs, order?.isOver],
      [504, true, undefined, true],
    );
  });

  it('is its reason when it failed', () => {
    const rows = writtenRows([
      app(1, 'order', { by: 'websocket' }),
      app(2, 'error', { reason: 'the WebSocket closed with 1006' }),
    ]);
    const [order] = ordersOf(rows);
    assert.deepEqual([order?.problem, order?.isOver], ['the WebSocket closed with 1006', true]);
  });
});
