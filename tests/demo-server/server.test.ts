import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Server } from 'node:http';
import { after, describe, it } from 'node:test';

import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { createDemoServer, TIMEOUTS } from '#demo-server/server.ts';
import { Client, writeSite } from '#tests/demo-server/running-server.ts';

const site = writeSite();

async function start(timeouts: Partial<typeof TIMEOUTS>): Promise<Client> {
  const server = await createDemoServer({ port: 0, host: '127.0.0.1', site, timeouts });
  after(() => server.close());
  return new Client(server);
}

const often = { connectionsCheckingInterval: 20 };

describe('threat 8: slowloris, silent and half-open connections', () => {
  it('waits for a head for 10 s, for a content for 15 s, for a next request for 5 s', async () => {
    const client = await start({});
    const seen = Promise.withResolvers<Server>();
    const onRequest = (message: unknown) => {
      seen.resolve((message as { server: Server }).server);
    };
    subscribe('http.server.request.start', onRequest);
    await client.ask({ path: '/' });
    unsubscribe('http.server.request.start', onRequest);
    const { headersTimeout, requestTimeout, keepAliveTimeout } = await seen.promise;
    assert.deepEqual([headersTimeout, requestTimeout, keepAliveTimeout], [10_000, 15_000, 5000]);
    assert.ok(TIMEOUTS.connectionsCheckingInterval <= 1000);
  });

  it('answers 408 to a head that does not end, and hangs up', async () => {
    const client = await start({ ...often, headersTimeout: 100 });
    const received = await client.exchangeRaw('GET / HTTP/1.1\r\nHost: 127');
    assert.match(received, /^HTTP\/1\.1 408 [^]*\r\nConnection: close\r\n/);
  });

  it('hangs up on a connection that says nothing at all', async () => {
    const client = await start({ ...often, headersTimeout: 100 });
    await client.exchangeRaw('');
  });

  it('answers 408 to a content that does not end, also when it trickles', async (test) => {
    const client = await start({ ...often, headersTimeout: 100, requestTimeout: 200 });
    const socket = await client.connect();
    let received = '';
    socket.setEncoding('latin1').on('data', (text: string) => (received += text));
    socket.write(
      `POST /runs HTTP/1.1\r\nHost: ${client.origin.slice(7)}\r\nOrigin: ${client.origin}\r\n` +
        'Content-Type: application/json\r\nContent-Length: 10000\r\n\r\n',
    );
    const trickle = setInterval(() => socket.write(' '), 10);
    test.after(() => {
      clearInterval(trickle);
    });
    await whenClosed(socket);
    assert.match(received, /^HTTP\/1\.1 408 /);
  });

  it('lets go of a connection that is idle after its response', async () => {
    const client = await start({ ...often, keepAliveTimeout: 50 });
    const host = client.origin.slice(7);
    const received = await client.exchangeRaw(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    assert.match(received, /^HTTP\/1\.1 200 [^]*Home/);
  });
});

describe('threat 4: pages elsewhere that talk to a reader’s machine', () => {
  it('grants no preflight, neither across origins nor into a private network', async () => {
    const client = await start({});
    for (const path of ['/runs', '/version.json', '/']) {
      const { headers } = await client.ask({
        method: 'OPTIONS',
        path,
        headers: {
          Origin: 'https://course.example',
          'Access-Control-Request-Method': 'POST',
          'Access-Control-Request-Private-Network': 'true',
        },
      });
      const granted = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
      assert.deepEqual(granted, [], path);
    }
  });
});
