import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { after, describe, it } from 'node:test';

import { WebSocketServer, type WebSocket } from 'ws';

import {
  handshake,
  maskedFrame,
  RawClient,
  startTappedServer,
  type Tapped,
  type TappedServer,
} from './tapped-server.ts';

const closing: (() => void)[] = [];
after(() => {
  for (const close of closing) close();
});

async function start(
  configure: (server: Server) => void,
): Promise<{ server: TappedServer; client: RawClient; tapped: Tapped }> {
  const server = await startTappedServer(configure);
  const client = await RawClient.connect(server.port);
  closing.push(() => {
    client.socket.destroy();
    server.close();
  });
  return { server, client, tapped: await server.connection };
}

/** Serves WebSockets on the server and gives the first one, after `onOpen` had it. */
function serveWebSocket(
  server: Server,
  onOpen: (webSocket: WebSocket) => void = () => undefined,
): Promise<WebSocket> {
  const webSockets = new WebSocketServer({ server, perMessageDeflate: false });
  return new Promise((resolve) => {
    webSockets.once('connection', (webSocket: WebSocket) => {
      onOpen(webSocket);
      resolve(webSocket);
    });
  });
}

function assertSameOctets(client: RawClient, tapped: Tapped): void {
  assert.ok(tapped.octetsOf('up').equals(client.sent), 'what the client sent');
  assert.ok(tapped.octetsOf('down').equals(client.received), 'what the client received');
}

