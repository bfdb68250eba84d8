import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';

import { startDemoServer } from '#tests/demo-server/running-server.ts';

const client = await startDemoServer();

/** What `ws`, a client that is as strict as a browser, makes of each answer. */
const verdicts = {
  'wrong-accept': 'Invalid Sec-WebSocket-Accept header',
  'ok-200': 'Unexpected server response: 200',
  moved: 'Unexpected server response: 301',
  subprotocol: 'Server sent a subprotocol but none was requested',
  extension: 'Server sent a Sec-WebSocket-Extensions header but no extension was requested',
  forbidden: 'Unexpected server response: 403',
} as const;

describe('ways to fail', () => {
  for (const [way, message] of Object.entries(verdicts)) {
    it(`${way}: ws says "${message}"`, async () => {
      const run = await client.beginRun('ways-to-fail');
      const webSocket = client.webSocket(`/live/${run}/ways-to-fail/ws/${way}`);
      const [error] = (await once(webSocket, 'error')) as [Error];
      assert.equal(error.message, message);
    });
  }

  it('no-connection: a 101 that lacks Connection and nothing else', async () => {
    const run = await client.beginRun('ways-to-fail');
    const webSocket = client.webSocket(`/live/${run}/ways-to-fail/ws/no-connection`);
    const [error] = (await once(webSocket, 'error')) as [Error];
    // Node's parser takes no 101 without it for an upgrade.
    assert.equal(error.message, 'Unexpected server response: 101');
    const watcher = await client.watch(run);
    await watcher.untilText('HTTP/1.1 101 ');
    const head = watcher.text('down');
    assert.match(
      head,
      /^HTTP\/1\.1 101 [^]*Upgrade: websocket\r\nSec-WebSocket-Accept: \S{28}\r\n/,
    );
    assert.doesNotMatch(head, /Connection:/);
  });

  it('good: opens, and is closed with 1000', async () => {
    const run = await client.beginRun('ways-to-fail');
    const webSocket = client.webSocket(`/live/${run}/ways-to-fail/ws/good`);
    await once(webSocket, 'open');
    const [code] = (await once(webSocket, 'close')) as [number];
    assert.equal(code, 1000);
  });

  it('says so when there is no such way', async () => {
    const run = await client.beginRun('ways-to-fail');
    const webSocket = client.webSocket(`/live/${run}/ways-to-fail/ws/other`);
    const [error] = (await once(webSocket, 'error')) as [Error];
    assert.equal(error.message, 'Unexpected server response: 404');
  });
});
