import assert from 'node:assert/strict';
import { once } from 'node:events';
import net from 'node:net';
import { after, describe, it } from 'node:test';

import { OriginListener } from '#demo-server/boxes/origin-listener.ts';
import { Upstream } from '#demo-server/boxes/upstream.ts';

describe('threat 6: the internal listener', () => {
  it('answers the connections of our boxes from their first octet on, and cuts all others', async () => {
    const listener = new OriginListener();
    after(() => {
      listener.server.close();
      listener.server.closeAllConnections();
    });
    await listener.listen();
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

    for (const fields of ['', 'Connection: Upgrade\r\nUpgrade: websocket\r\n']) {
      const stranger = net.connect(listener.port, '127.0.0.1');
      stranger.on('error', () => undefined);
      stranger.on('data', () => assert.fail('a stranger was answered'));
      stranger.write(`GET / HTTP/1.1\r\nHost: x\r\n${fields}\r\n`);
      await once(stranger, 'close');
    }
    assert.deepEqual(seen, [origin]);
  });
});
