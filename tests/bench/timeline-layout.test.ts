import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { itemsWithin, layOutTimeline } from '#bench/timeline-layout.ts';
import type { Row } from '#capture/row.ts';

let number = 0;
const row = (given: Partial<Row> & Pick<Row, 'kind'>): Row => ({
  number: ++number,
  t: 0,
  vantage: 'wire',
  data: {},
  ...given,
});
const wire = { connection: 1, hop: 0, sender: 'BROWSER', octets: new Uint8Array(1) } as const;
const request = (requestTarget: string, given: Partial<Row> = {}) =>
  row({ kind: 'http.req.head', direction: 'up', ...wire, data: { requestTarget }, ...given });

describe('the timeline', () => {
  it('draws an arrow from the side that sends', () => {
    const up = request('/live/x/echo/ws');
    const down = row({ kind: 'http.res.head', direction: 'down', ...wire });
    const lanes = layOutTimeline([up, down]).items.map((item) =>
      item.type === 'arrow' ? [item.fromLane, item.toLane] : [],
    );
    assert.deepEqual(lanes, [
      [0, 1],
      [1, 0],
    ]);
  });

  it('ends a hop at its box, and a direct request at the server, when both are there', () => {
    const opened = row({
      ...wire,
      kind: 'tcp.open',
      connection: 2,
      hop: 1,
      data: { box: 'buffer' },
    });
    const direct = request('/live/x/fallback/feed');
    const viaBox = request('/live/x/fallback/via/buffer/feed/ws', { connection: 3 });
    const behindBox = request('/live/x/fallback/feed/ws', { connection: 2, hop: 1 });
    const { items, boxes } = layOutTimeline([opened, direct, viaBox, behindBox]);
    assert.deepEqual(boxes, ['buffer']);
    assert.deepEqual(
      items.flatMap((item) => (item.type === 'arrow' ? [[item.fromLane, item.toLane]] : [])),
      [
        [0, 2],
        [0, 1],
        [1, 2],
      ],
    );
  });

  it('ends a hop at a box that no address names, as the demo itself is one', () => {
    const target = '/live/x/roulette/whoami';
    const data = { box: 'balancer', onBehalfOf: 1 };
    const opened = row({ ...wire, kind: 'tcp.open', connection: 2, hop: 1, data });
    const rows = [request(target), opened, request(target, { connection: 2, hop: 1 })];
    assert.deepEqual(
      layOutTimeline(rows).items.flatMap((item) =>
        item.type === 'arrow' ? [[item.fromLane, item.toLane]] : [],
      ),
      [
        [0, 1],
        [1, 2],
      ],
    );
  });

  it('folds long silence to one item that says its length', () => {
    const rows = [0, 500, 3500].map((t) => row({ kind: 'app', vantage: 'page', t }));
    const { items, height } = layOutTimeline(rows);
    assert.deepEqual(
      items.map((item) => (item.type === 'silence' ? item.ms : item.type)),
      ['mark', 'mark', 3000, 'mark'],
    );
    assert.equal(
      height,
      items.reduce((sum, item) => sum + item.height, 0),
    );
  });

  it('puts what script, box and server say on their own lifelines', () => {
    const opened = row({
      ...wire,
      kind: 'tcp.open',
      connection: 2,
      hop: 1,
      data: { box: 'buffer' },
    });
    const notes = [
      row({ kind: 'app', vantage: 'page' }),
      row({ kind: 'box', vantage: 'box', connection: 1 }),
      row({ kind: 'server', vantage: 'server', connection: 2 }),
    ];
    const lanes = layOutTimeline([request('/via/buffer/'), opened, ...notes]).items.flatMap(
      (item) => (item.type === 'mark' && item.row.kind !== 'tcp.open' ? [item.lane] : []),
    );
    assert.deepEqual(lanes, [-1, 1, 2]);
  });

  it('finds what is in sight, also where it is cut by an edge', () => {
    const rows = Array.from({ length: 100 }, () => row({ kind: 'app', vantage: 'page' }));
    const { items } = layOutTimeline(rows);
    const height = items[0]?.height ?? 0;
    const shown = itemsWithin(items, 10 * height - 1, 12 * height + 1);
    assert.deepEqual(
      shown.map((item) => item.top / height),
      [9, 10, 11, 12],
    );
    assert.equal(itemsWithin(items, -100, 1e9).length, 100);
  });
});
