import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { after, describe, it } from 'node:test';

import { attachDemoServer } from '#demo-server/server.ts';
import { Client } from '#tests/demo-server/running-server.ts';

const closing: (() => unknown)[] = [];
after(async () => {
  for (const close of closing.reverse()) await close();
});

/** A server that has a life of its own, as a dev server does. */
async function startHost(): Promise<{ server: Server; port: number; origin: string }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { server, port, origin: `http://127.0.0.1:${String(port)}` };
}

function attach(server: Server, port: number) {
  const attached = attachDemoServer(server, { port: () => port, buildId: 'dev' });
  const onRequest: RequestListener = (request, response) => {
    if (!attached.handle(request, response)) response.end('the host');
  };
  server.on('request', onRequest);
  const close = async () => {
    server.off('request', onRequest);
    await attached.close();
  };
  closing.push(close);
  return { attached, close };
}

describe('attached to another server', () => {
  it('leaves other requests and other upgrades to it', async () => {
    const { server, port, origin } = await startHost();
    const { attached } = attach(server, port);
    await attached.ready;
    let theirs: Duplex | undefined;
    server.on('upgrade', (request, socket) => {
      if (request.url !== '/hmr') return;
      theirs = socket;
      socket.write('HTTP/1.1 101 Theirs\r\n\r\n');
    });
    const client = new Client({ address: origin, port, close: () => Promise.resolve() });
    assert.equal((await client.ask({ path: '/' })).text, 'the host');
    assert.equal((await client.ask({ path: '/live-lessons/' })).text, 'the host');
    assert.match((await client.ask({ path: '/version.json' })).text, /"build":"dev"/);
    const socket = await client.connect();
    socket.write('GET /hmr HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    assert.match(answer.toString(), /^HTTP\/1\.1 101 Theirs/);
    await attached.close();
    theirs?.end('still theirs');
    const [more] = (await once(socket, 'data')) as [Buffer];
    assert.equal(more.toString(), 'still theirs');
  });

  it('is taken off and put on again, and then serves and captures as before', async () => {
    const { server, port, origin } = await startHost();
    const client = new Client({ address: origin, port, close: () => Promise.resolve() });
    const first = attach(server, port);
    const run = await client.beginRun('echo');
    const webSocket = await client.openWebSocket(`/live/${run}/echo/ws`);
    const [[code]] = await Promise.all([
      once(webSocket, 'close') as Promise<[number]>,
      first.close(),
    ]);
    assert.equal(code, 1001);
    attach(server, port);
    assert.equal((await client.send('POST', `/live/${run}/echo/ping`)).statusCode, 404);
    const next = await client.beginRun('echo');
    const watcher = await client.watch(next);
    await client.send('POST', `/live/${next}/echo/ping`);
    await watcher.untilText('204 No Content');
  });

  it('cuts a connection that is older than the tap, rather than serve it unseen', async () => {
    const { server, port } = await startHost();
    const old = net.connect(port, '127.0.0.1');
    old.on('error', () => undefined);
    await Promise.all([once(old, 'connect'), once(server, 'connection')]);
    attach(server, port);
    old.resume().write(`GET /version.json HTTP/1.1\r\nHost: 127.0.0.1:${String(port)}\r\n\r\n`);
    await once(old, 'close');
  });
});
