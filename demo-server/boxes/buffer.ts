import type { BoxServer } from '#demo-server/box.ts';

import { forward, forwardUpgrade, headOf } from './proxy.ts';

/** Real ones hold megabytes too before they give up and let octets pass. */
const MAX_HELD = 1024 * 1024;

/** A proxy that forwards a response when it has all of it, to scan it or to save small writes. */
export const box: BoxServer = {
  upgrade: forwardUpgrade,
  request(request, response, context) {
    forward(request, response, context, {
      comeBack(incoming) {
        const pieces: Buffer[] = [];
        let held = 0;
        context.note('response-held', { why: 'its end has not come' });
        incoming.on('data', (piece: Buffer) => {
          held += piece.length;
          pieces.push(piece);
          if (held > MAX_HELD) incoming.destroy(new Error('more than the box holds'));
        });
        incoming.once('end', () => {
          context.note('response-released', { octets: held, why: 'its end has come' });
          response.writeHead(...headOf(incoming, context)).end(Buffer.concat(pieces));
        });
      },
    });
  },
};
