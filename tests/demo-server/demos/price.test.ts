import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { CaptureReader } from '#capture/capture-reader.ts';
import { layersBelow } from '#capture/batch-octets.ts';
import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import { billsOf, http2Layers, total, type Bill } from '#demos/price/bill.ts';
import { UsualHeads } from '#demos/price/break-even.ts';
import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

provideHttp2();
const client = await startDemoServer();

/** Receives batches as the page does, and makes out their bills. */
class Buyer {
  readonly #run: string;
  readonly #watcher: Watcher;
  #batch = 0;

  private constructor(run: string, watcher: Watcher) {
    this.#run = run;
    this.#watcher = watcher;
  }

  static async begin(): Promise<Buyer> {
    const run = await client.beginRun('price');
    return new Buyer(run, await client.watch(run));
  }

  path(way: string, messages: number, size: number): string {
    this.#batch += 1;
    const query = `batch=${String(this.#batch)}&messages=${String(messages)}&size=${String(size)}`;
    return `/live/${this.#run}/price/${way}?${query}`;
  }

  async billFor(way: string, messages: number, size: number): Promise<Bill> {
    const path = this.path(way, messages, size);
    const batch = this.#batch;
    if (way === 'down' || way === 'up') {
      const webSocket = await client.openWebSocket(path);
      for (let count = 0; way === 'up' && count < messages; count++)
        webSocket.send('x'.repeat(size));
      await this.#sent(batch);
      webSocket.close();
    } else if (way === 'http2') {
      const { statusCode, text } = await this.sendRobot({ batch, messages, size });
      assert.deepEqual([statusCode, JSON.parse(text)], [200, { messages, answered: messages }]);
    } else {
      const asks = way === 'long' ? messages : way === 'short' ? messages * 2 : 0;
      if (asks === 0) await client.ask({ path });
      for (let ask = 1; ask <= asks; ask++)
        await client.ask({ path: `${path}&ask=${String(ask)}` });
    }
    await this.#sent(batch);
    const reader = new CaptureReader();
    for (const event of this.#watcher.events) reader.pushWire(event);
    return billsOf(reader.rows).find((bill) => bill.batch === batch) ?? assert.fail(way);
  }

  sendRobot(errand: object) {
    return client.send('POST', `/runs/${this.#run}/robot`, errand);
  }

  #sent(batch: number): Promise<void> {
    const isIt = (data: Readonly<Record<string, unknown>>) => data['batch'] === batch;
    return this.#watcher.until(() => this.#watcher.notes('sent').some(({ data }) => isIt(data)));
  }
}

describe('what is put around a message', () => {
  it('by WebSocket is 2, 4 or 10 octets down and 4 more up (RFC 6455 §5.2)', async () => {
    const buyer = await Buyer.begin();
    for (const [size, header] of [
      [1, 2],
      [125, 2],
      [126, 4],
      [65_535, 4],
      [65_536, 10],
    ] as const) {
      assert.equal((await buyer.billFor('down', 2, size)).each.around, header);
      assert.equal((await buyer.billFor('up', 2, size)).each.around, header + 4);
    }
  });

  it('by SSE is what the fields and the chunk take, for each event', async () => {
    const buyer = await Buyer.begin();
    // data: ␊␊ takes 8, the chunk 14␍␊…␍␊ 6, id: 1␊ 6 more.
    assert.equal((await buyer.billFor('events-plain', 3, 50)).each.around, 8 + 6);
    assert.equal((await buyer.billFor('events', 3, 50)).each.around, 8 + 6 + 6);
    assert.equal((await buyer.billFor('events', 1, 1000)).each.around, 8 + 7 + 6);
  });

  it('by polls is their heads, those of empty answers too', async () => {
    const buyer = await Buyer.begin();
    const long = await buyer.billFor('long', 3, 50);
    const short = await buyer.billFor('short', 3, 50);
    assert.equal(long.setUp, 0);
    assert.ok(long.each.around > 200);
    assert.ok(short.each.around > 1.8 * long.each.around);
  });
});

