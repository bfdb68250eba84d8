import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import type { Row } from '#capture/row.ts';
import { rowsOf } from '#tests/capture/export/recorded-run.ts';
import { startDemoServer, type Watcher } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function transfer(query: string, via = '') {
  const run = await client.beginRun('elephant');
  const watcher = await client.watch(run);
  const webSocket = client.webSocket(`/live/${run}/elephant/${via}ws?transfer=1&${query}`);
  const came: (string | number)[] = [];
  webSocket.on('message', (data: Buffer, isBinary: boolean) => {
    came.push(isBinary ? data.length : data.toString());
  });
  const [code] = (await once(webSocket, 'close')) as [number];
  return { came, code, watcher };
}

/** Frames of data and pings in the order in which they left, in short: `binary+`, where more follows. */
async function framesOf(watcher: Watcher): Promise<string[]> {
  const closes = (rows: readonly Row[]) =>
    rows.some(({ kind, direction, data }) => {
      return kind === 'ws.frame' && direction === 'down' && data['opcode'] === 8;
    });
  await watcher.until((events) => closes(rowsOf(events)));
  return rowsOf(watcher.events)
    .filter(({ kind, direction }) => kind === 'ws.frame' && direction === 'down')
    .map(({ data }) => `${String(data['opcode'])}${data['fin'] === true ? '' : '+'}`);
}

const small = '{"small":true}';
// RFC 6455 §5.2: 0 continuation, 1 text, 2 binary, 8 close, 9 ping.

describe('the elephant', () => {
  it('in one frame: ping and small message stand behind all of it', async () => {
    const { came, code, watcher } = await transfer('way=frame&sizeKiB=3&pieceKiB=1');
    assert.deepEqual(came, [3072, small]);
    assert.equal(code, 1000);
    assert.deepEqual(await framesOf(watcher), ['2', '9', '1', '8']);
  });

  it('in fragments: a ping comes between them, the small message only after the last', async () => {
    const { came, watcher } = await transfer('way=fragments&sizeKiB=3&pieceKiB=1');
    assert.deepEqual(came, [3072, small]);
    assert.deepEqual(await framesOf(watcher), ['2+', '9', '0+', '9', '0', '9', '1', '8']);
  });

  it('as messages: the small one comes after the first', async () => {
    const { came, watcher } = await transfer('way=messages&sizeKiB=3&pieceKiB=1');
    assert.deepEqual(came, [1024, small, 1024, 1024]);
    assert.deepEqual(await framesOf(watcher), ['2', '9', '1', '2', '9', '2', '9', '8']);
  });

  it('tells when the last part is a shorter one', async () => {
    const { came } = await transfer('way=messages&sizeKiB=3&pieceKiB=2');
    assert.deepEqual(came, [2048, small, 1024]);
  });

  it('waits for each pong, and says whether the message was still under way', async () => {
    const { watcher } = await transfer('way=fragments&sizeKiB=2&pieceKiB=1');
    await watcher.until(() => watcher.notes('pong').length === 2);
    const pongs = watcher.notes('pong').map(({ data }) => [data['number'], data['isUnderWay']]);
    assert.deepEqual(pongs, [
      [1, true],
      [2, false],
    ]);
  });

  it('makes a pong wait for the frame before its ping, on a path that narrow', async () => {
    // 4 KiB at 20 kB/s are 204 ms: less can't be chance.
    const via = 'via/slow;delayMs=0;octetsPerSecond=20000/';
    const whole = await transfer('way=frame&sizeKiB=4&pieceKiB=1', via);
    const [pong] = [await whole.watcher.note('pong')];
    assert.ok(Number(pong.data['afterMs']) >= 200, String(pong.data['afterMs']));
  });

  it('lets go when its reader does', async () => {
    const run = await client.beginRun('elephant');
    const watcher = await client.watch(run);
    const webSocket = await client.openWebSocket(
      `/live/${run}/elephant/via/slow;octetsPerSecond=500/ws?transfer=1&way=fragments&sizeKiB=9&pieceKiB=1`,
    );
    await watcher.note('ready');
    webSocket.terminate();
    await watcher.until((events) => events.filter(({ kind }) => kind === 'close').length === 2);
  });
});

describe('threat 9: what it takes', () => {
  it('is within bounds, or told with a sentence', async () => {
    const run = await client.beginRun('elephant');
    const refused = async (query: string) => {
      const webSocket = client.webSocket(`/live/${run}/elephant/ws?${query}`);
      const [, response] = (await once(webSocket, 'unexpected-response')) as [
        unknown,
        { statusCode: number },
      ];
      return response.statusCode;
    };
    for (const query of [
      '',
      'transfer=1&way=whole&sizeKiB=1&pieceKiB=1',
      'transfer=1&way=frame&sizeKiB=257&pieceKiB=1',
      'transfer=1&way=messages&sizeKiB=1&pieceKiB=65',
      'transfer=1&way=messages&sizeKiB=1&pieceKiB=0',
      'transfer=0&way=frame&sizeKiB=1&pieceKiB=1',
    ]) {
      assert.equal(await refused(query), 400, query);
    }
    const { statusCode } = await client.ask({ path: `/live/${run}/elephant/ws` });
    assert.equal(statusCode, 426);
  });
});
