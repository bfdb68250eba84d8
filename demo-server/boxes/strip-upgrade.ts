import type { Duplex } from 'node:stream';

import { defineBox, type BoxContext } from '#demo-server/box.ts';

import { fieldsOf, forward, forwardUpgrade, responseOn } from './proxy.ts';

const parameters = {
  kind: { type: 'choice', default: 'correct', choices: ['correct', 'old', 'unaware'] },
} as const;

/**
 * A proxy that knows nothing of Upgrade, in three kinds.
 *
 * `correct` is right: RFC 9110 §7.6.1 has a proxy take Connection and what Connection names off a
 * message. `old` takes off Connection and forgets what it names, so that Upgrade arrives alone.
 * `unaware` takes off neither, forwards the 101 as it would any 1xx, and then waits for a response:
 * what comes is none, and it hangs up.
 */
export const box = defineBox({
  parameters,
  request: (request, response, context) => {
    forward(request, response, context);
  },
  upgrade(request, socket, head, context) {
    const { upgrade = '' } = request.headers;
    const { kind } = context.values;
    if (kind === 'unaware') {
      context.note('upgrade-passed', { kind, upgrade, why: 'a field as any other' });
      forwardUpgrade(request, socket, head, context, { join: waitForStatusLine });
      return;
    }
    context.note('upgrade-stripped', { kind, upgrade, section: 'RFC 9110 §7.6.1' });
    const fields = (plain: readonly string[]) =>
      kind === 'old' ? [...plain, ...fieldsOf(request, 'upgrade')] : plain;
    forward(request, responseOn(socket, request), context, { fields });
  },
});

function waitForStatusLine(client: Duplex, origin: Duplex, context: BoxContext): void {
  client.on('data', () => undefined);
  origin.once('data', (octets: Buffer) => {
    const { length } = octets;
    context.note('response-not-understood', { octets: length, why: 'not a status line' });
    client.destroy();
  });
  for (const socket of [client, origin]) {
    socket.once('end', () => {
      client.end();
      origin.end();
    });
  }
}
