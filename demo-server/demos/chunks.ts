import { setTimeout as wait } from 'node:timers/promises';

import type { DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

/** In milliseconds: a browser that is busy for less does not join the lines. */
const GAP_MS = 400;

export const MESSAGES = [
  { seq: 1, text: 'Hello' },
  { seq: 2, text: 'half a €' },
  { seq: 3, text: 'goodbye' },
] as const;

/** Writes three lines of JSON, each in one write: Node makes a chunk of each. */
export const demo: DemoServer = {
  async request(request, response, context) {
    if (context.rest !== 'lines' || request.method !== 'GET') {
      throw new RequestError(404, 'Ask for lines with GET.');
    }
    response.writeHead(200, {
      'Content-Type': 'application/x-ndjson',
      'Cache-Control': 'no-store',
    });
    for (const [index, message] of MESSAGES.entries()) {
      if (index > 0) await wait(GAP_MS, undefined, { signal: context.run.ended });
      response.write(`${JSON.stringify(message)}\n`);
      context.note('write', { seq: message.seq }, context.connection);
    }
    response.end();
  },
};
