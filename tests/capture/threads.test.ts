import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readReplay } from '#bench/replay.ts';
import type { Row } from '#capture/row.ts';
import { numberedFeeds, relationsOf } from '#capture/threads.ts';
import type { DemoDefinition } from '#demo/definition.ts';

async function recorded(id: string) {
  const { default: demo } = (await import(`#demos/${id}/demo.ts`)) as { default: DemoDefinition };
  return readReplay(demo, readFileSync(`content/captures/${id}.json`, 'utf8'), 'recording').store;
}

const message = (number: number, text: string, direction: 'up' | 'down', connection = 1): Row => ({
  number,
  t: number,
  kind: 'ws.message',
  vantage: 'wire',
  direction,
  connection,
  hop: 0,
  data: { type: 'text', text },
});
const rowsOf = (rows: readonly Row[]) => ({
  row: (number: number | undefined) => rows.find((row) => row.number === number),
});

describe('relationsOf: in recordings of a real browser', () => {
  it('ties each response to its request, both ways', async () => {
    const store = await recorded('cache-fields');
    const responses = store.rows.filter(({ kind }) => kind === 'http.res.head');
    assert.ok(responses.length >= 4);
    for (const response of responses) {
      const [request] = relationsOf(response, store).filter(({ kind }) => kind === 'request');
      const row = store.row(request?.row);
      assert.equal(row?.data['exchange'], response.data['exchange']);
      assert.equal(row?.connection, response.connection);
      assert.ok(
        relationsOf(row ?? assert.fail(), store).some(
          (each) => each.kind === 'response' && each.row === response.number,
        ),
      );
    }
  });

  it('ties a 304 to the 200 that it renews (RFC 9111 §4.3.4)', async () => {
    const store = await recorded('cache-fields');
    const notModified =
      store.rows.find(({ kind, data }) => kind === 'http.res.head' && data['statusCode'] === 304) ??
      assert.fail();
    const [stored] = relationsOf(notModified, store).filter(({ kind }) => kind === 'stored');
    const full = store.row(stored?.row) ?? assert.fail();
    assert.equal(full.data['statusCode'], 200);
    assert.ok(relationsOf(full, store).some(({ kind }) => kind === 'revalidated-by'));
  });

  it('ties Ping and Pong, and the two Closes (RFC 6455 §5.5)', async () => {
    const store = await recorded('echo');
    const opcode = (wanted: number) =>
      store.rows.find(({ kind, data }) => kind === 'ws.frame' && data['opcode'] === wanted);
    const ping = opcode(9) ?? assert.fail();
    const [pong] = relationsOf(ping, store).filter(({ kind }) => kind === 'pong');
    assert.equal(store.row(pong?.row)?.data['opcode'], 10);
    const close = opcode(8) ?? assert.fail();
    assert.ok(relationsOf(close, store).some(({ kind }) => kind === 'close-answer'));
  });
});

describe('relationsOf: by what messages say', () => {
  const order = message(1, '{"id":"2-1","table":1}', 'up');
  const other = message(2, '{"id":"2-2","table":2}', 'up');
  const ack = message(3, '{"ack":"2-1"}', 'down');

  it('ties a message to its acknowledgement', () => {
    const rows = rowsOf([order, other, ack]);
    assert.deepEqual(relationsOf(order, rows), [{ kind: 'acknowledgement', row: 3 }]);
    assert.deepEqual(relationsOf(ack, rows), [{ kind: 'acknowledged', row: 1 }]);
    assert.deepEqual(relationsOf(other, rows), []);
  });

  it('ties nothing to what came before it, nor on another hop', () => {
    const early = { ...ack, number: 0 };
    assert.deepEqual(relationsOf(order, rowsOf([early, order])), []);
    assert.deepEqual(relationsOf(order, rowsOf([order, { ...ack, hop: 1 }])), []);
  });

  it('takes no text for more than it is', () => {
    const odd = message(2, '{"id":', 'down');
    assert.deepEqual(relationsOf(order, rowsOf([order, odd])), []);
  });
});

describe('numberedFeeds', () => {
  const update = (row: number, number: number, connection: number) =>
    message(row, `{"number":${number},"at":1}`, 'down', connection);

  it('marks what is late, doubled and lost, over several connections', () => {
    const [feed] = numberedFeeds([
      update(1, 1, 1),
      update(2, 2, 1),
      update(3, 4, 2),
      update(4, 2, 2),
      update(5, 3, 2),
      update(6, 6, 3),
    ]);
    assert.deepEqual(
      feed?.updates.map(({ number, state }) => [number, state]),
      [
        [1, 'in-order'],
        [2, 'in-order'],
        [4, 'in-order'],
        [2, 'doubled'],
        [3, 'late'],
        [6, 'in-order'],
      ],
    );
    assert.deepEqual(feed.lost, [5]);
  });

  it('begins another feed where a number comes again with other content', () => {
    const feeds = numberedFeeds([update(1, 1, 1), message(2, '{"number":1,"at":2}', 'down')]);
    assert.deepEqual(
      feeds.map(({ updates }) => updates.length),
      [1, 1],
    );
  });

  it('reads the feed of the recording, whose first updates came by two transports', async () => {
    const { rows } = await recorded('fallback');
    const [feed] = numberedFeeds(rows);
    assert.ok(feed?.updates.some(({ state }) => state === 'doubled' || state === 'in-order'));
    assert.deepEqual(feed?.lost, []);
  });
});
