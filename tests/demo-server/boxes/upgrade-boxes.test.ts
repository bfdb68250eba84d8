import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { text } from 'node:stream/consumers';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(demo: string, via: string) {
  const run = await client.beginRun(demo);
  return { run, watcher: await client.watch(run), place: `/live/${run}/${demo}/via/${via}/` };
}

/** Asks for a WebSocket and returns the response that came instead. */
async function refusalOf(path: string) {
  const webSocket = client.webSocket(path);
  const [, response] = (await once(webSocket, 'unexpected-response')) as [unknown, IncomingMessage];
  return { statusCode: response.statusCode, content: await text(response) };
}

const closed = (count: number) => (events: readonly { kind: string }[]) =>
  events.filter(({ kind }) => kind === 'close').length >= count;

describe('strip-upgrade', () => {
  it('correct: neither Connection nor Upgrade arrives (RFC 9110 §7.6.1)', async () => {
    const { place, watcher } = await begin('echo', 'strip-upgrade;kind=correct');
    assert.equal((await refusalOf(`${place}ws`)).statusCode, 426);
    await watcher.until(closed(2));
    const [, forwarded = ''] = watcher.text('up').split(/(?=GET .*\/echo\/ws HTTP)/);
    assert.doesNotMatch(forwarded, /\r\n(?:upgrade|connection: upgrade)/i);
  });

  it('old: Upgrade arrives alone, which asks for nothing', async () => {
    const { place, watcher } = await begin('echo', 'strip-upgrade;kind=old');
    assert.equal((await refusalOf(`${place}ws`)).statusCode, 426);
    await watcher.until(closed(2));
    const [, forwarded = ''] = watcher.text('up').split(/(?=GET .*\/echo\/ws HTTP)/);
    assert.match(forwarded, /\r\nUpgrade: websocket\r\n/);
    assert.doesNotMatch(forwarded, /\r\nConnection: upgrade/i);
  });

  it('unaware: the 101 comes through, and the first frame ends it all', async () => {
    const { place, watcher } = await begin('fallback', 'strip-upgrade;kind=unaware');
    const webSocket = await client.openWebSocket(`${place}feed/ws`);
    webSocket.on('message', () => assert.fail('a frame came through'));
    const [code] = (await once(webSocket, 'close')) as [number];
    assert.equal(code, 1006);
    const note = await watcher.note('response-not-understood');
    // RFC 6455 §5.2: two octets of header and {"hello":true}.
    assert.equal(note.data['octets'], 16);
    await watcher.until(closed(2));
  });
});

describe('refuse-upgrade', () => {
  it('answers with the status that it is told', async () => {
    for (const statusCode of [400, 407, 502]) {
      const { place } = await begin('echo', `refuse-upgrade;statusCode=${String(statusCode)}`);
      assert.equal((await refusalOf(`${place}ws`)).statusCode, statusCode);
      assert.equal((await client.ask({ path: `${place}ws` })).statusCode, 426, 'a request passes');
    }
  });
});

describe('answer-200', () => {
  it('answers an upgrade with a page, and lets requests pass', async () => {
    const { place, watcher } = await begin('echo', 'answer-200');
    const { statusCode, content } = await refusalOf(`${place}ws`);
    assert.equal(statusCode, 200);
    assert.match(content, /no WebSocket/);
    assert.equal((await watcher.note('page-sent')).data['upgrade'], 'websocket');
    assert.equal((await client.ask({ path: `${place}ws` })).statusCode, 426);
    assert.doesNotMatch(watcher.text('up'), /Upgrade.*\r\nVia: /s, 'the origin was not asked');
  });
});

describe('hang', () => {
  it('answers no upgrade, and cuts it when its patience ends', async () => {
    const { place, watcher } = await begin('echo', 'hang;patienceMs=100');
    const webSocket = client.webSocket(`${place}ws`);
    webSocket.on('open', () => assert.fail('it opened'));
    const ended = new Promise((resolve) => webSocket.on('close', resolve));
    await watcher.note('connection-cut');
    await ended;
    assert.equal(watcher.text('down'), '');
    assert.equal((await client.ask({ path: `${place}ws` })).statusCode, 426, 'a request passes');
  });

  it('answers nothing at all when it is told so', async () => {
    const { place, watcher } = await begin('cache-fields', 'hang;holds=everything;patienceMs=100');
    await assert.rejects(client.ask({ path: `${place}resource` }));
    await watcher.note('connection-cut');
    assert.deepEqual(watcher.notes('answer'), []);
  });

  it('lets go of a client that hangs up first', async () => {
    const { place, watcher } = await begin('echo', 'hang;patienceMs=60000');
    const webSocket = client.webSocket(`${place}ws`);
    await watcher.note('request-held');
    webSocket.terminate();
    await watcher.until(closed(1));
    assert.deepEqual(watcher.notes('connection-cut'), []);
  });
});
