import type { Duplex } from 'node:stream';
import type { ServerResponse } from 'node:http';

import { defineBox, type BoxContext } from '#demo-server/box.ts';

import { DelayLine, type Pace } from './delay-line.ts';
import { forward, forwardUpgrade, headOf, type Departures } from './proxy.ts';

const why = 'a long way to the next hop';
/** Content this close behind its head is written with it: who writes both at once, is read at once. */
const TOGETHER_MS = 1;
/** Connections that have been here before, each by its own way on. */
const known = new WeakSet<BoxContext['upstream']>();

type Opening = Pick<BoxContext, 'upstream' | 'note'> & {
  readonly values: Pace & { readonly handshakes: number };
};

/**
 * A long way: every octet takes its time in each direction, and only so many leave in a second.
 *
 * On loopback, a connection is open in no time. `handshakes` lets the first request of one wait for so
 * many round trips more: one for TCP (RFC 9293 §3.5), two with TLS 1.3 (RFC 8446 §2).
 */
export const box = defineBox({
  parameters: {
    delayMs: { type: 'number', default: 100, min: 0, max: 5000 },
    jitterMs: { type: 'number', default: 0, min: 0, max: 5000 },
    octetsPerSecond: { type: 'number', default: 1_000_000, min: 500, max: 100_000_000 },
    handshakes: { type: 'number', default: 0, min: 0, max: 3 },
  },

  request(request, response, context) {
    const { values } = context;
    context.note('request-delayed', { ...values, why });
    const line = lineOf(response, values);
    line.carry(() => {
      forward(request, response, context, { content: line, comeBack: comeBack(values) });
    }, handshakesMs(context));
    request.pipe(line);
  },

  upgrade(request, socket, head, context) {
    const { values } = context;
    context.note('connection-delayed', { ...values, why });
    const up = lineOf(socket, values);
    const down = lineOf(socket, values);
    up.carry(() => {
      forwardUpgrade(request, socket, head, context, {
        comeBack: comeBack(values),
        sendSwitch: (switchHead) => down.write(switchHead),
        join(client, origin) {
          client.pipe(up).pipe(origin);
          origin.pipe(down).pipe(client);
        },
      });
    }, handshakesMs(context));
  },
});

function comeBack(pace: Pace): NonNullable<Departures['comeBack']> {
  return (incoming, response, context) => {
    const line = lineOf(response, pace);
    // A way more than a box: a connection that is ended at its far end, ends at this one.
    if (incoming.headers.connection === 'close') response.shouldKeepAlive = false;
    line.carry(() => {
      response.writeHead(...headOf(incoming, context));
      if (line.nextInMs > TOGETHER_MS) response.flushHeaders();
      line.pipe(response);
    });
    incoming.pipe(line);
  };
}

/** How long a connection takes to be opened, which is once. */
function handshakesMs(context: Opening): number {
  const { handshakes, delayMs } = context.values;
  if (handshakes === 0 || known.has(context.upstream)) return 0;
  known.add(context.upstream);
  const ms = 2 * delayMs * handshakes;
  context.note('handshakes', { handshakes, ms, why: 'a new connection' });
  return ms;
}

/** A line that is gone, with what is under way on it, when its client is. */
function lineOf(client: Duplex | ServerResponse, pace: Pace): DelayLine {
  const line = new DelayLine(pace);
  client.once('close', () => line.destroy());
  return line;
}
