import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { constants, createGzip } from 'node:zlib';

import { WebSocketServer, type WebSocket } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

type Batch = { readonly batch: number; readonly messages: number; readonly kind: string };

const MAX_MESSAGES = 400;
/** Compressors that remember, in all: each holds memory for as long as its connection lasts. */
const MAX_CONTEXTS = 16;
/** By zlib's own account 2^(windowBits+2) + 2^(memLevel+9): 12 KiB instead of its usual 256. */
const smallContext = { level: 1, memLevel: 4, windowBits: 10 };

/** SECURITY.md: this endpoint alone compresses. What the page sends is compressed without memory. */
const deflate = {
  threshold: 0,
  concurrencyLimit: 4,
  clientNoContextTakeover: true,
  zlibDeflateOptions: { level: smallContext.level, memLevel: smallContext.memLevel },
};
const servers: Readonly<Record<string, WebSocketServer>> = {
  ws: new WebSocketServer(webSocketOptions),
  'ws-fresh': new WebSocketServer({
    ...webSocketOptions,
    perMessageDeflate: { ...deflate, serverNoContextTakeover: true },
  }),
  'ws-takeover': new WebSocketServer({
    ...webSocketOptions,
    perMessageDeflate: {
      ...deflate,
      serverNoContextTakeover: false,
      serverMaxWindowBits: smallContext.windowBits,
    },
  }),
};
const withContext = new Set<WebSocket>();
let streamsWithContext = 0;

/** The same messages over WebSocket and event stream, compressed in several ways or not at all. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    const server = Object.hasOwn(servers, context.rest) ? servers[context.rest] : undefined;
    if (server === undefined) {
      throw new RequestError(404, 'The WebSockets are at ws, ws-fresh and ws-takeover.');
    }
    const batch = batchOf(context);
    server.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      if (context.rest === 'ws-takeover') boundContexts(webSocket);
      void each(batch, (payload) => {
        if (webSocket.readyState !== webSocket.OPEN) return;
        return new Promise((resolve) => {
          webSocket.send(payload, { binary: batch.kind === 'random' }, resolve);
        });
      }).then(() => {
        noteSent(context, batch);
      });
    });
  },

  async request(request, response, context) {
    if (request.method !== 'GET') throw new RequestError(405, 'Ask for this with GET.');
    if (context.rest === 'events') await sendEvents(response, context);
    else if (context.rest === 'events-gzip') await sendCompressedEvents(response, context);
    else if (Object.hasOwn(servers, context.rest)) {
      throw new RequestError(426, 'Open this address as a WebSocket.');
    } else {
      throw new RequestError(404, 'Try ws, ws-fresh, ws-takeover, events or events-gzip.');
    }
  },
};

async function sendEvents(response: ServerResponse, context: DemoContext) {
  const batch = batchOf(context);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  await each(batch, (payload) => {
    if (!response.destroyed) response.write(eventOf(payload, batch));
  });
  response.once('finish', () => {
    noteSent(context, batch);
  });
  response.end();
}

/** One gzip stream for all events, flushed after each: RFC 9110 §8.4.1.3. */
async function sendCompressedEvents(response: ServerResponse, context: DemoContext) {
  const batch = batchOf(context);
  if (streamsWithContext >= MAX_CONTEXTS) {
    throw new RequestError(503, 'Too many compressed streams are open. Try again in a moment.');
  }
  streamsWithContext += 1;
  const gzip = createGzip(smallContext);
  response.once('close', () => {
    streamsWithContext -= 1;
    gzip.close();
  });
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Content-Encoding': 'gzip',
    'Cache-Control': 'no-store',
  });
  const pieces: Buffer[] = [];
  gzip.on('error', () => response.destroy()).on('data', (piece: Buffer) => pieces.push(piece));
  await each(batch, async (payload) => {
    if (response.destroyed) return;
    gzip.write(eventOf(payload, batch));
    await new Promise<void>((resolve) => {
      gzip.flush(constants.Z_SYNC_FLUSH, resolve);
    });
    response.write(Buffer.concat(pieces.splice(0)));
  });
  response.once('finish', () => {
    noteSent(context, batch);
  });
  response.end();
}

/** An event stream is text: what is not, has to be written as text first. */
function eventOf(payload: Buffer, { kind }: Batch): string {
  return `data: ${payload.toString(kind === 'random' ? 'base64' : 'latin1')}\n\n`;
}

/** Each in a turn of its own, so that each is a write of its own. */
async function each({ messages, kind }: Batch, act: (payload: Buffer) => unknown): Promise<void> {
  for (let number = 1; number <= messages; number += 1) {
    await act(payloadOf(kind, number));
    await setImmediate();
  }
}

/**
 * The message of that number: the same in every batch, so that figures can be told again.
 *
 * @returns 89 octets of JSON, 89 octets that look random, or `Hello`
 */
export function payloadOf(kind: string, number: number): Buffer {
  const digest = createHash('sha512')
    .update(`${kind}/${String(number)}`)
    .digest();
  if (kind === 'hello') return Buffer.from('Hello');
  if (kind === 'random') {
    return Buffer.concat([digest, createHash('sha512').update(digest).digest()]).subarray(0, 89);
  }
  const price = (100 + digest.readUInt16BE(0) / 65_536).toFixed(2);
  const size = 100 * (1 + (digest.readUInt8(2) % 9));
  const time = `09:30:${String(10 + (number % 50))}.${String(10 + (digest.readUInt16BE(3) % 90))}`;
  const tick = { type: 'tick', symbol: 'ACME', seq: 1000 + number, price, size, at: time };
  return Buffer.from(JSON.stringify(tick));
}

/** The one that has been open longest makes room: RFC 7692 §7.1.1 keeps its context until it closes. */
function boundContexts(webSocket: WebSocket): void {
  const [oldest] = withContext;
  if (oldest !== undefined && withContext.size >= MAX_CONTEXTS) {
    oldest.close(1013, 'Too many compressed WebSockets are open.');
    withContext.delete(oldest);
  }
  withContext.add(webSocket);
  webSocket.on('close', () => withContext.delete(webSocket));
}

/** Tells the page that everything of a batch is on the wire. */
function noteSent(context: DemoContext, { batch, messages, kind }: Batch): void {
  const payload = messages * payloadOf(kind, 1).length;
  const data = { way: context.rest, kind, batch, messages, payload };
  context.note('sent', data, context.connection);
}

function batchOf({ query }: DemoContext): Batch {
  const kind = query.get('kind') ?? '';
  if (!['ticks', 'random', 'hello'].includes(kind)) {
    throw new RequestError(400, 'kind is ticks, random or hello.');
  }
  return {
    batch: numberOf(query, 'batch', 99_999),
    messages: numberOf(query, 'messages', MAX_MESSAGES),
    kind,
  };
}

function numberOf(query: URLSearchParams, name: string, most: number): number {
  const text = query.get(name) ?? '';
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (value >= 1 && value <= most) return value;
  throw new RequestError(400, `${name} is a whole number, 1 to ${String(most)}, such as 1.`);
}
