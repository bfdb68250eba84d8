import type { DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent } from '#demo-server/front/json-content.ts';

const MAX_TEXT = 40;

/** Where the night shift writes down what it has found: the logs themselves are the page's MODEL. */
export const demo: DemoServer = {
  async request(request, response, context) {
    if (context.rest !== 'findings') throw new RequestError(404, 'Send it to findings.');
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      throw new RequestError(405, 'Ask for this with POST.');
    }
    const { log, cause, clicks } = await readJsonContent(request);
    const isText = (value: unknown) => typeof value === 'string' && value.length <= MAX_TEXT;
    if (!isText(log) || !isText(cause) || typeof clicks !== 'number') {
      throw new RequestError(400, 'Send log and cause as text, and clicks as a number.');
    }
    context.note('finding', { log, cause, clicks }, context.connection);
    response.writeHead(204).end();
  },
};
