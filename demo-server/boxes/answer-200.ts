import type { ServerResponse } from 'node:http';

import type { BoxContext, BoxServer } from '#demo-server/box.ts';
import { SECURITY_FIELDS } from '#demo-server/front/answers.ts';

import { forward, responseOn } from './proxy.ts';

/** What captive portals and catch-all rules of proxies answer: a page, whatever was asked. */
const PAGE = 'Everything is fine here. This is a page and no WebSocket.\n';

/** A box that answers a request for another protocol with an ordinary page, and all is well for it. */
export const box: BoxServer = {
  request(request, response, context) {
    const { upgrade } = request.headers;
    if (upgrade === undefined) forward(request, response, context);
    else answer(upgrade, response, context);
  },
  upgrade(request, socket, _head, context) {
    answer(request.headers.upgrade ?? '', responseOn(socket, request), context);
  },
};

function answer(upgrade: string, response: ServerResponse, context: BoxContext): void {
  context.note('page-sent', { upgrade, statusCode: 200, why: 'it has a page for every request' });
  response.writeHead(200, {
    ...SECURITY_FIELDS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(PAGE),
    'Cache-Control': 'no-store',
  });
  response.end(PAGE);
}
