import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';

import type { BoxContext, BoxServer } from '#demo-server/box.ts';
import { answerError, RequestError } from '#demo-server/front/answers.ts';

import { forward, responseOn } from './proxy.ts';

/**
 * A proxy that speaks HTTP/1.0 with the origin, as nginx did by default before 1.29.7 (2026): a connection
 * for each request, no chunks, and no Upgrade, which HTTP/1.0 does not have. RFC 9110 §7.8.
 */
export const box: BoxServer = {
  request: downgrade,
  upgrade(request, socket, _head, context) {
    downgrade(request, responseOn(socket, request), context);
  },
};

function downgrade(request: IncomingMessage, response: ServerResponse, context: BoxContext): void {
  const { upgrade, 'transfer-encoding': coding } = request.headers;
  if (coding !== undefined) {
    // RFC 9112 §6.1: HTTP/1.0 has no chunks, and so no way to begin before the length is known.
    answerError(response, new RequestError(411, 'Say how long the content is.'));
    return;
  }
  context.note('version-lowered', { version: '1.0', ...(upgrade !== undefined && { upgrade }) });
  forward(request, response, context, {
    fields: (fields) => [...fields, 'Connection', 'close'],
    begin: speakHttp10,
  });
}

/** Node writes no other version than 1.1; its head is ready as text before the first write. */
function speakHttp10(outgoing: ClientRequest): void {
  const internals = outgoing as unknown as { _header: string };
  internals._header = internals._header.replace(' HTTP/1.1\r\n', ' HTTP/1.0\r\n');
}
