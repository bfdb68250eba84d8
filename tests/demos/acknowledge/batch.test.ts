import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Row } from '#capture/row.ts';
import { batchAddress, pageSide, readAtOtherEnd, serverSide } from '#demos/acknowledge/batch.ts';
import demo from '#demos/acknowledge/demo.ts';
import { octetsFromLatin1 } from '#protocol/octets.ts';

const address = 'http://localhost:4321/live/run/acknowledge/';

describe('where a batch is', () => {
  it('is behind the box of its path', () => {
    assert.equal(batchAddress(address, 'none', 2), `${address}batches/2/`);
    assert.equal(
      batchAddress(address, 'lost-answers', 2),
      `${address}via/black-hole;swallows=down;nth=5/batches/2/`,
    );
  });

  it('is another for every path that the demo offers', () => {
    const { choices } = demo.parameters.path;
    const addresses = choices.map(({ value }) => batchAddress(address, value, 1));
    assert.equal(new Set(addresses).size, choices.length);
  });
});

const row = (t: number, kind: Row['kind'], data: Row['data']): Row => ({
  number: t,
  t,
  kind,
  vantage: kind === 'app' ? 'page' : 'server',
  data,
});

describe('what the server has of a batch', () => {
  it('is what it noted, in the order of time, and nothing of the page’s word', () => {
    const rows = [
      row(3, 'server', { name: 'applied', batch: 2, table: 1 }),
      row(1, 'server', { name: 'arrived', batch: 2, table: 2 }),
      row(2, 'server', { name: 'applied', batch: 2, table: 2 }),
      row(4, 'server', { name: 'applied', batch: 1, table: 9 }),
      row(5, 'app', { name: 'applied', batch: 2, table: 9 }),
    ];
    assert.deepEqual(serverSide(rows, 2), { arrived: [2], made: [2, 1], roundTrips: 0 });
  });

  it('is how many round trips its last order took', () => {
    const rows = [
      row(1, 'server', { name: 'arrived', batch: 2, table: 1, roundTrip: 1 }),
      row(2, 'server', { name: 'arrived', batch: 2, table: 2, roundTrip: 2 }),
      row(3, 'server', { name: 'arrived', batch: 1, table: 9, roundTrip: 9 }),
    ];
    assert.equal(serverSide(rows, 2).roundTrips, 2);
  });
});

describe('what the page knows of its last batch', () => {
  const reports = (...list: readonly Row['data'][]) =>
    list.map((data, index) => row(index + 1, 'app', data));

  it('is nothing before the first', () => {
    const { batch, orders, isOver } = pageSide([]);
    assert.deepEqual({ batch, orders, isOver }, { batch: 0, orders: [], isOver: false });
  });

  it('is how often each was sent, its first answer, and the socket when last looked at', () => {
    const page = pageSide(
      reports(
        { name: 'batch', batch: 1, orders: 9 },
        { name: 'send', table: 1, readyState: 'OPEN', bufferedAmount: 99 },
        { name: 'done', batch: 1 },
        { name: 'batch', batch: 2, orders: 3 },
        { name: 'send', table: 1, id: '2-1', readyState: 'OPEN', bufferedAmount: 11 },
        { name: 'send', table: 2, id: '2-2', readyState: 'OPEN', bufferedAmount: 22 },
        { name: 'acknowledged', id: '2-1' },
        { name: 'send', table: 2, id: '2-2', readyState: 'OPEN', bufferedAmount: 11 },
        { name: 'answer', table: 2, statusCode: 202 },
        { name: 'no-news', batch: 2, readyState: 'OPEN', bufferedAmount: 0 },
      ),
    );
    assert.deepEqual(page, {
      batch: 2,
      orders: [
        { table: 1, sends: 1, answer: 'acknowledged' },
        { table: 2, sends: 2, answer: '202' },
        { table: 3, sends: 0, answer: undefined },
      ],
      isOver: true,
      readyState: 'OPEN',
      bufferedAmount: 0,
      problem: undefined,
    });
  });

  it('is the reason when it failed', () => {
    const page = pageSide(
      reports({ name: 'batch', batch: 1, orders: 1 }, { name: 'error', reason: 'no connection' }),
    );
    assert.deepEqual([page.problem, page.isOver], ['no connection', true]);
  });
});

describe('what was read at the other end', () => {
  const page = pageSide([row(1, 'app', { name: 'batch', batch: 2, orders: 3 })]);
  const up = (kind: Row['kind'], connection: number, data: Row['data'], hop?: number): Row => ({
    ...row(connection, kind, data),
    vantage: 'wire',
    direction: 'up',
    connection,
    ...(hop !== undefined && { hop }),
  });
  const head = (connection: number, what: string, hop?: number) =>
    up('http.req.head', connection, { requestTarget: `/live/x/acknowledge/${what}` }, hop);

  /** A POST as a whole: its head, and its content, which is the same when it is sent again. */
  const post = (connection: number, what: string, content: object, complete = true): Row[] => [
    head(connection, what),
    {
      ...up('http.req.body', connection, { complete }),
      answers: connection,
      octets: octetsFromLatin1(JSON.stringify(content)),
    },
  ];
  const message = (connection: number, content: object, hop?: number) =>
    up('ws.message', connection, { text: JSON.stringify(content) }, hop);

  it('is the messages on the batch’s WebSocket, and not those behind a box', () => {
    const rows = [
      head(1, 'via/black-hole;swallows=both;nth=1/batches/2/ws'),
      message(1, { table: 1 }),
      message(1, { table: 2 }),
      message(2, { table: 3 }, 1),
      head(3, 'batches/1/ws'),
      message(3, { table: 3 }),
    ];
    assert.equal(readAtOtherEnd(rows, page), 2);
  });

  it('is the content of a POST for each order, or of one for all', () => {
    assert.equal(readAtOtherEnd(post(1, 'batches/2/orders', { table: 1 }), page), 1);
    assert.equal(readAtOtherEnd(post(1, 'batches/2/orders', { table: 1 }, false), page), 0);
    assert.equal(readAtOtherEnd([head(1, 'batches/2/orders')], page), 0);
    assert.equal(readAtOtherEnd(post(1, 'batches/2/lists', { orders: [] }), page), 3);
    assert.equal(readAtOtherEnd(post(1, 'batches', { seed: 1 }), page), 0);
  });

  it('is each order once, however often it is sent', () => {
    const posts = [1, 2, 1, 2].flatMap((table, index) =>
      post(index + 1, 'batches/2/jobs', { id: `2-${table}`, table }),
    );
    assert.equal(readAtOtherEnd(posts, page), 2);
    const messages = [1, 2].flatMap((connection) => [
      head(connection, 'batches/2/ws'),
      message(connection, { table: 1 }),
    ]);
    assert.equal(readAtOtherEnd(messages, page), 1);
  });
});
