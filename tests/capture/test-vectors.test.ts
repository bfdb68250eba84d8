// Lengths that were measured in 2026 with other programs than ours, and are asked here of real connections.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { CaptureReader } from '#capture/capture-reader.ts';
import type { Row } from '#capture/row.ts';
import { makeCertificate } from '#demo-server/robot/certificate.ts';
import { AUTHORITY, browserHead } from '#demo-server/robot/http2-heads.ts';
import { EventScript } from '#tests/support/event-script.ts';
import { recordingRelay, type RecordingRelay } from '#tests/support/recording-relay.ts';

const JSON_TEXT = '{"seq":42,"price":1.0}';

/** What the vectors were measured with: Node's own heads, and no field of ours. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  switch (request.url) {
    case '/unchanged':
      response.writeHead(304, { ETag: '"v42"' }).end();
      return;
    case '/nothing':
      response.writeHead(204).end();
      return;
    case '/events':
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
      response.end(`data: ${JSON_TEXT}\n\n`);
      return;
    default:
      response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 22 });
      response.end(JSON_TEXT);
  }
}

const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n\r\n`;

/** Field lines of a head like Chrome 141's, as HTTP/1.1 writes them. */
const chromeLines = (cookie: boolean): readonly string[] =>
  Object.entries(browserHead(cookie))
    .filter(([name]) => !name.startsWith(':'))
    .map(([name, value]) => `${name}: ${String(value)}`);
const chromeGet = (cookie: boolean): string =>
  lines(
    'GET /api/feed?after=41 HTTP/1.1',
    `Host: ${AUTHORITY}`,
    'Connection: keep-alive',
    ...chromeLines(cookie),
  );
const chromePost =
  lines(
    'POST /api/message HTTP/1.1',
    `Host: ${AUTHORITY}`,
    'Connection: keep-alive',
    'Content-Length: 22',
    'Content-Type: application/json',
    `Origin: http://${AUTHORITY}`,
    ...chromeLines(false),
  ) + JSON_TEXT;
const chromeUpgrade = lines(
  'GET /ws HTTP/1.1',
  `Host: ${AUTHORITY}`,
  'Connection: Upgrade',
  'Pragma: no-cache',
  'Cache-Control: no-cache',
  'Upgrade: websocket',
  `Origin: https://${AUTHORITY}`,
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits',
  ...chromeLines(false).filter((line) =>
    /^(?:user-agent|accept-(?:encoding|language)):/.test(line),
  ),
);
/** RFC 6455 §1.3, without its subprotocols. */
const rfcUpgrade = lines(
  'GET /chat HTTP/1.1',
  'Host: server.example.com',
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  'Origin: http://example.com',
  'Sec-WebSocket-Version: 13',
);

describe('heads on a real connection (B.1)', () => {
  const server = createServer(answer);
  const webSockets = new WebSocketServer({ server });
  let relay: RecordingRelay;
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    relay = await recordingRelay((server.address() as AddressInfo).port);
  });
  after(async () => {
    await relay.close();
    for (const webSocket of webSockets.clients) webSocket.terminate();
    server.close();
  });

  /** Rows of a connection on which that was sent, once a row of the answer is there that `ends` it. */
  async function exchange(request: string, ends: (row: Row) => boolean): Promise<readonly Row[]> {
    const socket = connect(relay.port, '127.0.0.1');
    const number = relay.connections.length;
    socket.write(request, 'latin1');
    for (;;) {
      await once(socket, 'data');
      const script = new EventScript().open(1);
      for (const { direction, octets } of relay.connections[number] ?? [])
        script.octets(1, direction, octets);
      const reader = new CaptureReader();
      for (const event of script.events) reader.pushWire(event);
      if (!reader.rows.some(ends)) continue;
      socket.destroy();
      return reader.rows;
    }
  }
  const lengthOf = (rows: readonly Row[], kind: string) =>
    rows.find((row) => row.kind === kind)?.octets?.length;
  const isHead = ({ kind }: Row) => kind === 'http.res.head';

  for (const [what, request, length] of [
    ['the minimal GET', lines('GET /api/feed HTTP/1.1', `Host: ${AUTHORITY}`), 49],
    ['a GET like Chrome’s without cookie', chromeGet(false), 543],
    ['a GET like Chrome’s with a cookie line of 95', chromeGet(true), 638],
    ['a POST like Chrome’s', chromePost, 622],
    ['the upgrade of RFC 6455 §1.3', rfcUpgrade, 189],
    ['an upgrade like Chrome’s', chromeUpgrade, 502],
  ] as const) {
    it(`${what} takes ${length} octets`, async () => {
      assert.equal(lengthOf(await exchange(request, isHead), 'http.req.head'), length);
    });
  }

  for (const [target, length] of [
    ['/api/feed', 155],
    ['/unchanged', 126],
    ['/nothing', 111],
    ['/events', 189],
  ] as const) {
    it(`Node’s answer to ${target} has a head of ${length} octets`, async () => {
      const request = lines(`GET ${target} HTTP/1.1`, `Host: ${AUTHORITY}`);
      assert.equal(lengthOf(await exchange(request, isHead), 'http.res.head'), length);
    });
  }

  it('a minimal 101 has a head of 129 octets', async () => {
    assert.equal(lengthOf(await exchange(rfcUpgrade, isHead), 'http.res.head'), 129);
  });

  it('an event of 30 octets travels in a chunk of 36 (RFC 9112 §7.1)', async () => {
    const request = lines('GET /events HTTP/1.1', `Host: ${AUTHORITY}`);
    const rows = await exchange(request, ({ kind }) => kind === 'http.chunk');
    assert.equal(lengthOf(rows, 'sse.event'), 30);
    assert.equal(lengthOf(rows, 'http.chunk'), 36);
  });
});

describe('messages in records of real TLS 1.3 (B.7)', () => {
  const server = createTlsServer({ ...makeCertificate(), minVersion: 'TLSv1.3' });
  new WebSocketServer({ server }).on('connection', (webSocket) => {
    webSocket.on('message', (data: Buffer) => webSocket.send(data));
  });
  let relay: RecordingRelay;
  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    relay = await recordingRelay((server.address() as AddressInfo).port);
  });
  after(async () => {
    await relay.close();
    server.close();
  });

  it('adds 28 octets to a short message up and 24 down, and takes two records for 20,000', async () => {
    const webSocket = new WebSocket(`wss://127.0.0.1:${relay.port}/`, {
      perMessageDeflate: false,
      rejectUnauthorized: false,
    });
    await once(webSocket, 'open');
    const arrivals = relay.connections[0] ?? assert.fail();
    const measured: number[][] = [];
    for (const size of [5, 125, 126, 1000, 20_000]) {
      const begun = arrivals.length;
      webSocket.send(Buffer.alloc(size));
      await once(webSocket, 'message');
      const own = arrivals.slice(begun);
      measured.push(
        ['up', 'down'].map((direction) =>
          own
            .filter((arrival) => arrival.direction === direction)
            .reduce((sum, { octets }) => sum + octets.length, 0),
        ),
      );
    }
    webSocket.terminate();
    assert.deepEqual(measured, [
      [33, 29],
      [153, 149],
      [156, 152],
      [1030, 1026],
      [20_052, 20_048],
    ]);
  });
});
