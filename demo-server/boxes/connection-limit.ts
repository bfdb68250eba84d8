import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { defineBox, type BoxContext } from '#demo-server/box.ts';
import { answerError, RequestError } from '#demo-server/front/answers.ts';

import { forward, forwardUpgrade, responseOn } from './proxy.ts';

const parameters = { connections: { type: 'number', default: 2, min: 0, max: 100 } } as const;

/** Those that have come through, by run: one reader's do not count against another's. */
const openIn = new WeakMap<BoxContext['run'], Set<Socket>>();

/** A proxy that lets in so many connections at once; an open one counts, busy or not. */
export const box = defineBox({
  parameters,
  request(request, response, context) {
    if (isAdmitted(request, context)) forward(request, response, context);
    else refuse(response, context);
  },
  upgrade(request, socket, head, context) {
    if (isAdmitted(request, context)) forwardUpgrade(request, socket, head, context);
    else refuse(responseOn(socket, request), context);
  },
});

function isAdmitted({ socket }: IncomingMessage, context: BoxContext<typeof parameters>): boolean {
  const open = openIn.get(context.run) ?? new Set();
  openIn.set(context.run, open);
  if (open.has(socket)) return true;
  if (open.size >= context.values.connections) return false;
  open.add(socket);
  socket.once('close', () => open.delete(socket));
  return true;
}

function refuse(response: ServerResponse, context: BoxContext<typeof parameters>): void {
  const { connections } = context.values;
  context.note('connection-refused', { connections, statusCode: 503, why: 'so many are open' });
  response.setHeader('Connection', 'close');
  const sentence = `Only ${String(connections)} connections at once here. Close one.`;
  answerError(response, new RequestError(503, sentence));
}
