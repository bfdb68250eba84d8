import assert from 'node:assert/strict';
import net, { type AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';

import { provideHttp2 } from '#capture/http2/http2-rows.ts';
import type { Row } from '#capture/row.ts';
import { Http2Listener } from '#demo-server/robot/http2-listener.ts';
import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { Connections } from '#demo-server/runs/connections.ts';
import { RunStore } from '#demo-server/runs/run-store.ts';
import { rowsOf } from '#tests/capture/export/recorded-run.ts';
import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

provideHttp2();
const client = await startDemoServer();

/** Sends a robot of a demo, and reads the run when all its connections are closed again. */
async function send(
  demo: string,
  errand: object,
): Promise<{ report: unknown; rows: readonly Row[]; watcher: Watcher }> {
  const run = await client.beginRun(demo);
  const { statusCode, text } = await client.send('POST', `/runs/${run}/robot`, errand);
  assert.equal(statusCode, 200, text);
  const watcher = await client.watch(run);
  await watcher.until((events) => {
    const open = events.filter(({ kind }) => kind === 'open').length;
    return open > 0 && events.filter(({ kind }) => kind === 'close').length === open;
  });
  return { report: JSON.parse(text), rows: rowsOf(watcher.events), watcher };
}

const frames = (rows: readonly Row[], type: string, direction: string) =>
  rows.filter((row) => row.data['type'] === type && row.direction === direction);
const sizes = (rows: readonly Row[]) => rows.map(({ octets }) => octets?.length);

/** Within the octets that a Date takes more or less: in Huffman code its digits differ in length. */
function assertNear(length: number | undefined, expected: number): void {
  assert.ok(Math.abs(Number(length) - expected) <= 2, `${length} octets, about ${expected}`);
}

describe('the robot that asks with the head of a browser', () => {
  it('takes 411 octets up first and then 39, as the curriculum has measured (E2)', async () => {
    const { report, rows } = await send('http2-heads', { requests: 10 });
    assert.deepEqual(report, { requests: 10, answered: 10 });
    assert.deepEqual(sizes(frames(rows, 'HEADERS', 'up')), [411, ...Array<number>(9).fill(39)]);
    const heads = sizes(frames(rows, 'HEADERS', 'down'));
    assertNear(heads[0], 56);
    // In a new second, the Date is spelled out once more.
    assert.equal(Math.min(...heads.map(Number)), 21);
    assert.deepEqual(sizes(frames(rows, 'DATA', 'down')), Array<number>(10).fill(31));
    // Preface, SETTINGS and the acknowledgement.
    const setUp = rows.filter(
      ({ kind, data }) => kind === 'h2.preface' || data['type'] === 'SETTINGS',
    );
    const up = setUp.filter(({ direction }) => direction === 'up');
    assert.equal(
      up.reduce((sum, { octets }) => sum + octets!.length, 0),
      42,
    );
    for (const { sender } of up) assert.equal(sender, 'ROBOT');
  });

  it('takes 411 octets each time on new connections, and less without the cookie', async () => {
    const { rows, watcher } = await send('http2-heads', { requests: 3, connection: 'each' });
    assert.equal(watcher.events.filter(({ kind }) => kind === 'open').length, 3);
    assert.deepEqual(sizes(frames(rows, 'HEADERS', 'up')), [411, 411, 411]);
    const bare = await send('http2-heads', { requests: 2, cookie: false });
    const [first, second] = sizes(frames(bare.rows, 'HEADERS', 'up')).map(Number);
    assert.ok(first! < 350);
    assert.equal(second, 38);
  });
});

describe('the robot that opens a WebSocket without 101', () => {
  it('takes 99 and 34 octets for the handshake, 20 and 16 for Hello (H9)', async () => {
    const { report, rows } = await send('no-101', {});
    assert.deepEqual(report, { statusCode: 200, answer: 'Hello' });
    assert.deepEqual(sizes(frames(rows, 'HEADERS', 'up')), [99]);
    assertNear(frames(rows, 'HEADERS', 'down')[0]?.octets?.length, 34);
    const hello = rows.filter(({ kind, data }) => kind === 'ws.frame' && data['opcode'] === 1);
    assert.deepEqual(
      hello.map(({ direction, octets, data }) => [direction, octets?.length, data['text']]),
      [
        ['up', 11, 'Hello'],
        ['down', 7, 'Hello'],
      ],
    );
    // Node writes the frame header and the payload of an answer in two writes of one frame.
    assert.equal(frames(rows, 'DATA', 'up')[0]?.octets?.length, 20);
    assert.equal(frames(rows, 'DATA', 'down')[0]?.octets?.length, 16);
    const [settings] = frames(rows, 'SETTINGS', 'down');
    assert.deepEqual(settings?.data['settings'], { ENABLE_CONNECT_PROTOCOL: 1 });
  });

  it('closes by the closing handshake, and neither side resets the stream', async () => {
    const { rows } = await send('no-101', { message: 'grüß dich' });
    const closing = rows.filter(({ kind, data }) => kind === 'ws.frame' && data['opcode'] === 8);
    assert.deepEqual(
      closing.map(({ direction, data }) => [direction, data['closeCode']]),
      [
        ['up', 1000],
        ['down', 1000],
      ],
    );
    assert.deepEqual(frames(rows, 'RST_STREAM', 'up'), []);
    for (const { data } of rows) assert.deepEqual(data['violations'] ?? [], []);
  });
});

describe('threat 5: a robot over HTTP/2 goes where the server says', () => {
  for (const [demo, errands] of Object.entries({
    'http2-heads': [
      { host: '127.0.0.1' },
      { requests: 21 },
      { requests: 0 },
      { requests: '3' },
      { connection: 'http://example.com' },
      { headers: {} },
    ],
    'no-101': [{ message: 'x'.repeat(126) }, { message: 7 }, { ':path': '/other' }, { frames: [] }],
  })) {
    it(`takes nothing but what ${demo} lets a reader choose`, async () => {
      const run = await client.beginRun(demo);
      for (const errand of errands) {
        const { statusCode } = await client.send('POST', `/runs/${run}/robot`, errand);
        assert.equal(statusCode, 400, JSON.stringify(errand));
      }
      const watcher = await client.watch(run);
      await watcher.until(() => watcher.batches > 0);
      assert.deepEqual(watcher.events, [], 'no robot went anywhere');
    });
  }

  it('finds a listener that cuts whoever else connects, without a word', async () => {
    const runs = new RunStore();
    const listener = new Http2Listener(new Connections(runs), () => assert.fail('served'));
    after(() => listener.server.close());
    await listener.listen();
    const { port } = listener.server.address() as AddressInfo;
    const stranger = net.connect(port, '127.0.0.1');
    stranger.on('error', () => undefined);
    stranger.on('data', () => assert.fail('a stranger was answered'));
    stranger.write('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
    await whenClosed(stranger);
  });
});