describe('the tap sees exactly the octets that a raw TCP client sent and received', () => {
  it('pipelined: chunked with trailers both ways, HEAD, 103 Early Hints', async () => {
    const { client, tapped } = await start((server) => {
      server.on('request', (request, response) => {
        response.writeEarlyHints({ link: '</style.css>; rel=preload; as=style' });
        response.writeHead(200, request.method === 'POST' ? { Trailer: 'X-Sum' } : {});
        request.on('data', (piece) => response.write(piece));
        request.on('end', () => {
          if (request.method === 'POST') response.addTrailers({ 'X-Sum': '1' });
          response.end('end');
        });
      });
    });
    await client.send(
      'POST /1 HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n' +
        '5;ext=1\r\nHello\r\n6\r\n world\r\n0\r\nX-T: 1\r\n\r\n' +
        'HEAD /2 HTTP/1.1\r\nHost: x\r\n\r\n' +
        'GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    );
    await client.closed();
    assertSameOctets(client, tapped);
    assert.equal(client.received.toString().split('103 Early Hints').length, 4);
  });

  it('one octet at a time', async () => {
    const { client, tapped } = await start((server) => {
      server.on('request', (request, response) => request.pipe(response));
    });
    const octets =
      'POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 3\r\n\r\nabc';
    for (const octet of octets) await client.send(octet);
    await client.closed();
    assertSameOctets(client, tapped);
    assert.match(client.received.toString(), /abc/);
  });

  it('Expect: 100-continue', async () => {
    const { client, tapped } = await start((server) => {
      server.on('request', (request, response) => request.pipe(response));
    });
    await client.send(
      'POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n\r\n',
    );
    await client.untilText('100 Continue');
    await client.send('abc');
    await client.closed();
    assertSameOctets(client, tapped);
  });

  it('an upgrade with frames in its own segment, fragments, a ping, 70 kB', async () => {
    const { client, tapped } = await start((server) => {
      void serveWebSocket(server, (webSocket) => {
        webSocket.on('message', (data, isBinary) => {
          webSocket.send(data, { binary: isBinary });
        });
      });
    });
    await client.send(
      Buffer.concat([
        Buffer.from(handshake),
        maskedFrame(0x01, Buffer.from('Hel')),
        maskedFrame(0x89, Buffer.from('ping')),
        maskedFrame(0x80, Buffer.from('lo')),
      ]),
    );
    await client.untilText('Hello');
    const large = Buffer.alloc(70_000, 'a');
    await client.send(maskedFrame(0x82, large));
    await client.until((received) => received.includes(large));
    assertSameOctets(client, tapped);
  });

  it('3 MB to a slow reader', async () => {
    const { client, tapped } = await start((server) => {
      server.on('request', (_request, response) => response.end(Buffer.alloc(3_000_000, 'b')));
    });
    client.socket.pause();
    await client.send('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    // All of it is written, as far as the tap is concerned, before the first octet is read.
    while (tapped.octetsOf('down').length < 3_000_000) await new Promise(setImmediate);
    client.socket.resume();
    await client.closed();
    assertSameOctets(client, tapped);
  });

  it('a WebSocket that its server terminates', async () => {
    let webSocket: Promise<WebSocket> | undefined;
    const { client, tapped } = await start((server) => {
      webSocket = serveWebSocket(server);
    });
    await client.send(handshake);
    const open = await webSocket;
    open?.send('last words');
    await client.untilText('last words');
    open?.terminate();
    await client.closed();
    assert.equal(await tapped.closed, false);
    assertSameOctets(client, tapped);
    assert.deepEqual(tapped.ends, [], 'a destroyed socket says no FIN to the tap');
  });

  it('a WebSocket flood of 4 MB to a slow reader', async () => {
    let webSocket: Promise<WebSocket> | undefined;
    const { client, tapped } = await start((server) => {
      webSocket = serveWebSocket(server);
    });
    await client.send(handshake);
    await client.untilText('\r\n\r\n');
    client.socket.pause();
    const open = await webSocket;
    for (let index = 0; index < 64; index += 1) open?.send(Buffer.alloc(65_536, index));
    client.socket.resume();
    await client.until((received) => received.length > 64 * 65_536 + 64 * 10);
    await client.send(maskedFrame(0x88, Buffer.from([0x03, 0xe8])));
    await client.closed();
    assertSameOctets(client, tapped);
  });

  it('a client that resets the connection', async () => {
    const { client, tapped } = await start((server) => {
      server.on('request', (_request, response) => response.write('some'));
    });
    await client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.untilText('some');
    client.socket.resetAndDestroy();
    assert.equal(await tapped.closed, true, 'hadError');
    assertSameOctets(client, tapped);
  });
});

describe('the tap', () => {
  it('leaves the pattern of writes alone: 50 sends in one turn stay 50 writes', async () => {
    let webSocket: Promise<WebSocket> | undefined;
    const { client, tapped } = await start((server) => {
      webSocket = serveWebSocket(server);
    });
    await client.send(handshake);
    await client.untilText('\r\n\r\n');
    const before = tapped.events.length;
    const open = await webSocket;
    for (let index = 0; index < 50; index += 1) open?.send('x');
    await client.untilText('x', 50);
    assert.equal(tapped.events.length - before, 50);
  });

  it('tells one writev as one event', async () => {
    const { client, tapped } = await start((server) => {
      server.on('request', (_request, response) => {
        response.writeHead(200);
        response.write('piece');
        response.end();
      });
    });
    await client.send('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    await client.closed();
    const [first] = tapped.events.filter(({ direction }) => direction === 'down');
    assert.match(Buffer.from(first?.octets ?? []).toString(), /^HTTP[^]*5\r\npiece\r\n/);
  });

  it('tells the FIN of either side', async () => {
    const { client, tapped } = await start((server) => {
      server.on('request', (_request, response) => response.end());
    });
    await client.send('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.untilText('\r\n\r\n');
    client.socket.end();
    await once(client.socket, 'end');
    await tapped.closed;
    assert.deepEqual(tapped.ends, ['up', 'down']);
  });

  it('sees nothing more once it is released, and disturbs nothing', async () => {
    const { client, tapped } = await start((server) => {
      server.on('request', (request, response) => response.end(request.url));
    });
    await client.send('GET /first HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.untilText('/first');
    const before = tapped.events.length;
    tapped.tap.release();
    await client.send('GET /second HTTP/1.1\r\nHost: x\r\n\r\n');
    await client.untilText('/second');
    assert.equal(tapped.events.length, before);
  });
});
