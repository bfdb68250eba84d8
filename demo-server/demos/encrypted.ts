import type { ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { later } from '#demo-server/later.ts';

const UPDATES = 5;
const INTERVAL_MS = 100;
/** A stream stays open when it has said all, as a live one would; its robot goes after two seconds. */
const MAX_OPEN_MS = 10_000;

const webSockets = new WebSocketServer(webSocketOptions);

/** Five updates, as messages of a WebSocket or as an event stream, for a robot that comes through a box. */
export const demo: DemoServer = {
  takesBoxErrands: true,

  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket is at ws.');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      context.note('opened', { ask: 'WebSocket' }, context.connection);
      sendAll(webSocket, context, (update) => {
        webSocket.send(update);
      });
    });
  },

  request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'GET ws':
        answerPage(response);
        return;
      case 'GET events':
        response.writeHead(200, {
          'Content-Type': 'text/event-stream',
          'Cache-Control': 'no-store',
        });
        response.flushHeaders();
        context.note('opened', { ask: 'event stream' }, context.connection);
        sendAll(response, context, (update) => {
          response.write(`data: ${update}\n\n`);
        });
        later(MAX_OPEN_MS, response, () => response.end());
        return;
      default:
        throw new RequestError(404, 'Ask for ws or events.');
    }
  },
};

/** Who asks without Upgrade is answered as anybody: here by a page. */
function answerPage(response: ServerResponse): void {
  const text = 'This page has a WebSocket too, for who asks to upgrade.\n';
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(text);
}

type Closing = Parameters<typeof later>[1];

function sendAll(owner: Closing, context: DemoContext, send: (update: string) => void): void {
  const next = (number: number) => {
    later(INTERVAL_MS, owner, () => {
      send(JSON.stringify({ number }));
      context.note('sent', { number }, context.connection);
      if (number < UPDATES) next(number + 1);
    });
  };
  next(1);
}
