import type { BoxServer } from '#demo-server/box.ts';

import { forward, responseOn } from './proxy.ts';

/**
 * A proxy that knows nothing of Upgrade. It is right: RFC 9110 §7.6.1 has a proxy take Connection and
 * what Connection names off a message before it forwards it.
 */
export const box: BoxServer = {
  request: forward,
  upgrade(request, socket, _head, context) {
    const { upgrade = '' } = request.headers;
    context.note('upgrade-stripped', { upgrade, section: 'RFC 9110 §7.6.1' });
    forward(request, responseOn(socket, request), context);
  },
};
