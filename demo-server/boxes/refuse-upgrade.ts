import type { ServerResponse } from 'node:http';

import { defineBox, type BoxContext } from '#demo-server/box.ts';
import { answerError, RequestError } from '#demo-server/front/answers.ts';

import { forward, responseOn } from './proxy.ts';

const parameters = {
  statusCode: { type: 'number', default: 403, min: 400, max: 599 },
} as const;

/** A proxy whose rules allow no protocol but HTTP: it answers for the origin, which sees nothing. */
export const box = defineBox({
  parameters,
  request(request, response, context) {
    const { upgrade } = request.headers;
    if (upgrade === undefined) forward(request, response, context);
    else refuse(upgrade, response, context);
  },
  upgrade(request, socket, _head, context) {
    refuse(request.headers.upgrade ?? '', responseOn(socket, request), context);
  },
});

function refuse(
  upgrade: string,
  response: ServerResponse,
  context: BoxContext<typeof parameters>,
): void {
  const { statusCode } = context.values;
  context.note('upgrade-refused', { upgrade, statusCode, why: 'no protocol but HTTP' });
  answerError(response, new RequestError(statusCode, 'This network allows no protocol but HTTP.'));
}
