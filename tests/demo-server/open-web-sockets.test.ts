import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';

import { WebSocket, WebSocketServer } from 'ws';

import { OpenWebSockets } from '#demo-server/open-web-sockets.ts';

describe('threat 9: too many sockets', () => {
  it('closes the longest idle WebSocket with 1013 instead of refusing the newcomer', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const open = new OpenWebSockets(2);
    const clients: WebSocket[] = [];
    after(() => {
      for (const client of clients) client.terminate();
      server.close();
    });
    const heard = new Map<WebSocket, number>();
    const connect = async (at: number) => {
      const client = new WebSocket(
        `ws://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
      );
      clients.push(client);
      const [[webSocket]] = (await Promise.all([
        once(server, 'connection'),
        once(client, 'open'),
      ])) as [[WebSocket], unknown];
      heard.set(webSocket, at);
      open.adopt(webSocket, () => heard.get(webSocket) ?? 0);
      return { client, webSocket };
    };
    const [first, second] = [await connect(1), await connect(2)];
    heard.set(first.webSocket, 3);
    const third = await connect(4);
    const [code] = (await once(second.client, 'close')) as [number];
    assert.equal(code, 1013);
    assert.equal(first.client.readyState, WebSocket.OPEN);
    assert.equal(third.client.readyState, WebSocket.OPEN);
  });
});
