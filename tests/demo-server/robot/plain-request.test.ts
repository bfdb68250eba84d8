import assert from 'node:assert/strict';
import { describe, it } from 'node:test';

import { MAX_LINES, MAX_LINES_LENGTH } from '#demo-server/robot/plain-request.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

import { startDecoy } from './decoy.ts';
import { goOnErrand } from './errands.ts';

const client = await startDemoServer();
const port = new URL(client.origin).port;

describe('a plain request of the robot', () => {
  it('is the start line, Host, the reader’s lines as they are, and an empty line', async () => {
    const lines = ['accept:*/*', 'X-Demo-Spelling:   as  I like ', 'Accept: text/html'];
    const seen = await goOnErrand(client, { lines }, 'x-ray');
    assert.equal(seen.sender, 'ROBOT');
    assert.match(
      seen.requestHead,
      new RegExp(
        `^GET /live/[\\w-]{22}/x-ray HTTP/1\\.1\\r\\nHost: localhost:${port}\\r\\n` +
          'accept:\\*/\\*\\r\\nX-Demo-Spelling:   as  I like \\r\\nAccept: text/html\\r\\n\\r\\n$',
      ),
    );
    assert.equal(seen.statusLine, 'HTTP/1.1 200 OK');
    assert.equal(Buffer.from(seen.down, 'hex').toString(), '{"seq":42,"price":1.0}');
    assert.deepEqual(seen.report, { statusCode: 200 });
  });

  it('needs Host and nothing else: 69 octets and the digits of the port', async () => {
    const polite = await goOnErrand(client, {}, 'x-ray');
    assert.equal(polite.requestHead.length, 69 + port.length);
    assert.equal(polite.statusLine, 'HTTP/1.1 200 OK');
    // RFC 9112 §3.2 asks for 400; the guard answers a Host that is not ours with 403, none included.
    const rude = await goOnErrand(client, { host: false }, 'x-ray');
    assert.equal(rude.statusLine, 'HTTP/1.1 403 Forbidden');
  });
});

describe('threats 5 and 7: field lines of a reader', () => {
  it('can not say where the request goes, where it ends, or what follows it', async () => {
    const decoy = await startDecoy();
    const address = `127.0.0.1:${String(decoy.port)}`;
    const run = await client.beginRun('x-ray');
    const hostile: readonly object[] = [
      { lines: [`Host: ${address}`] },
      { lines: [`hOsT:${address}`] },
      { lines: [`Origin: http://${address}`] },
      { lines: ['Content-Length: 40'] },
      { lines: ['Transfer-Encoding: chunked'] },
      { lines: ['Connection: upgrade'] },
      { lines: ['Upgrade: websocket'] },
      { lines: ['Expect: 100-continue'] },
      { lines: [`A: b\r\n\r\nGET http://${address}/ HTTP/1.1`] },
      { lines: ['A: b\nHost: x'] },
      { lines: ['A: b\rHost: x'] },
      { lines: ['A: b\u0000'] },
      { lines: ['A: bä'] },
      { lines: [' folded: line'] },
      { lines: ['Host : x'] },
      { lines: [''] },
      { lines: ['no colon'] },
      { lines: [{ Host: address }] },
      { lines: `Host: ${address}` },
      { lines: Array.from({ length: MAX_LINES + 1 }, () => 'A: b') },
      { lines: [`A: ${'b'.repeat(MAX_LINES_LENGTH)}`] },
      { host: address },
      { requestTarget: '/runs' },
      { method: 'POST' },
      { handshake: true },
    ];
    for (const content of hostile) {
      const { statusCode, text } = await client.send('POST', `/runs/${run}/robot`, content);
      assert.equal(statusCode, 400, JSON.stringify(content));
      assert.match(text, /"error":"[A-Z]/);
    }
    assert.equal(decoy.connections(), 0);
    const watcher = await client.watch(run);
    await watcher.until(() => watcher.batches > 0);
    assert.deepEqual(watcher.events, [], 'no robot went anywhere');
  });

  it('may be what a browser sends, Connection: keep-alive included', async () => {
    const lines = ['Connection: keep-alive', 'Sec-Fetch-Site: same-origin', 'Cookie: xxxx'];
    const seen = await goOnErrand(client, { lines }, 'x-ray');
    assert.equal(seen.statusLine, 'HTTP/1.1 200 OK');
    // Cookies are no demo's own: withheld from the capture, here as everywhere (threat 15).
    assert.doesNotMatch(seen.requestHead, /xxxx/);
  });

  it('are taken in runs of the demo that takes them, and in no other', async () => {
    const run = await client.beginRun('acknowledge');
    const { statusCode } = await client.send('POST', `/runs/${run}/robot`, { lines: [] });
    assert.equal(statusCode, 404);
  });
});
