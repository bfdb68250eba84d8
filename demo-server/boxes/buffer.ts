import type { IncomingMessage, ServerResponse } from 'node:http';

import { defineBox, type BoxContext } from '#demo-server/box.ts';
import { later } from '#demo-server/later.ts';

import { forward, forwardUpgrade, headOf } from './proxy.ts';

/** Real ones hold megabytes too before they give up and let octets pass. */
const MAX_HELD = 1024 * 1024;

const parameters = {
  until: { type: 'choice', default: 'end', choices: ['end', 'size', 'time'] },
  /** With `until=size`. */
  octets: { type: 'number', default: 16_384, min: 1, max: MAX_HELD },
  /** With `until=time`. */
  ms: { type: 'number', default: 1000, min: 10, max: 60_000 },
} as const;

const WHY = {
  end: 'its end has not come',
  size: 'its buffer is not full',
  time: 'it sends on at intervals',
} as const;

/** A proxy that holds a response back, to scan it or to save small writes. */
export const box = defineBox({
  parameters,
  upgrade: forwardUpgrade,
  request(request, response, context) {
    forward(request, response, context, {
      comeBack: (incoming) => {
        hold(incoming, response, context);
      },
    });
  },
});

/** The head is held with the first octets of its content. */
function hold(
  incoming: IncomingMessage,
  response: ServerResponse,
  context: BoxContext<typeof parameters>,
): void {
  const { until, octets, ms } = context.values;
  const most = until === 'size' ? octets : Infinity;
  let pieces: Buffer[] = [];
  let held = 0;
  let callOff: (() => void) | undefined;
  context.note('response-held', { until, why: WHY[until] });

  const release = (why: string) => {
    callOff?.();
    callOff = undefined;
    context.note('response-released', { octets: held, why });
    if (!response.headersSent) response.writeHead(...headOf(incoming, context));
    if (!response.write(Buffer.concat(pieces))) {
      incoming.pause();
      response.once('drain', () => incoming.resume());
    }
    pieces = [];
    held = 0;
  };
  incoming.on('data', (piece: Buffer) => {
    held += piece.length;
    pieces.push(piece);
    if (held >= most) release('its buffer is full');
    else if (held > MAX_HELD) incoming.destroy(new Error('more than the box holds'));
    else if (until === 'time') callOff ??= later(ms, response, () => release('its time is over'));
  });
  incoming.once('end', () => {
    callOff?.();
    context.note('response-released', { octets: held, why: 'its end has come' });
    if (!response.headersSent) response.writeHead(...headOf(incoming, context));
    response.end(Buffer.concat(pieces));
  });
}
