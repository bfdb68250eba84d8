import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

/** What the shop says of itself: a picture, a page, a text, a sign of health, all in one. */
const BADGE = [
  '<svg xmlns="http://www.w3.org/2000/svg" width="132" height="32" role="img" aria-label="shop: open">',
  '<rect width="132" height="32" rx="6" fill="#24313f"/>',
  '<rect x="64" width="68" height="32" rx="6" fill="#1f7a4d"/>',
  '<g fill="#fff" font-family="sans-serif" font-size="15" text-anchor="middle">',
  '<text x="32" y="21">shop</text><text x="98" y="21">open</text></g></svg>',
].join('');
const ENTITY_TAG = '"open-1"';
const MESSAGE = 'shop: open';

const webSockets = new WebSocketServer(webSocketOptions);

/** One resource for whoever asks by HTTP, and the same news over a WebSocket. */
export const demo: DemoServer = {
  takesVisits: true,

  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket is at ws.');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      context.note('asked', { by: whoAsks(request), answered: 101 }, context.connection);
      webSocket.send(MESSAGE, () => undefined);
    });
  },

  request(request, response, context) {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      throw new RequestError(405, 'Ask for this with GET.');
    }
    const note = (answered: number) => {
      context.note('asked', { by: whoAsks(request), answered }, context.connection);
    };
    switch (context.rest) {
      case 'readers/badge':
        note(answerBadge(request, response));
        return;
      case 'ws':
        note(426);
        throw new RequestError(426, 'This address speaks WebSocket, and nothing else.');
      default:
        throw new RequestError(404, 'Try readers/badge, or ws with a WebSocket.');
    }
  },
};

/** A shared cache may answer for a minute; a browser's own asks each time (RFC 9111 §5.2.2.10). */
function answerBadge(request: IncomingMessage, response: ServerResponse): number {
  const isKnown = request.headers['if-none-match'] === ENTITY_TAG;
  const statusCode = isKnown ? 304 : 200;
  response.writeHead(statusCode, {
    'Cache-Control': 'max-age=0, s-maxage=60',
    ETag: ENTITY_TAG,
    ...(!isKnown && {
      'Content-Type': 'image/svg+xml',
      'Content-Length': BADGE.length,
      'Content-Security-Policy': "default-src 'none'",
    }),
  });
  response.end(isKnown ? undefined : BADGE);
  return statusCode;
}

/** What an access log could say of the client; never a browser's own User-Agent. */
function whoAsks({ headers }: IncomingMessage): string {
  const [, tool] = /^(curl|kube-probe|demo-crawler)\//.exec(headers['user-agent'] ?? '') ?? [];
  if (tool !== undefined) return tool;
  const destination = headers['sec-fetch-dest'];
  if (destination === 'document') return 'a browser, for a page';
  if (destination === 'image') return 'a browser, for an image';
  return headers.upgrade === undefined ? 'somebody else' : 'a script, for a WebSocket';
}
