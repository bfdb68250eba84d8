import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent } from '#demo-server/front/json-content.ts';

const webSockets = new WebSocketServer(webSocketOptions);
/** In seconds. */
const COOKIE_AGE = 300;
/** For all of this run’s addresses here, or for one that nothing is asked for at. */
const PATHS = { here: '', elsewhere: 'elsewhere/' } as const;

/** Five requests of a page, and a cookie that some of them carry. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket is at ws.');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      note('WebSocket', request, context);
    });
  },

  async request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'POST cookie': {
        const { at } = await readJsonContent(request);
        response.writeHead(204, { 'Set-Cookie': cookies(at, context) }).end();
        return;
      }
      case 'GET page':
      case 'POST page':
      case 'GET bare':
        note(`${request.method ?? ''} ${context.rest}`, request, context);
        response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
        return;
      case 'GET events':
        note('event stream', request, context);
        tell(response);
        return;
      default:
        throw new RequestError(404, 'Try POST cookie, page, bare, events or ws.');
    }
  },
};

/** Sets the cookie at one path, and takes it away from the other. `HttpOnly`: no script reads it. */
function cookies(at: unknown, { run }: DemoContext): string[] {
  if (at !== 'here' && at !== 'elsewhere' && at !== 'none') {
    throw new RequestError(400, 'Send at as "here", "elsewhere" or "none".');
  }
  return Object.entries(PATHS).map(([name, path]) => {
    const age = name === at ? COOKIE_AGE : 0;
    const scope = `Path=/live/${run.id}/carriers/${path}; Max-Age=${String(age)}`;
    return `demo=hello; ${scope}; SameSite=Strict; HttpOnly`;
  });
}

/** Says what the program sees of both fields: never the cookie’s value, which may be another program’s. */
function note(by: string, { headers }: IncomingMessage, context: DemoContext): void {
  const cookie = /(?:^|; )demo=hello(?:;|$)/.test(headers.cookie ?? '');
  context.note('asked', { by, cookie, origin: headers.origin ?? 'none' }, context.connection);
}

/** One event; its reader hangs up then. WHATWG HTML §9.2. */
function tell(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write('data: here\n\n');
}
