import type { IncomingMessage, ServerResponse } from 'node:http';

import { defineBox, type BoxContext } from '#demo-server/box.ts';
import { answerError, RequestError } from '#demo-server/front/answers.ts';

import { forward, forwardUpgrade, responseOn } from './proxy.ts';

const parameters = { octets: { type: 'number', default: 8192, min: 64, max: 16_384 } } as const;

/** A proxy with a small buffer for heads: a large cookie, and the request ends here. */
export const box = defineBox({
  parameters,
  request(request, response, context) {
    if (!isTooLarge(request, context)) forward(request, response, context);
    else refuse(request, response, context);
  },
  upgrade(request, socket, head, context) {
    if (!isTooLarge(request, context)) forwardUpgrade(request, socket, head, context);
    else refuse(request, responseOn(socket, request), context);
  },
});

function isTooLarge(request: IncomingMessage, { values }: BoxContext<typeof parameters>): boolean {
  return headLength(request) > values.octets;
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  context: BoxContext<typeof parameters>,
): void {
  const { octets: limit } = context.values;
  const octets = headLength(request);
  context.note('head-refused', { octets, limit, statusCode: 431, section: 'RFC 6585 §5' });
  answerError(response, new RequestError(431, `Heads here have at most ${String(limit)} octets.`));
}

/** Octets of a request's head as it came; Node reads field values as Latin-1, one character each. */
function headLength({ method = '', url = '', rawHeaders }: IncomingMessage): number {
  const fields = rawHeaders.reduce((sum, text) => sum + text.length + ': '.length, 0);
  return `${method} ${url} HTTP/1.1\r\n`.length + fields + '\r\n'.length;
}
