import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import type { RawData, WebSocket } from 'ws';

import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

async function begin(query = '') {
  const run = await client.beginRun('echo');
  const watcher = await client.watch(run);
  const webSocket = await client.openWebSocket(`/live/${run}/echo/ws${query}`);
  return { run, watcher, webSocket };
}

async function echoed(webSocket: WebSocket, message: string | Buffer) {
  webSocket.send(message);
  const [data, isBinary] = (await once(webSocket, 'message')) as [RawData, boolean];
  return { text: (data as Buffer).toString('latin1'), isBinary };
}

describe('the echo', () => {
  it('sends back the same type and the same octets', async () => {
    const { webSocket, watcher } = await begin();
    assert.deepEqual(await echoed(webSocket, 'Hello'), { text: 'Hello', isBinary: false });
    assert.deepEqual(await echoed(webSocket, ''), { text: '', isBinary: false });
    const octets = Buffer.from([0, 255, 128]);
    assert.deepEqual(await echoed(webSocket, octets), { text: '\0\xff\x80', isBinary: true });
    // The unmasked frame of RFC 6455 §5.7.
    await watcher.untilText('\x81\x05Hello');
    await watcher.until(() => watcher.notes('message').length === 3);
    assert.deepEqual(
      watcher.notes('message').map(({ data }) => data),
      [
        { type: 'text', length: 5 },
        { type: 'text', length: 0 },
        { type: 'binary', length: 3 },
      ],
    );
  });

  it('sends back in fragments when asked to (RFC 6455 §5.4)', async () => {
    const { webSocket, watcher } = await begin('?fragments=3');
    assert.equal((await echoed(webSocket, 'Hello')).text, 'Hello');
    await watcher.untilText('\x01\x01H\x00\x02el\x80\x02lo');
    assert.equal((await echoed(webSocket, '')).text, '');
  });

  it('refuses other numbers of fragments with 400', async () => {
    const run = await client.beginRun('echo');
    for (const query of ['?fragments=0', '?fragments=9', '?fragments=x']) {
      const webSocket = client.webSocket(`/live/${run}/echo/ws${query}`);
      const [, answer] = (await once(webSocket, 'unexpected-response')) as [
        unknown,
        { statusCode: number },
      ];
      assert.equal(answer.statusCode, 400, query);
    }
  });

  it('pings every socket of the run, and of no other', async () => {
    const { run, webSocket, watcher } = await begin();
    const other = await begin();
    other.webSocket.on('ping', () => assert.fail('another run was pinged'));
    const [[data], answer] = await Promise.all([
      once(webSocket, 'ping') as Promise<[Buffer]>,
      client.send('POST', `/live/${run}/echo/ping`, { data: 'there?' }),
    ]);
    assert.equal(data.toString(), 'there?');
    assert.equal(answer.statusCode, 204);
    assert.deepEqual((await watcher.note('pong')).data, { data: 'there?' });
    assert.equal((await client.send('POST', `/live/${run}/echo/ping`)).statusCode, 204);
  });

  it('closes with the code and reason that it is told', async () => {
    const { run, webSocket, watcher } = await begin();
    const [[code, reason]] = await Promise.all([
      once(webSocket, 'close') as Promise<[number, Buffer]>,
      client.send('POST', `/live/${run}/echo/close`, { code: 4001, reason: 'enough' }),
    ]);
    assert.deepEqual([code, reason.toString()], [4001, 'enough']);
    assert.deepEqual((await watcher.note('close')).data, { code: 4001, reason: 'enough' });
  });

  it('sends no frame after its Close frame (RFC 6455 §5.5.1)', async () => {
    const run = await client.beginRun('echo');
    const watcher = await client.watch(run);
    const socket = await client.connect();
    let received = '';
    socket.setEncoding('latin1').on('data', (text: string) => (received += text));
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    socket.write(
      `GET /live/${run}/echo/ws HTTP/1.1\r\nHost: ${new URL(client.origin).host}\r\n` +
        `Origin: ${client.origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
    );
    await watcher.note('open');
    await client.send('POST', `/live/${run}/echo/close`, { code: 4001 });
    // The masked "Hello" of RFC 6455 §5.7, then a Close frame of code 4001 masked with zeros.
    const hello = '\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58';
    socket.write(`${hello}\x88\x82\0\0\0\0\x0f\xa1`, 'latin1');
    await whenClosed(socket);
    await watcher.note('close');
    assert.equal(watcher.notes('message').length, 1, 'the server had the message');
    assert.equal(received.slice(received.indexOf('\r\n\r\n') + 4), '\x88\x02\x0f\xa1');
  });

  it('refuses close codes and texts that no frame may carry, with a sentence', async () => {
    const { run } = await begin();
    const wrong = [
      { code: 1005 },
      { code: 999 },
      { code: 5000 },
      { code: '1000' },
      { reason: 'é'.repeat(62) },
    ];
    for (const content of wrong) {
      const { statusCode, text } = await client.send('POST', `/live/${run}/echo/close`, content);
      assert.equal(statusCode, 400, text);
    }
    const long = await client.send('POST', `/live/${run}/echo/ping`, { data: 'x'.repeat(126) });
    assert.equal(long.statusCode, 400);
  });
});

describe('threat 10: huge frames, fragment floods', () => {
  it('echoes a message of 1 MiB and closes with 1009 above it', async () => {
    const { webSocket, watcher } = await begin();
    assert.equal((await echoed(webSocket, Buffer.alloc(1_048_576))).text.length, 1_048_576);
    webSocket.send(Buffer.alloc(1_048_577));
    const [code] = (await once(webSocket, 'close')) as [number];
    assert.equal(code, 1009);
    assert.match(String((await watcher.note('error')).data['message']), /size/i);
  });

  it('ends a message of more than 4096 fragments', async () => {
    const { webSocket } = await begin();
    for (let index = 0; index < 4200; index += 1) webSocket.send('x', { fin: false });
    const [code] = (await once(webSocket, 'close')) as [number];
    assert.equal(code, 1008);
  });
});

describe('threat 11: compression bombs', () => {
  it('agrees to no compression, though asked for it', async () => {
    const run = await client.beginRun('echo');
    const watcher = await client.watch(run);
    const { WebSocket } = await import('ws');
    const address = `${client.origin.replace('http', 'ws')}/live/${run}/echo/ws`;
    const webSocket = new WebSocket(address, { headers: { origin: client.origin } });
    await once(webSocket, 'open');
    assert.equal(webSocket.extensions, '');
    await watcher.untilText('Sec-WebSocket-Extensions: permessage-deflate');
    webSocket.terminate();
  });
});
