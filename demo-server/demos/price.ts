import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import { setImmediate, setTimeout } from 'node:timers/promises';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { RequestError, SECURITY_FIELDS } from '#demo-server/front/answers.ts';
import { wholeNumber } from '#demo-server/front/whole-number.ts';
import { messageBatch, type MessageBatch } from '#demo-server/message-batch.ts';
import { pollForMessages } from '#demo-server/robot/http2-errands.ts';

/** A long poll is asked before there is something to say. */
const NEXT_MESSAGE_MS = 5;

const webSockets = new WebSocketServer(webSocketOptions);
/** What the robot has asked for with the first request of its connection, and the polls since. */
const polled = new WeakMap<object, { readonly batch: MessageBatch; polls: number }>();

/** The same messages by five transports; each connection carries one batch. */
export const demo: DemoServer = {
  http2Errand: pollForMessages,

  stream(stream, headers, { note, connection }) {
    const { session } = stream;
    if (session === undefined) return;
    const poll = polled.get(session);
    if (poll === undefined) {
      const [, query = ''] = headers[':path']?.split('?') ?? [];
      // The robot's errand has been held to the bounds already.
      const batch = messageBatch(Object.fromEntries(new URLSearchParams(query)));
      polled.set(session, { batch, polls: 0 });
      answerStream(stream, '');
      return;
    }
    const { batch } = poll;
    poll.polls += 1;
    if (poll.polls === batch.messages) {
      stream.once('close', () => {
        note('sent', { way: 'http2', ...batch }, connection);
      });
    }
    void setTimeout(NEXT_MESSAGE_MS).then(() => {
      if (!stream.destroyed) answerStream(stream, message(batch.size));
    });
  },

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
  let written = 0;
  await each(batch, (number) => {
    const id = context.rest === 'events' ? `id: ${String(number)}\n` : '';
    if (response.destroyed) return;
    response.write(`${id}data: ${message(batch.size)}\n\n`);
    written = number;
  });
  // Who has the last event may hang up before this answer has ended: all of the batch was sent.
  if (written === batch.messages) noteOnceClosed(response, context, batch);
  response.end();
}

function noteOnceClosed(response: ServerResponse, context: DemoContext, batch: MessageBatch) {
  const note = () => {
    noteSent(context, context.rest, batch);
  };
  if (response.closed) note();
  else response.once('close', note);
}

/** Answers the ask of that number: each `every`-th has a message, the others have nothing. */
function answerPoll(response: ServerResponse, context: DemoContext, every: number) {
  const batch = batchOf(context);
  const ask = wholeNumber(context.query.get('ask'), 1, batch.messages * every, 'ask');
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

/** With the fields of the feed of `http2-heads`, so that heads over HTTP/2 are alike on all benches. */
function answerStream(stream: ServerHttp2Stream, content: string): void {
  stream.respond({ ':status': 200, 'content-type': 'application/json', etag: '"v42a"' });
  stream.end(content);
}

/** Does something for each message, each in a turn of its own, so that each is a write of its own. */
async function each({ messages }: MessageBatch, act: (number: number) => void): Promise<void> {
  for (let number = 1; number <= messages; number += 1) {
    act(number);
    await setImmediate();
  }
}

/** Tells the page that everything of a batch is on the wire. */
function noteSent(
  context: DemoContext,
  way: string,
  { batch, messages, size }: MessageBatch,
): void {
  context.note('sent', { way, batch, messages, size }, context.connection);
}

function message(size: number): string {
  return 'Hello'.repeat(Math.ceil(size / 5)).slice(0, size);
}

function batchOf({ query }: DemoContext): MessageBatch {
  return messageBatch(Object.fromEntries(query));
}