describe('what the robot’s polls over HTTP/2 take', () => {
  it('is 39 octets up and 21 and 9 down around each, once the fields are in the tables', async () => {
    const buyer = await Buyer.begin();
    const { setUp, each } = await buyer.billFor('http2', 20, 50);
    // In a new second the Date is spelled out once more, in up to 24 octets.
    assert.ok(each.around >= 69 && each.around <= 69 + 24 / 20, String(each.around));
    // Preface, settings, and a first head that is in no table yet.
    assert.ok(setUp > 411 && setUp < 620, String(setUp));
  });

  it('is a frame header more for each 16,384 octets (RFC 9113 §6.5.2), and what opens the window', async () => {
    const buyer = await Buyer.begin();
    const { around } = (await buyer.billFor('http2', 1, 65_536)).each;
    // Five DATA frames: nghttp2 sends less than a full one where the window ends (RFC 9113 §6.9.2).
    assert.ok(around >= 39 + 21 + 4 * 9 && around < 39 + 21 + 5 * 9 + 8 * 13 + 24, String(around));
  });

  it('gets many messages within the time of an errand', async () => {
    // With Nagle's algorithm, each answer's content would wait for an acknowledgement (RFC 9293 §3.7.4).
    const buyer = await Buyer.begin();
    assert.equal((await buyer.billFor('http2', 250, 5)).messages, 250);
  });

  it('is refused out of bounds, with a sentence', async () => {
    const buyer = await Buyer.begin();
    for (const wrong of [
      {},
      { batch: 1, messages: 0, size: 5 },
      { batch: 1, messages: 1, size: '5.5' },
      { batch: 1, messages: 9, size: 65_536 },
      { batch: 1, messages: 1, size: 5, host: 'example.org' },
    ]) {
      const { statusCode, text } = await buyer.sendRobot(wrong);
      assert.equal(statusCode, 400, JSON.stringify(wrong));
      assert.match(text, /whole number|at most 512 KiB|and nothing else/);
    }
  });
});

describe('the layered bill of one message', () => {
  // Application octets and octets in IP packets; 2026, with other programs than ours.
  const table = [
    { size: 5, ws: [7, 81], sse: [25, 99], http1: [798, 946], http2: [74, 222] },
    { size: 50, ws: [52, 126], sse: [70, 144], http1: [843, 991], http2: [119, 267] },
    { size: 89, ws: [91, 165], sse: [109, 183], http1: [882, 1030], http2: [158, 306] },
    { size: 1000, ws: [1004, 1078], sse: [1021, 1095], http1: [1793, 1941], http2: [1069, 1217] },
  ];
  const both = (each: Bill['each']) => [total(each, 'sent'), total(each, 'all')];

  it('is the same as was measured elsewhere', async () => {
    const buyer = await Buyer.begin();
    for (const { size, ws, sse, http1, http2 } of table) {
      assert.deepEqual(both((await buyer.billFor('down', 1, size)).each), ws);
      // With an id of one digit.
      assert.deepEqual(both((await buyer.billFor('events', 1, size)).each), sse);
      assert.deepEqual(both(http2Layers(size)), http2);
      // By octets of the robot. A new second has its Date spelled out: then it is asked once more.
      const polls = [await buyer.billFor('http2', 1, size), await buyer.billFor('http2', 1, size)];
      assert.deepEqual(
        polls.map(({ each }) => both(each)).find(([sent]) => sent === http2[0]),
        http2,
      );
      // The heads are a browser's there, and not those of this test's client.
      const writes = [{ length: 638 }, { length: 155 + size }];
      const { tls, tcp } = layersBelow(writes);
      const payload = { payload: size, around: UsualHeads.http1, tls, tcp };
      assert.deepEqual(both(payload), http1);
    }
  });
});

describe('threat 10: bounds of a batch', () => {
  it('refuses what is out of bounds, each with a sentence', async () => {
    const buyer = await Buyer.begin();
    for (const [messages, size] of [
      [0, 5],
      [401, 5],
      [1, 0],
      [1, 65_537],
      [9, 65_536],
    ] as const) {
      const { statusCode, text } = await client.ask({ path: buyer.path('events', messages, size) });
      assert.equal(statusCode, 400, text);
      assert.match(text, /whole number|at most 512 KiB/);
      const webSocket = client.webSocket(buyer.path('down', messages, size));
      const [, response] = (await once(webSocket, 'unexpected-response')) as [
        unknown,
        { statusCode: number },
      ];
      assert.equal(response.statusCode, 400);
    }
  });

  it('says where to ask', async () => {
    const buyer = await Buyer.begin();
    assert.equal((await client.ask({ path: buyer.path('down', 1, 1) })).statusCode, 426);
    assert.equal((await client.ask({ path: buyer.path('by-post', 1, 1) })).statusCode, 404);
    assert.equal((await client.ask({ path: buyer.path('long', 1, 1) })).statusCode, 400);
    assert.equal((await client.send('POST', buyer.path('long', 1, 1))).statusCode, 405);
  });
});
