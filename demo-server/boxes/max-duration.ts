import { defineBox } from '#demo-server/box.ts';
import { answerError, RequestError } from '#demo-server/front/answers.ts';
import { later } from '#demo-server/later.ts';

import { forward, forwardUpgrade } from './proxy.ts';

/** A proxy that gives a request so much time and no more, however busy it is; many hosts do. */
export const box = defineBox({
  parameters: { maxMs: { type: 'number', default: 2000, min: 50, max: 120_000 } },
  upgrade: forwardUpgrade,
  request(request, response, context) {
    const { maxMs } = context.values;
    const outgoing = forward(request, response, context);
    later(maxMs, response, () => {
      const answer = response.headersSent ? 'cut' : 504;
      context.note('time-over', { maxMs, answer, why: 'no request may take longer' });
      if (response.headersSent) request.socket.destroy();
      else answerError(response, new RequestError(504, 'The answer took too long.'));
      outgoing.destroy();
    });
  },
});
