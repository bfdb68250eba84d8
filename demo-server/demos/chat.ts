import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { Rooms, userOf, type Entry } from '#demo-server/rooms.ts';
import { sendToListener, writeToListener } from '#demo-server/unread.ts';

type Message = { readonly from: string; readonly text: string };

const MAX_TEXT = 500;
const AWAY_MS = 5000;
/** Control characters, and what turns the direction of text around. */
const NOT_PLAIN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

const webSockets = new WebSocketServer(webSocketOptions);
const rooms = new Rooms<Message>();
/** Users of a run who can't be reached now, each with the moment of return. */
const awayOf = new WeakMap<DemoContext['run'], Map<string, Promise<void>>>();

/** One chat, to be had over a WebSocket or by an event stream and POST. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket of the chat is at ws.');
    const [room, user] = [rooms.of(context), userOf(context)];
    return whenReachable(user, context, () => {
      room.refuseIfFull();
      webSockets.handleUpgrade(request, socket, head, (webSocket) => {
        context.adopt(webSocket);
        const leave = room.join({
          run: context.run,
          user,
          tell: (entry) => {
            sendToListener(webSocket, serialize(entry));
          },
          cleared: () => {
            sendToListener(webSocket, '{"cleared":true}');
          },
          cut: () => {
            webSocket.terminate();
          },
        });
        webSocket.on('message', (data) => {
          try {
            say(user, parse((data as Buffer).toString()), context);
          } catch (error) {
            const sentence = error instanceof RequestError ? error.message : 'This failed.';
            webSocket.send(JSON.stringify({ error: sentence }));
          }
        });
        webSocket.on('error', () => undefined);
        webSocket.on('close', leave);
      });
    });
  },

  async request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'POST rooms':
        answerJson(response, 201, { room: rooms.share() });
        return;
      case 'GET events': {
        const [room, user] = [rooms.of(context), userOf(context)];
        await whenReachable(user, context, () => {
          if (!response.destroyed) sendEvents(request, response, room, user, context);
        });
        return;
      }
      case 'POST messages':
        say(userOf(context), await readJsonContent(request), context);
        response.writeHead(204).end();
        return;
      case 'DELETE messages':
        rooms.of(context).clear();
        response.writeHead(204).end();
        return;
      case 'POST absence':
        cutOff(userOf(context), context);
        answerJson(response, 201, { awayMs: AWAY_MS });
        return;
      default:
        throw new RequestError(404, 'Try ws, events, POST messages, POST absence or POST rooms.');
    }
  },
};

/** What a lost stream missed comes first: the browser says by itself what it had last. */
function sendEvents(
  request: IncomingMessage,
  response: ServerResponse,
  room: ReturnType<typeof rooms.of>,
  user: string,
  context: DemoContext,
): void {
  const lastEventId = request.headers['last-event-id']?.toString();
  const after = /^\d{1,9}$/.test(lastEventId ?? '') ? Number(lastEventId) : room.last;
  const leave = room.join({
    run: context.run,
    user,
    tell: (entry) => {
      writeToListener(response, `id: ${String(entry.number)}\ndata: ${serialize(entry)}\n\n`);
    },
    cleared: () => {
      writeToListener(response, 'data: {"cleared":true}\n\n');
    },
    cut: () => response.destroy(),
  });
  response.once('close', leave);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  // Who is cut off before the first message has a place to go on from, too.
  response.write(`retry: 500\nid: ${String(after)}\n\n`);
  for (const entry of room.after(after)) {
    context.note('replayed', { user, id: String(entry.number) }, context.connection);
    response.write(`id: ${String(entry.number)}\ndata: ${serialize(entry)}\n\n`);
  }
}

function say(user: string, { text }: JsonObject, context: DemoContext): void {
  if (typeof text !== 'string' || text.trim() === '' || text.length > MAX_TEXT) {
    throw new RequestError(400, `Say something, in at most ${String(MAX_TEXT)} characters.`);
  }
  if (NOT_PLAIN.test(text)) {
    throw new RequestError(400, 'Plain text only, without control characters.');
  }
  const away = [...(awayOf.get(context.run)?.keys() ?? [])].join(', ');
  const { number } = rooms.of(context).say({ from: user, text });
  const data = { id: String(number), from: user, ...(away !== '' && { away }) };
  context.note('message', data, context.connection);
}

/** Does to one user of this run what a dead network does; nobody else notices. */
function cutOff(user: string, context: DemoContext): void {
  const { run } = context;
  const away = awayOf.get(run) ?? new Map<string, Promise<void>>();
  awayOf.set(run, away);
  if (away.has(user)) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const back = () => {
    clearTimeout(timer);
    run.ended.removeEventListener('abort', back);
    away.delete(user);
    context.note('reachable', { user });
    resolve(undefined);
  };
  const timer = setTimeout(back, AWAY_MS);
  run.ended.addEventListener('abort', back);
  away.set(user, promise);
  context.note('cut-off', { user, ms: AWAY_MS });
  for (const member of [...rooms.of(context).members]) {
    if (member.run === run && member.user === user) member.cut();
  }
}

/** Octets of a user who is away are on nobody's wire: what comes waits until the way is clear. */
async function whenReachable(user: string, { run }: DemoContext, serve: () => void): Promise<void> {
  const back = awayOf.get(run)?.get(user);
  if (back !== undefined) await back;
  if (!run.ended.aborted) serve();
}

const serialize = ({ number, said }: Entry<Message>): string =>
  JSON.stringify({ id: number, ...said });

function parse(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as JsonObject;
  } catch {
    // Falls through to the one sentence for both.
  }
  throw new RequestError(400, 'Send a JSON object, such as {"text":"Hello"}.');
}
