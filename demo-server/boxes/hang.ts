import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { defineBox, type BoxContext } from '#demo-server/box.ts';
import { later } from '#demo-server/later.ts';

import { forward } from './proxy.ts';

const parameters = {
  holds: { type: 'choice', default: 'upgrades', choices: ['upgrades', 'everything'] },
  /** Then the connection is cut, without a word. */
  patienceMs: { type: 'number', default: 30_000, min: 100, max: 60_000 },
} as const;

/** Upgrades that hang are nobody's WebSockets yet, so nobody else counts them. */
const MAX_HUNG = 256;
const hung = new Set<Socket>();

/** A box that takes a request and neither forwards nor answers it, as one that is overloaded does. */
export const box = defineBox({
  parameters,
  request(request, response, context) {
    if (context.values.holds === 'upgrades' && request.headers.upgrade === undefined) {
      forward(request, response, context);
    } else {
      request.resume();
      hold(request, context);
    }
  },
  upgrade(request, socket, _head, context) {
    // Read, so that the end of the client's patience is noticed.
    socket.resume().once('end', () => socket.destroy());
    hold(request, context);
  },
});

function hold({ socket }: IncomingMessage, context: BoxContext<typeof parameters>): void {
  const { patienceMs } = context.values;
  context.note('request-held', { patienceMs, why: 'it neither forwards nor answers' });
  const [longest] = hung;
  if (longest !== undefined && hung.size >= MAX_HUNG) longest.destroy();
  hung.add(socket);
  socket.once('close', () => hung.delete(socket));
  later(patienceMs, socket, () => {
    context.note('connection-cut', { why: 'its patience has ended' });
    socket.destroy();
  });
}
