import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';
import { after, describe, it } from 'node:test';

import { ConnectionLimits } from '#demo-server/front/connection-limits.ts';

const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

async function start(
  limits: ConnectionLimits,
): Promise<{ server: Server; connect: () => Promise<Socket> }> {
  const server = createServer();
  limits.watch(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const connect = async () => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    closing.push(() => socket.destroy());
    await Promise.all([once(socket, 'connect'), once(server, 'connection')]);
    return socket;
  };
  return { server, connect };
}

describe('threat 8: slowloris, silent and half-open connections', () => {
  it('drops the oldest connection without a head when there are too many', async () => {
    const { server, connect } = await start(new ConnectionLimits(3));
    server.on('request', (_request, response: ServerResponse) => response.end());
    const served = await connect();
    served.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(served, 'data');
    const silent = await connect();
    silent.write('GET / HT');
    const closed = once(silent, 'close');
    const others = [await connect(), await connect(), await connect()];
    silent.resume();
    await closed;
    for (const socket of [served, ...others]) assert.equal(socket.destroyed, false);
  });

  it('cuts a connection with more than 16 unanswered requests', async () => {
    const { server, connect } = await start(new ConnectionLimits());
    const responses: ServerResponse[] = [];
    server.on('request', (_request, response: ServerResponse) => responses.push(response));
    const patient = await connect();
    patient.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(16));
    while (responses.length < 16) await once(server, 'request');
    assert.equal(patient.destroyed, false);
    const greedy = await connect();
    greedy.resume().write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(17));
    await once(greedy, 'close');
    for (const response of responses.slice(0, 16)) response.end();
    await once(patient, 'data');
  });
});
