import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import { after, describe, it } from 'node:test';

import { OriginListener } from '#demo-server/boxes/origin-listener.ts';
import { Upstream } from '#demo-server/boxes/upstream.ts';
import { whenClosed } from '#demo-server/robot/when-closed.ts';

async function listen(): Promise<OriginListener> {
  const listener = new OriginListener();
  after(() => {
    listener.server.close();
    listener.server.closeAllConnections();
  });
  await listener.listen();
  return listener;
}

describe('threat 6: the internal listener', () => {
  it('answers the connections of our boxes from their first octet on, and cuts all others', async () => {
    const listener = await listen();
    const seen: unknown[] = [];
    listener.serve({
      connection: () => undefined,
      request: (request, response) => {
        seen.push(listener.originOf(request.socket));
        response.end();
      },
      upgrade: () => assert.fail('nobody of ours asked for an upgrade'),
    });

    const origin = { sender: 'BOX', hop: 1, box: 'buffer', onBehalfOf: 7 } as const;
    const upstream = new Upstream(listener, origin);
    await once(upstream.request('GET', '/', ['Host', 'x']).end(), 'response');
    upstream.destroy();

    const { port } = listener.server.address() as AddressInfo;
    for (const fields of ['', 'Connection: Upgrade\r\nUpgrade: websocket\r\n']) {
      const stranger = net.connect(port, '127.0.0.1');
      stranger.on('error', () => undefined);
      stranger.on('data', () => assert.fail('a stranger was answered'));
      stranger.write(`GET / HTTP/1.1\r\nHost: x\r\n${fields}\r\n`);
      await whenClosed(stranger);
    }
    assert.deepEqual(seen, [origin]);
  });
});

describe('threat 5: a robot on the internal listener', () => {
  it('is answered at the echo and cut at a box, another demo, a wire channel or a robot', async () => {
    const listener = await listen();
    const served: unknown[] = [];
    listener.serve({
      connection: () => undefined,
      request: (request, response) => {
        served.push(request.url);
        response.end();
      },
      upgrade: (request, socket) => {
        served.push(request.url);
        socket.end();
      },
    });
    const targets = [
      '/live/r/echo/via/buffer/ws',
      '/live/r/echo/ping',
      '/live/r/fallback/feed/ws',
      '/runs/r/wire',
      '/runs/r/robot',
      '/live/r/echo/ws/../../../runs',
      '/',
    ];
    for (const target of [...targets, '/live/r/echo/ws']) {
      for (const fields of ['', 'Connection: Upgrade\r\nUpgrade: websocket\r\n']) {
        const robot = listener.connect({ sender: 'ROBOT', hop: 0 });
        robot.resume().write(`GET ${target} HTTP/1.1\r\nConnection: close\r\n${fields}\r\n`);
        await whenClosed(robot);
      }
    }
    assert.deepEqual(served, ['/live/r/echo/ws', '/live/r/echo/ws']);
  });
});
