// The built site with runs whose wire channel sends what the bench asks for, and nothing else: no tap
// and no ring stands between, so that a flood measures the page.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { createSiteFiles } from '#demo-server/front/site-files.ts';
import { BatchWriter } from '#demo-server/runs/batch-writer.ts';
import { WebSocketServer, type WebSocket } from 'ws';

import { FloodBatches } from './flood-batches.ts';
import { answerOrders } from './orders.ts';

const INTERVAL_MS = 1000 / 60;
const RUN = 'a'.repeat(22);
const OPENING_EVENTS = 3;

const site = createSiteFiles(join(import.meta.dirname, '..', '..', 'dist'));
const server = createServer((request, response) => {
  const answer = (status: number, content: unknown) => {
    response.writeHead(status, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(content));
  };
  if (request.url === '/version.json') answer(200, { mode: 'local', build: 'flood' });
  else if (request.url === '/runs') answer(201, { run: RUN, now: 0 });
  else site(request, response);
});

const channels = new WebSocketServer({ server, perMessageDeflate: false });
let channel: WebSocket | undefined;
let batches = new FloodBatches(0);
channels.on('connection', (webSocket) => {
  channel = webSocket;
  batches = new FloodBatches(OPENING_EVENTS);
  webSocket.send(openingBatch());
});

answerOrders({
  async flood({ perSecond, ms }) {
    const to = channel;
    if (to === undefined) throw new Error('No page watches.');
    const begin = performance.now();
    let sent = 0;
    for (let at = begin; at < begin + ms; at = performance.now()) {
      const due = Math.round(((at - begin) / 1000) * perSecond) - sent;
      if (due > 0) to.send(batches.next(due));
      sent += Math.max(0, due);
      await setTimeout(INTERVAL_MS);
    }
    // All is out when a pong has come back behind it.
    const answered = once(to, 'pong');
    to.ping();
    await answered;
    return { frames: sent };
  },
});

server.listen(0, '127.0.0.1', () => {
  console.log(`http://localhost:${String((server.address() as AddressInfo).port)}/`);
});

/** One WebSocket of the page's, opened. */
function openingBatch(): Uint8Array {
  const octets = (text: string) => Buffer.from(text.replaceAll('\n', '\r\n'));
  const connection = 1;
  // The example of RFC 6455 §1.3.
  const request = octets(
    'GET /live/run/echo/ws HTTP/1.1\nHost: localhost\nUpgrade: websocket\nConnection: Upgrade\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n\n',
  );
  const response = octets(
    'HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\n' +
      'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n\n',
  );
  const batch = new BatchWriter();
  batch.begin();
  const opened = { connection, sender: 'BROWSER', hop: 0, exchangesBefore: 0 } as const;
  batch.add({ kind: 'open', seq: 1, t: 1, ...opened });
  batch.addOctets(2, 2, connection, 'up', request, 0, request.length);
  batch.addOctets(3, 3, connection, 'down', response, 0, response.length);
  return batch.finish(OPENING_EVENTS);
}
