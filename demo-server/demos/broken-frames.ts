import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

/** Small, so that “too big” is little to read. */
const MAX_MESSAGE = 1024;

const webSockets = new WebSocketServer({ ...webSocketOptions, maxPayload: MAX_MESSAGE });

/** An echo on `ws` as it is, for a robot to break rules at: what it notes is what `ws` made of it. */
export const demo: DemoServer = {
  takesRobots: true,

  request() {
    throw new RequestError(426, 'Open the address ws as a WebSocket.');
  },

  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The echo is at the address ws.');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const note = (name: string, data: Record<string, unknown>) => {
        context.note(name, data, context.connection);
      };
      context.adopt(webSocket);
      webSocket.on('message', (message, isBinary) => {
        note('message', { type: isBinary ? 'binary' : 'text', length: (message as Buffer).length });
        webSocket.send(message, { binary: isBinary });
      });
      webSocket.on('error', (error: Error & { readonly code?: string }) => {
        note('error', { message: error.message, code: error.code ?? '' });
      });
      webSocket.on('close', (code, reason) => {
        note('close', { code, reason: reason.toString('utf8') });
      });
    });
  },
};
