import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WebSocketServer, type RawData, type WebSocket } from 'ws';

import { webSocketOptions } from '#demo-server/demo.ts';

import type { Order, Report } from './words.ts';

/**
 * A server in a process of its own: it says who it is by HTTP, and works on numbered messages that come
 * over WebSockets. The demo server begins it and is its only client; it ends with it.
 */

/** How long the work on one message takes, in milliseconds. */
export const WORK_MS = 700;
const MAX_SOCKETS = 16;
/** Of one WebSocket, not done yet. */
const MAX_PENDING = 8;
/** RFC 6455 §7.4.2; registered with IANA as "Service Restart". */
const SERVICE_RESTART = 1012;

/** Messages that each open WebSocket waits for. */
const pending = new Map<WebSocket, number>();
const webSockets = new WebSocketServer(webSocketOptions);
const server = createServer();
let name = '';
let key = '';
let isDraining = false;

process.on('message', (order: Order) => {
  if (order.type === 'begin') begin(order);
  else drain();
});
process.on('disconnect', () => process.exit(0));

function begin(order: Extract<Order, { type: 'begin' }>): void {
  ({ name, key } = order);
  server.on('request', (request, response) => {
    if (!isOurs(request)) {
      request.socket.destroy();
      return;
    }
    const content = JSON.stringify({ server: name, process: process.pid });
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': content.length,
      'Cache-Control': 'no-store',
      'X-Demo-Server': name,
    });
    response.end(content);
  });
  server.on('upgrade', (request, socket, head) => {
    const client = Number(/[?&]client=(\d{1,3})$/.exec(request.url ?? '')?.[1]);
    if (!isOurs(request) || Number.isNaN(client) || pending.size >= MAX_SOCKETS) socket.destroy();
    else {
      webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        serve(webSocket, client);
      });
    }
  });
  server.listen(0, '127.0.0.1', () => {
    report({ type: 'listening', port: (server.address() as AddressInfo).port });
  });
}

/** Any page could find this port; none has the key. */
function isOurs({ headers }: IncomingMessage): boolean {
  return headers['proxy-authorization'] === key;
}

function serve(webSocket: WebSocket, client: number): void {
  pending.set(webSocket, 0);
  webSocket.on('error', () => undefined);
  webSocket.on('close', () => {
    if (pending.get(webSocket) === 0) leave(webSocket);
  });
  webSocket.on('message', (data) => {
    const message = numberIn(data);
    if (message === undefined || (pending.get(webSocket) ?? 0) >= MAX_PENDING) {
      webSocket.close(1008);
      return;
    }
    count(webSocket, 1);
    setTimeout(() => {
      report({ type: 'done', client, message });
      // No more than a Close may follow a Close: RFC 6455 §5.5.1.
      if (webSocket.readyState === webSocket.OPEN) {
        webSocket.send(JSON.stringify({ done: message, by: name }), () => undefined);
      }
      count(webSocket, -1);
      goOn(webSocket);
    }, WORK_MS);
  });
}

function drain(): void {
  isDraining = true;
  for (const webSocket of pending.keys()) goOn(webSocket);
  endIfEmpty();
}

/** Lets go of a WebSocket whose work is done, if it is time. */
function goOn(webSocket: WebSocket): void {
  if (pending.get(webSocket) !== 0) return;
  if (webSocket.readyState === webSocket.CLOSED) leave(webSocket);
  else if (isDraining) webSocket.close(SERVICE_RESTART, 'restart');
}

function leave(webSocket: WebSocket): void {
  pending.delete(webSocket);
  endIfEmpty();
}

function endIfEmpty(): void {
  if (isDraining && pending.size === 0) process.disconnect();
}

function count(webSocket: WebSocket, by: number): void {
  pending.set(webSocket, (pending.get(webSocket) ?? 0) + by);
}

function numberIn(data: RawData): number | undefined {
  const [, digits] = /^\{"n":(\d{1,6})\}$/.exec((data as Buffer).toString()) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

function report(words: Report): void {
  process.send?.(words);
}
