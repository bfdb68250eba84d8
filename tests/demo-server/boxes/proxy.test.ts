import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import { after, describe, it } from 'node:test';
import { text } from 'node:stream/consumers';

import { responseOn } from '#demo-server/boxes/proxy.ts';
import { startCache } from '#tests/demo-server/shared-cache/cache-server.ts';

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Asks for a WebSocket through a box whose next hop begins to refuse it and leaves the end to a test. */
async function beginRefusal() {
  const nextHop = net.createServer();
  // The shared cache forwards upgrades as every box does.
  const { address } = await startCache(await portOf(nextHop));
  const headers = { Connection: 'Upgrade', Upgrade: 'websocket' };
  const asking = request(`${address}/ws`, { agent: false, headers }).end();
  const [socket] = (await once(nextHop, 'connection')) as [Socket];
  await once(socket, 'data');
  socket.write('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 8\r\n\r\nhalf');
  const [incoming] = (await once(asking, 'response')) as [IncomingMessage];
  assert.equal(incoming.statusCode, 426);
  return { socket, incoming };
}

describe('an upgrade whose refusal the next hop does not finish', () => {
  for (const cut of ['destroy', 'resetAndDestroy'] as const) {
    it(`is cut for the client too (RFC 9112 §8), and not answered again: ${cut}`, async () => {
      const { socket, incoming } = await beginRefusal();
      socket[cut]();
      await assert.rejects(incoming.toArray(), { code: 'ECONNRESET' });
    });
  }
});

describe('a request without content that passes a box', () => {
  const cases = [
    ['with the length 0', { length: '0' }, ['POST', 'PUT', 'PATCH', 'PROPFIND']],
    ['without one', {}, ['GET', 'HEAD', 'OPTIONS', 'DELETE']],
  ] as const;
  const kinds = { request: 'Connection: close', upgrade: 'Connection: Upgrade\r\nUpgrade: x' };
  for (const [how, framing, methods] of cases) {
    for (const [kind, fields] of Object.entries(kinds)) {
      it(`goes on ${how} (RFC 9110 §8.6): ${kind} by ${methods.join(', ')}`, async () => {
        const asked: object[] = [];
        const nextHop = createServer(({ method, headers }, response) => {
          const { 'content-length': length, 'transfer-encoding': coding } = headers;
          asked.push({ method, ...(length && { length }), ...(coding && { coding }) });
          response.end();
        });
        const { address } = await startCache(await portOf(nextHop));
        for (const method of methods) {
          // Below HTTP: Node's client would say something of content by itself.
          const socket = net.connect(Number(new URL(address).port), '127.0.0.1');
          socket.write(`${method} / HTTP/1.1\r\nHost: x\r\n${fields}\r\n\r\n`);
          assert.match(await text(socket), /^HTTP\/1\.1 200 /);
        }
        assert.deepEqual(
          asked,
          methods.map((method) => ({ method, ...framing })),
        );
      });
    }
  }
});

describe('a response that passes a box', () => {
  it('keeps its length, also where Connection names it (RFC 9112 §6.3)', async () => {
    const nextHop = net.createServer((socket) => {
      const fields = 'Content-Length: 2\r\nX-Mine: 1\r\nConnection: content-length, x-mine';
      socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${fields}\r\n\r\nhi`));
    });
    const { address } = await startCache(await portOf(nextHop));
    const asking = request(address, { agent: false }).end();
    const [incoming] = (await once(asking, 'response')) as [IncomingMessage];
    assert.equal(incoming.headers['content-length'], '2');
    assert.equal(incoming.headers['x-mine'], undefined);
    assert.equal(await text(incoming), 'hi');
  });
});

describe('a response to an upgrade', () => {
  it('is none where an earlier one is open: the connection is cut (RFC 9112 §9.3.2)', async () => {
    const server = createServer(() => undefined);
    const socket = net.connect(await portOf(server), '127.0.0.1');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n');
    const [asked, taken] = (await once(server, 'upgrade')) as [IncomingMessage, Socket];
    const response = responseOn(taken, asked);
    response.end('not sent');
    await once(response, 'close');
    assert.deepEqual(await socket.toArray(), []);
  });
});
