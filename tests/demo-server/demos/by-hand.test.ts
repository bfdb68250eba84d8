import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();
// RFC 6455 §1.3: a key and its accept value.
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';

/** Begins a handshake and returns what has come back once the server has ended the connection. */
async function handshake(run: string) {
  const socket = await client.connect();
  let received = '';
  socket.setEncoding('latin1').on('data', (text: string) => (received += text));
  socket.write(
    `GET /live/${run}/by-hand/ws HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\n` +
      `Origin: ${client.origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n\r\n`,
  );
  const watcher = await client.watch(run);
  await watcher.note('handshake-held');
  return { socket, watcher, received: () => received };
}
const answer = (run: string, value: unknown) =>
  client.send('POST', `/live/${run}/by-hand/answer`, value);

describe('a handshake that the reader answers', () => {
  it('is answered with the reader’s value, greeted, and closed with the client’s code', async () => {
    const run = await client.beginRun('by-hand');
    const { socket, watcher, received } = await handshake(run);
    assert.equal((await watcher.note('handshake-held')).data['key'], KEY);
    assert.equal((await answer(run, { accept: ACCEPT })).statusCode, 200);
    // Close 1000, masked with zeros.
    socket.write(Buffer.from('88820000000003e8', 'hex'));
    await whenClosed(socket);
    const [head = '', frames = ''] = received().split('\r\n\r\n');
    assert.equal(
      head,
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${ACCEPT}`,
    );
    // RFC 6455 §5.7: Hello, unmasked.
    assert.equal(Buffer.from(frames, 'latin1').toString('hex'), '810548656c6c6f' + '880203e8');
    assert.deepEqual((await watcher.note('answered')).data['by'], 'reader');
  });

  it('may be answered with 200, and with a wrong value', async () => {
    const run = await client.beginRun('by-hand');
    const { socket, received } = await handshake(run);
    await answer(run, { statusCode: 200, accept: 'wrong' });
    await whenClosed(socket);
    assert.match(received(), /^HTTP\/1\.1 200 OK\r\n[^]*Accept: wrong\r\n\r\n$/);
  });

  it('takes no value that is more than a value, and none that nobody waits for', async () => {
    const run = await client.beginRun('by-hand');
    assert.equal((await answer(run, { accept: ACCEPT })).statusCode, 409);
    await handshake(run);
    for (const hostile of [
      {},
      { accept: '' },
      { accept: 'a\r\nSet-Cookie: b=c' },
      { accept: 'a\nb' },
      { accept: 'a'.repeat(61) },
      { accept: ACCEPT, statusCode: 301 },
      { accept: ACCEPT, location: 'http://example.com/' },
    ]) {
      assert.equal((await answer(run, hostile)).statusCode, 400, JSON.stringify(hostile));
    }
    assert.equal((await answer(run, { accept: ACCEPT })).statusCode, 200);
  });

  it('is one in each run: another handshake cuts the one that waits', async () => {
    const run = await client.beginRun('by-hand');
    const first = await handshake(run);
    const closed = whenClosed(first.socket);
    await handshake(run);
    await closed;
    assert.equal(first.received(), '');
  });
});
