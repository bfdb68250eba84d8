import type { ServerResponse } from 'node:http';

import type { BoxContext, BoxServer } from '#demo-server/box.ts';
import { answerError, RequestError } from '#demo-server/front/answers.ts';

import { forward, responseOn } from './proxy.ts';

/** A proxy whose rules allow no protocol but HTTP: it answers for the origin, which sees nothing. */
export const box: BoxServer = {
  request(request, response, context) {
    const { upgrade } = request.headers;
    if (upgrade === undefined) forward(request, response, context);
    else refuse(upgrade, response, context);
  },
  upgrade(request, socket, _head, context) {
    refuse(request.headers.upgrade ?? '', responseOn(socket, request), context);
  },
};

function refuse(upgrade: string, response: ServerResponse, context: BoxContext): void {
  context.note('upgrade-refused', { upgrade, statusCode: 403, why: 'no protocol but HTTP' });
  answerError(response, new RequestError(403, 'This network allows no protocol but HTTP.'));
}
