import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { later } from '#demo-server/later.ts';

/** How long an answer that only keeps its connection busy takes, in milliseconds. */
const BUSY_MS = 1500;
/** Of a run. */
const MAX_JUMPS = 9999;
/** In octets: a jump has two numbers. */
const MAX_MESSAGE = 1024;

const webSockets = new WebSocketServer({ ...webSocketOptions, maxPayload: MAX_MESSAGE });

/** A player’s jumps, by POST and by WebSocket: the server says when each arrived. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket is at ws.');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      webSocket.on('message', (message: Buffer) => {
        try {
          const landing = land(parse(message.toString()), 'WebSocket', context);
          webSocket.send(JSON.stringify(landing));
        } catch (error) {
          webSocket.close(1008, error instanceof RequestError ? error.message : '');
        }
      });
    });
  },

  async request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest.replace(/\d+$/, 'n')}`) {
      case 'POST jumps':
        answerJson(response, 200, land(await readJsonContent(request), 'POST', context));
        return;
      case 'GET busy/n':
        // The head at once: the page knows by it that the connection is busy now.
        response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' });
        response.flushHeaders();
        later(BUSY_MS, response, () => response.end('done'));
        return;
      default:
        throw new RequestError(404, 'Jump with POST jumps, or over the WebSocket at ws.');
    }
  },
};

/** Notes a jump, with how long it took: the page has told when it began, on the run’s own clock. */
function land(content: JsonObject, by: string, context: DemoContext) {
  const { jump, at } = content;
  const isJump = typeof jump === 'number' && Number.isInteger(jump) && jump >= 1;
  if (!isJump || jump > MAX_JUMPS || typeof at !== 'number' || !(at >= 0)) {
    throw new RequestError(400, 'Send a jump as {"jump":1,"at":1234}, its number and its moment.');
  }
  const tookMs = Math.round((context.now() - at) * 10) / 10;
  context.note('landed', { jump, by, tookMs }, context.connection);
  return { jump, tookMs };
}

function parse(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as JsonObject;
  } catch {
    // Falls through to the one sentence for both.
  }
  return {};
}
