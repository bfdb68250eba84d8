import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { RequestError, SECURITY_FIELDS } from '#demo-server/front/answers.ts';

/** What a batch is asked for by: so many messages of so many octets. */
type Batch = { readonly batch: number; readonly messages: number; readonly size: number };

const MAX_MESSAGES = 400;
const MAX_SIZE = 65_536;
/** Of all messages of a batch: it has to fit into what is kept of a run. */
const MAX_OCTETS = 524_288;
/** A long poll is asked before there is something to say. */
const NEXT_MESSAGE_MS = 5;

const webSockets = new WebSocketServer(webSocketOptions);

/** The same messages by five transports; each connection carries one batch. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'down' && context.rest !== 'up') {
      throw new RequestError(404, 'The WebSockets are at down and up.');
    }
    const batch = batchOf(context);
    const isUp = context.rest === 'up';
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      if (!isUp) {
        void each(batch, () => {
          if (webSocket.readyState === webSocket.OPEN) webSocket.send(message(batch.size));
        }).then(() => {
          noteSent(context, 'down', batch);
        });
        return;
      }
      let received = 0;
      webSocket.on('message', () => {
        received += 1;
        if (received === batch.messages) noteSent(context, 'up', batch);
      });
    });
  },

  async request(request, response, context) {
    if (request.method !== 'GET') throw new RequestError(405, 'Ask for this with GET.');
    switch (context.rest) {
      case 'events':
      case 'events-plain':
        await sendEvents(response, context);
        return;
      case 'long':
        await setTimeout(NEXT_MESSAGE_MS);
        answerPoll(response, context, 1);
        return;
      case 'short':
        answerPoll(response, context, 2);
        return;
      case 'down':
      case 'up':
        throw new RequestError(426, 'Open this address as a WebSocket.');
      default:
        throw new RequestError(404, 'Try down, up, events, events-plain, long or short.');
    }
  },
};

/** One answer with an event for each message, its number as id where one is asked for. */
async function sendEvents(response: ServerResponse<IncomingMessage>, context: DemoContext) {
  const batch = batchOf(context);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  await each(batch, (number) => {
    const id = context.rest === 'events' ? `id: ${String(number)}\n` : '';
    if (!response.destroyed) response.write(`${id}data: ${message(batch.size)}\n\n`);
  });
  response.once('finish', () => {
    noteSent(context, context.rest, batch);
  });
  response.end();
}

/** Answers the ask of that number: each `every`-th has a message, the others have nothing. */
function answerPoll(response: ServerResponse, context: DemoContext, every: number) {
  const batch = batchOf(context);
  const ask = numberOf(context, 'ask', 1, batch.messages * every);
  if (ask === batch.messages * every) {
    response.once('finish', () => {
      noteSent(context, context.rest, batch);
    });
  }
  if (ask % every !== 0) {
    response.writeHead(204, { ...SECURITY_FIELDS, 'Cache-Control': 'no-store' }).end();
    return;
  }
  response.writeHead(200, {
    ...SECURITY_FIELDS,
    'Content-Type': 'text/plain',
    'Content-Length': batch.size,
    'Cache-Control': 'no-store',
  });
  response.end(message(batch.size));
}

/** Does something for each message, each in a turn of its own, so that each is a write of its own. */
async function each({ messages }: Batch, act: (number: number) => void): Promise<void> {
  for (let number = 1; number <= messages; number += 1) {
    act(number);
    await setImmediate();
  }
}

/** Tells the page that everything of a batch is on the wire. */
function noteSent(context: DemoContext, way: string, { batch, messages, size }: Batch): void {
  context.note('sent', { way, batch, messages, size }, context.connection);
}

function message(size: number): string {
  return 'Hello'.repeat(Math.ceil(size / 5)).slice(0, size);
}

function batchOf(context: DemoContext): Batch {
  const batch = numberOf(context, 'batch', 1, 99_999);
  const messages = numberOf(context, 'messages', 1, MAX_MESSAGES);
  const size = numberOf(context, 'size', 1, MAX_SIZE);
  if (messages * size > MAX_OCTETS) {
    throw new RequestError(400, 'A batch is at most 512 KiB: ask for fewer or shorter messages.');
  }
  return { batch, messages, size };
}

function numberOf({ query }: DemoContext, name: string, least: number, most: number): number {
  const text = query.get(name) ?? '';
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new RequestError(
    400,
    `${name} is a whole number, ${String(least)} to ${String(most)}, such as ${String(least)}.`,
  );
}
