import { randomInt } from 'node:crypto';

import type { DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { wholeNumber } from '#demo-server/front/whole-number.ts';

/** The door of a fallback tier: while it turns anybody away, it turns you away, and says until when. */
export const demo: DemoServer = {
  request(request, response, context) {
    if (context.rest !== 'poll') throw new RequestError(404, 'Knock at poll.');
    if (request.method !== 'GET') {
      response.setHeader('Allow', 'GET');
      throw new RequestError(405, 'Ask for this with GET.');
    }
    const shed = wholeNumber(context.query.get('shed'), 0, 60, 'shed');
    const wait = wholeNumber(context.query.get('wait'), 1, 120, 'wait');
    if (shed === 0) {
      answerJson(response, 200, { served: true });
      return;
    }
    // RFC 9110 §10.2.3: whole seconds. Who is told the same comes back in the same second.
    const isSpread = context.query.get('spread') === 'on';
    const retryAfter = isSpread ? wait + randomInt(wait + 1) : wait;
    context.note('turned-away', { retryAfter }, context.connection);
    response.setHeader('Retry-After', retryAfter);
    answerJson(response, 503, { error: `Come back in ${String(retryAfter)} seconds.` });
  },
};
