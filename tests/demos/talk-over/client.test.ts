import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'node:test';
import { WebSocketServer } from 'ws';
import { overWebSocket } from '#demos/talk-over/client.ts';

describe('a talk over a WebSocket', () => {
  it('ends when the server closes it meanwhile, and says nothing more', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    server.on('connection', (webSocket) => {
      webSocket.on('message', () => webSocket.close(1013));
      server.close();
    });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const said: unknown[] = [];
    const talk = overWebSocket(
      {
        address: `http://127.0.0.1:${port}/`,
        count: 10_000,
        everyMs: 1,
        heard: () => 0,
        onNumber: () => undefined,
        signal: new AbortController().signal,
      },
      (_, data) => said.push(data),
    );
    await assert.rejects(talk, /closed with 1013/);
    assert.ok(said.length < 10_000);
  });
});
