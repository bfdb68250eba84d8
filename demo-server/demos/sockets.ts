import { setTimeout as wait } from 'node:timers/promises';

import type { DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';

/** In milliseconds: long enough that requests sent at once are under way together. */
const WORK_MS = 40;
const TARGET = /^(keep|close)\/(\d{1,6})\/(\d{1,2})$/;

/** Answers each request after a moment, and below `close/` ends the connection after its answer. */
export const demo: DemoServer = {
  async request(request, response, context) {
    const [, what, batch, number] = TARGET.exec(context.rest) ?? [];
    if (what === undefined || request.method !== 'GET') {
      throw new RequestError(404, 'Ask for keep/<batch>/<number> or close/<batch>/<number>.');
    }
    await wait(WORK_MS, undefined, { signal: context.run.ended });
    // RFC 9112 §9.6: this response is the last one on its connection. A page can't ask for that itself.
    if (what === 'close') response.setHeader('Connection', 'close');
    answerJson(response, 200, { batch: Number(batch), number: Number(number) });
  },
};
