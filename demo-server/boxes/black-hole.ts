import { Transform } from 'node:stream';

import { defineBox, type BoxContext, type BoxValues } from '#demo-server/box.ts';
import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';

import { forward, forwardUpgrade } from './proxy.ts';

type Direction = 'up' | 'down';
type Rule = { readonly swallows: Direction | 'both'; readonly nth: number };

const parameters = {
  swallows: { type: 'choice', default: 'nothing', choices: ['nothing', 'up', 'down', 'both'] },
  nth: { type: 'number', default: 1, min: 1, max: 99 },
} as const;

const MAX_COUNTED = 256;

/** How many requests came for an address; the longest unused is forgotten. */
const counts = new Map<string, number>();

/**
 * A path that loses things: `via/black-hole;swallows=<up|down|both>;nth=<n>/…`.
 *
 * On a WebSocket the n-th message is swallowed and every octet behind it, for in a stream nothing can
 * be missing from the middle; the connection stays open. Of the requests for one address it is every
 * n-th, or its response, and no other.
 */
export const box = defineBox({
  parameters,
  request(request, response, context) {
    const rule = ruleOf(context.values);
    const number = countOf(`${JSON.stringify(rule)} ${context.requestTarget}`);
    if (rule === undefined || number % rule.nth !== 0) {
      forward(request, response, context);
    } else if (rule.swallows === 'down') {
      forward(request, response, context, {
        comeBack(incoming) {
          incoming.resume();
          context.note('response-swallowed', { number, statusCode: incoming.statusCode });
        },
      });
    } else {
      request.resume();
      context.note('request-swallowed', { number });
    }
  },

  upgrade(request, socket, head, context) {
    const rule = ruleOf(context.values);
    if (rule === undefined) {
      forwardUpgrade(request, socket, head, context);
      return;
    }
    const silent = new Set<Direction>();
    forwardUpgrade(request, socket, head, context, {
      join(client, origin) {
        client.pipe(hole('up', rule, silent, context)).pipe(origin);
        origin.pipe(hole('down', rule, silent, context)).pipe(client);
      },
    });
  },
});

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

/** As it is without settings, it swallows nothing. */
function ruleOf({ swallows, nth }: BoxValues<typeof parameters>): Rule | undefined {
  return swallows === 'nothing' ? undefined : { swallows, nth };
}

function countOf(address: string): number {
  const count = (counts.get(address) ?? 0) + 1;
  counts.delete(address);
  counts.set(address, count);
  const [longestUnused = ''] = counts.keys();
  if (counts.size > MAX_COUNTED) counts.delete(longestUnused);
  return count;
}
