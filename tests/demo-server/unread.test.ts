import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import net from 'node:net';
import { after, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';

import type { WebSocket } from 'ws';

import { createDemoServer } from '#demo-server/server.ts';
import { writeToListener } from '#demo-server/unread.ts';
import { Client, writeSite } from '#tests/demo-server/running-server.ts';

/** Octets sent to a server that stops reading: some are read, and the kernel keeps some on the way. */
const SENT = 24_000_000;

// As many messages as it takes, at once.
const server = await createDemoServer({
  port: 0,
  host: '127.0.0.1',
  site: writeSite(),
  liftLimits: true,
});
after(() => server.close());
const client = new Client(server);

/** Waits until the client has got rid of nothing during many other requests. */
async function untilNothingIsTaken(webSocket: WebSocket): Promise<void> {
  for (let steady = 0, before = -1; steady < 40; before = webSocket.bufferedAmount) {
    await client.ask({ path: '/version.json' });
    steady = webSocket.bufferedAmount === before ? steady + 1 : 0;
  }
}

describe('threat 12: slow consumers', () => {
  for (const { demo, at, length } of [
    { demo: 'echo', at: 'ws', length: 1_000_000 },
    { demo: 'no-101', at: 'echo', length: 1000 },
    { demo: 'broken-frames', at: 'ws', length: 1000 },
  ] as const) {
    it(`${demo} stops reading from a client that does not read, and goes on when it does`, async () => {
      const run = await client.beginRun(demo);
      const webSocket = await client.openWebSocket(`/live/${run}/${demo}/${at}`);
      webSocket.pause();
      const octets = Buffer.alloc(length);
      const sent = SENT / length;
      for (let index = 0; index < sent; index += 1) webSocket.send(octets);
      let count = 0;
      webSocket.on('message', () => (count += 1));
      await untilNothingIsTaken(webSocket);
      assert.ok(webSocket.bufferedAmount > 4_000_000, String(webSocket.bufferedAmount));
      webSocket.resume();
      while (count < sent) await once(webSocket, 'message');
      assert.equal(webSocket.bufferedAmount, 0);
    });
  }

  it('lets go of a listener to an event stream that does not read, and not before', async () => {
    const own = createServer().listen(0, '127.0.0.1');
    after(() => own.close());
    await once(own, 'listening');
    const socket = net.connect((own.address() as net.AddressInfo).port, '127.0.0.1').pause();
    after(() => socket.destroy());
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
    const [, response] = (await once(own, 'request')) as [unknown, ServerResponse];
    let written = 0;
    for (; written < SENT && !response.destroyed; written += 10_000) {
      assert.ok(response.writableLength <= 64 * 1024);
      writeToListener(response, 'x'.repeat(10_000));
      await setImmediate();
    }
    assert.ok(response.destroyed);
    assert.ok(written > 64 * 1024);
  });
});
