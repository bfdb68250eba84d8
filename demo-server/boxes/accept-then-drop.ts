import type { Duplex } from 'node:stream';

import type { BoxContext, BoxServer } from '#demo-server/box.ts';

import { forward, forwardUpgrade } from './proxy.ts';

/** A proxy that lets the handshake through and nothing after it: it waits for HTTP that never comes. */
export const box: BoxServer = {
  request: forward,
  upgrade(request, socket, head, context) {
    forwardUpgrade(request, socket, head, context, { join: swallow });
  },
};

function swallow(client: Duplex, origin: Duplex, context: BoxContext): void {
  context.note('upgrade-passed', { why: 'a 101 looks like any response' });
  for (const [direction, socket] of [
    ['up', client],
    ['down', origin],
  ] as const) {
    socket.on('data', (octets: Buffer) => {
      context.note('octets-swallowed', { direction, octets: octets.length, why: 'not HTTP' });
    });
    // Who hangs up is let go, and with it the other side.
    socket.once('end', () => {
      client.end();
      origin.end();
    });
  }
}
