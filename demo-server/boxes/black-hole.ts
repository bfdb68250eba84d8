import { Transform } from 'node:stream';

import type { BoxContext, BoxServer } from '#demo-server/box.ts';
import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';

import { forward, forwardUpgrade } from './proxy.ts';

type Direction = 'up' | 'down';
type Rule = { readonly swallows: Direction | 'both'; readonly nth: number };

const RULE = /^((?:\/live\/[^/?]+\/[^/?]+)?)\/(up|down|both)\/([1-9]\d?)(\/.*)$/;
const MAX_COUNTED = 256;

/** How many requests came for an address; the longest unused is forgotten. */
const counts = new Map<string, number>();

/**
 * A path that loses things: `via/black-hole/<up|down|both>/<n>/…`; without these two it loses nothing.
 *
 * On a WebSocket the n-th message is swallowed and every octet behind it, for in a stream nothing can
 * be missing from the middle; the connection stays open. Of the requests for one address it is every
 * n-th, or its response, and no other.
 */
export const box: BoxServer = {
  request(request, response, boxContext) {
    const { rule, context } = readRule(boxContext);
    const number = countOf(context.requestTarget);
    if (rule === undefined || number % rule.nth !== 0) {
      forward(request, response, context);
    } else if (rule.swallows === 'down') {
      forward(request, response, context, (incoming) => {
        incoming.resume();
        context.note('response-swallowed', { number, statusCode: incoming.statusCode });
      });
    } else {
      request.resume();
      context.note('request-swallowed', { number });
    }
  },

  upgrade(request, socket, head, boxContext) {
    const { rule, context } = readRule(boxContext);
    if (rule === undefined) {
      forwardUpgrade(request, socket, head, context);
      return;
    }
    const silent = new Set<Direction>();
    forwardUpgrade(request, socket, head, context, (client, origin) => {
      client.pipe(hole('up', rule, silent, context)).pipe(origin);
      origin.pipe(hole('down', rule, silent, context)).pipe(client);
    });
  },
};

/** Lets frames through as they are, until the message from which on there is silence. */
function hole(direction: Direction, rule: Rule, silent: Set<Direction>, context: BoxContext) {
  const reader = new FrameReader();
  let messages = 0;
  return new Transform({
    transform(octets: Buffer, _encoding, done) {
      for (const element of reader.push(octets)) {
        if (element.type === 'frame' && beginsMessage(element.frame.opcode)) messages += 1;
        if (messages >= rule.nth && rule.swallows !== opposite(direction)) {
          silent.add(direction);
          if (rule.swallows === 'both') silent.add(opposite(direction));
        }
        if (!silent.has(direction)) this.push(element.octets);
        else context.note('octets-swallowed', { direction, octets: element.octets.length });
      }
      done();
    },
  });
}

const opposite = (direction: Direction): Direction => (direction === 'up' ? 'down' : 'up');

const beginsMessage = (opcode: number) => opcode === Opcode.text || opcode === Opcode.binary;

/** The box's own two path segments, and the context of what is behind them. */
function readRule(context: BoxContext): { rule: Rule | undefined; context: BoxContext } {
  const [, before = '', swallows, nth, rest = ''] = RULE.exec(context.requestTarget) ?? [];
  if (swallows !== 'up' && swallows !== 'down' && swallows !== 'both') {
    return { rule: undefined, context };
  }
  return {
    rule: { swallows, nth: Number(nth) },
    context: { ...context, requestTarget: `${before}${rest}` },
  };
}

function countOf(requestTarget: string): number {
  const count = (counts.get(requestTarget) ?? 0) + 1;
  counts.delete(requestTarget);
  counts.set(requestTarget, count);
  const [longestUnused = ''] = counts.keys();
  if (counts.size > MAX_COUNTED) counts.delete(longestUnused);
  return count;
}
