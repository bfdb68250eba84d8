import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lanesOf, type Lane } from '#bench/lanes.ts';
import { TimelineLayout } from '#bench/timeline-layout.ts';
import type { Row } from '#capture/row.ts';
import { GivenRows, itemsOf, layOutTimeline } from '#tests/support/laid-out-timeline.ts';

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

const script = (t: number) => row({ kind: 'app', vantage: 'page', t });

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

  it('ends a request at the box that holds it, which never opens a connection', () => {
    const held = request('/live/x/fallback/via/hang;patienceMs=5/feed');
    const note = row({ kind: 'box', vantage: 'box', connection: 1, data: { box: 'hang' } });
    const { items, boxes } = layOutTimeline([held, note]);
    assert.deepEqual(boxes, ['hang']);
    assert.deepEqual(
      items.map((item) =>
        item.type === 'arrow' ? item.toLane : item.type === 'mark' ? item.lane : undefined,
      ),
      [1, 1],
    );
  });

  it('says who opened the connections of the first hop', () => {
    const clients = (...senders: Row['sender'][]) => {
      const rows = senders.map((sender, index) =>
        row({ ...wire, kind: 'tcp.open', ...(sender && { sender }), connection: index }),
      );
      const layout = new TimelineLayout(new GivenRows(rows));
      layout.update();
      return layout.clients;
    };
    assert.deepEqual(clients('ROBOT', 'ROBOT'), ['ROBOT']);
    assert.deepEqual(clients('BROWSER', 'ROBOT'), ['BROWSER', 'ROBOT']);
    assert.deepEqual(clients(), []);
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
    const layout = new TimelineLayout(new GivenRows(rows));
    layout.update();
    const height = layout.itemAt(0).height;
    const shown = layout.itemsWithin(10 * height - 1, 12 * height + 1);
    assert.deepEqual(
      shown.map((item) => item.top / height),
      [9, 10, 11, 12],
    );
    assert.equal(layout.itemsWithin(-100, 1e9).length, 100);
  });

  it('goes on where it stood, and comes to the same as if laid out at once', () => {
    const given = new GivenRows([]);
    const layout = new TimelineLayout(given);
    const opened = { ...wire, kind: 'tcp.open', connection: 2, hop: 1 } as const;
    const event = { ...wire, direction: 'down', data: { exchange: 1 } } as const;
    const late = [
      [0, script(0)],
      [1, row({ ...event, kind: 'http.chunk', t: 1 })],
      [2, row({ ...event, kind: 'http.chunk', t: 5 })],
      [3, row({ ...event, kind: 'sse.event', t: 5 })],
      [2, script(2)],
      [5, row({ ...opened, t: 6, data: { box: 'slow' } })],
      [6, script(2000)],
      [6, script(900)],
      [6, script(800)],
    ] as const;
    for (const [place, one] of late) {
      given.put(place, one);
      layout.update();
      assert.deepEqual(
        { items: itemsOf(layout), height: layout.height, boxes: layout.boxes },
        layOutTimeline(given.byTime),
      );
    }
    assert.equal(itemsOf(layout).filter(({ type }) => type === 'silence').length, 2);
  });

  it('shows a run up to some row, forth and back', () => {
    const rows = [0, 1, 2, 3].map(script);
    const layout = new TimelineLayout(new GivenRows(rows));
    for (const until of [2, 4, 1, 3, 0, 4]) {
      layout.update({ until });
      assert.deepEqual(
        layout.numbers,
        rows.slice(0, until).map((one) => one.number),
      );
    }
    assert.equal(layout.nextShown(2), rows[2]?.number);
    assert.equal(layout.nextShown(4), undefined);
  });

  it('with a scale, sets rows as far apart as their times, and folds what is too long', () => {
    const rows = [0, 10, 12, 1000].map(script);
    const layout = new TimelineLayout(new GivenRows(rows));
    layout.update({ scale: 5 });
    const items = itemsOf(layout);
    const [first, second, third, fold] = items;
    const { height } = first!;
    assert.equal(second!.top - first!.top - height, 50);
    assert.equal(third!.top - second!.top - height, 10);
    assert.equal(fold?.type === 'silence' && fold.ms, 988);
    layout.update({ scale: 0 });
    assert.equal(itemsOf(layout)[1]?.top, height);
  });

  it('shows one lane at a time: what the script, one hop with its box, or the server told', () => {
    const target = '/live/x/fallback/via/buffer/feed';
    const rows = [
      script(0),
      row({ ...wire, kind: 'tcp.open' }),
      request(target),
      row({ kind: 'box', vantage: 'box', connection: 1, data: { box: 'buffer' } }),
      row({ ...wire, kind: 'tcp.open', connection: 2, hop: 1, data: { box: 'buffer' } }),
      request('/live/x/fallback/feed', { connection: 2, hop: 1 }),
      row({ kind: 'server', vantage: 'server', connection: 2 }),
      row({ ...wire, kind: 'ws.handshake', connection: 2, hop: 1 }),
      row({ kind: 'dropped', vantage: 'page' }),
    ];
    const [told, opened, asked, noted, passedOn, passed, heard, upgraded, gone] = rows.map(
      (one) => one.number,
    );
    const layout = new TimelineLayout(new GivenRows(rows));
    const shownIn = (lane?: Lane) => {
      layout.update({ lane });
      return layout.numbers;
    };
    assert.deepEqual(shownIn('page'), [told, gone]);
    assert.deepEqual(shownIn('hop-1'), [opened, asked, noted, gone]);
    assert.deepEqual(shownIn('hop-2'), [passedOn, passed, upgraded, gone]);
    assert.deepEqual(shownIn('server'), [heard, gone]);
    // Among all, that frames begin is said once, at the page's end.
    assert.deepEqual(shownIn(), [told, opened, asked, noted, passedOn, passed, heard, gone]);
    assert.deepEqual(lanesOf(layout.boxes.length), ['page', 'hop-1', 'hop-2', 'server']);
  });

  it('steps within a lane, and finds the same moment in another', () => {
    const note = () => row({ kind: 'server', vantage: 'server', connection: 1 });
    const rows = [script(0), request('/'), note(), script(1), note()];
    const layout = new TimelineLayout(new GivenRows(rows));
    layout.update({ lane: 'server' });
    assert.equal(layout.nextShown(0), rows[2]?.number);
    assert.equal(layout.nextShown(3), rows[4]?.number);
    assert.equal(layout.nearestShown(3), rows[2]?.number);
    assert.equal(layout.nearestShown(4), rows[4]?.number);
    // Before the first, the first.
    assert.equal(layout.nearestShown(1), rows[2]?.number);
    layout.update({ lane: 'hop-2' });
    assert.equal(layout.nearestShown(3), undefined);
  });

  it('lays out the newest of very many, and says how many come before them', () => {
    const opened = { ...wire, kind: 'tcp.open', connection: 2, hop: 1 } as const;
    const rows = [
      row({ ...opened, data: { box: 'slow' } }),
      ...Array.from({ length: 139_999 }, (_, t) => script(t / 10)),
    ];
    const layout = new TimelineLayout({
      ...new GivenRows([]),
      byTime: rows,
      row: (number) => rows[(number ?? 0) - rows[0]!.number],
      placeOf: (number) => number - rows[0]!.number,
      see: (from, to, see) => {
        for (let at = from; at < to; at++) see(rows[at]!.number, rows[at], undefined);
      },
    });
    layout.update();
    const [earlier, first] = layout.itemsWithin(0, 50);
    assert.equal(earlier?.type === 'earlier' && earlier.rows, 140_000 - 65_536);
    assert.equal(first?.top, earlier?.height);
    assert.equal(layout.numbers.at(-1), rows.at(-1)?.number);
    // Who stands on the path was told before.
    assert.deepEqual(layout.boxes, ['slow']);
  });
});
