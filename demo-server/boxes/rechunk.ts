import type { IncomingMessage, ServerResponse } from 'node:http';

import { defineBox, type BoxContext } from '#demo-server/box.ts';
import { later } from '#demo-server/later.ts';

import { forward, forwardUpgrade, headOf, passOn } from './proxy.ts';

const parameters = {
  size: { type: 'number', default: 1024, min: 1, max: 65_536 },
  /** How long a chunk that is not full waits for more; 0 cuts only and joins nothing. */
  waitMs: { type: 'number', default: 100, min: 0, max: 10_000 },
} as const;

/**
 * A proxy that makes chunks of its own: all of one size, wherever the origin's began and ended.
 *
 * It may: chunks are a matter of one connection (RFC 9112 §7.1). Who reads messages out of chunks is
 * wrong about them. A response with Content-Length has none, and passes as it is.
 */
export const box = defineBox({
  parameters,
  upgrade: forwardUpgrade,
  request(request, response, context) {
    forward(request, response, context, {
      comeBack(incoming) {
        if (incoming.headers['transfer-encoding'] === undefined)
          passOn(incoming, response, context);
        else rechunk(incoming, response, context);
      },
    });
  },
});

function rechunk(
  incoming: IncomingMessage,
  response: ServerResponse,
  context: BoxContext<typeof parameters>,
): void {
  const { size, waitMs } = context.values;
  context.note('response-rechunked', { size, waitMs, section: 'RFC 9112 §7.1' });
  response.writeHead(...headOf(incoming, context));
  response.flushHeaders();
  let held: Buffer = Buffer.alloc(0);
  let stopWaiting = () => undefined as void;

  const send = (least: number) => {
    let flowing = true;
    while (held.length >= least) {
      flowing = response.write(held.subarray(0, size));
      held = held.subarray(size);
    }
    return flowing;
  };
  incoming.on('data', (piece: Buffer) => {
    stopWaiting();
    held = Buffer.concat([held, piece]);
    if (!send(waitMs === 0 ? 1 : size)) {
      incoming.pause();
      response.once('drain', () => incoming.resume());
    }
    if (held.length > 0) stopWaiting = later(waitMs, response, () => send(1));
  });
  incoming.once('end', () => {
    stopWaiting();
    send(1);
    response.end();
  });
}
