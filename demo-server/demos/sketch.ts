import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { Rooms, userOf, type Entry } from '#demo-server/rooms.ts';
import { sendToListener, writeToListener } from '#demo-server/unread.ts';

/** A piece of a stroke; `[x, y]` on a board of 100 by 75. */
type Piece = {
  readonly from: string;
  readonly stroke: string;
  readonly points: readonly (readonly [number, number])[];
  readonly end: boolean;
};

const [WIDTH, HEIGHT] = [100, 75];
/** Of one piece. */
const MAX_POINTS = 200;

const webSockets = new WebSocketServer(webSocketOptions);
const rooms = new Rooms<Piece>();

/** A board that several pens draw on: each piece of a stroke goes on to everyone else. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket of the board is at ws.');
    const [room, user] = [rooms.of(context), userOf(context)];
    room.refuseIfFull();
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      const leave = room.join({
        run: context.run,
        user,
        tell: ({ said }) => {
          if (said.from === user) return;
          sendToListener(webSocket, JSON.stringify(said));
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
          room.say(pieceOf(user, parse((data as Buffer).toString())));
        } catch (error) {
          webSocket.close(1008, error instanceof RequestError ? error.message : '');
        }
      });
      webSocket.on('error', () => undefined);
      webSocket.on('close', leave);
    });
  },

  async request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'POST rooms':
        answerJson(response, 201, { room: rooms.share() });
        return;
      case 'GET events':
        sendEvents(request, response, context);
        return;
      case 'POST strokes':
        rooms.of(context).say(pieceOf(userOf(context), await readJsonContent(request)));
        response.writeHead(204).end();
        return;
      case 'DELETE strokes':
        rooms.of(context).clear();
        response.writeHead(204).end();
        return;
      default:
        throw new RequestError(404, 'Try ws, events, POST strokes, DELETE strokes or POST rooms.');
    }
  },
};

function sendEvents(request: IncomingMessage, response: ServerResponse, context: DemoContext) {
  const [room, user] = [rooms.of(context), userOf(context)];
  const lastEventId = request.headers['last-event-id']?.toString();
  const after = /^\d{1,9}$/.test(lastEventId ?? '') ? Number(lastEventId) : room.last;
  const leave = room.join({
    run: context.run,
    user,
    tell: (entry) => {
      if (entry.said.from !== user) writeToListener(response, serialize(entry));
    },
    cleared: () => {
      writeToListener(response, 'data: {"cleared":true}\n\n');
    },
    cut: () => response.destroy(),
  });
  response.once('close', leave);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  // It has asked for what it missed, however much that is: a room keeps no more than its bound.
  const missed = room.after(after).filter(({ said }) => said.from !== user);
  if (missed.length > 0) response.write(missed.map(serialize).join(''));
}

const serialize = ({ number, said }: Entry<Piece>): string =>
  `id: ${String(number)}\ndata: ${JSON.stringify(said)}\n\n`;

function pieceOf(from: string, { stroke, points, end }: JsonObject): Piece {
  if (typeof stroke !== 'string' || !/^[A-Za-z]{1,20}-\d{1,6}$/.test(stroke)) {
    throw new RequestError(400, 'A stroke has a name such as Ada-7.');
  }
  if (!Array.isArray(points) || points.length > MAX_POINTS || !points.every(isPoint)) {
    throw new RequestError(400, `Give at most ${String(MAX_POINTS)} points such as [50, 37].`);
  }
  return { from, stroke, points, end: end === true };
}

function isPoint(value: unknown): value is readonly [number, number] {
  const [x, y, more] = Array.isArray(value) ? (value as unknown[]) : [];
  return isWithin(x, WIDTH) && isWithin(y, HEIGHT) && more === undefined;
}

const isWithin = (value: unknown, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most;

function parse(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as JsonObject;
  } catch {
    // Falls through to the one sentence for both.
  }
  throw new RequestError(400, 'Send a JSON object, such as {"stroke":"Ada-7","points":[[50,37]]}.');
}
