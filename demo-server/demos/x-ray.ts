import type { DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

/** 22 octets. */
const JSON_TEXT = '{"seq":42,"price":1.0}';

/** Answers a GET with the same small JSON, whatever its fields say. */
export const demo: DemoServer = {
  takesFieldLines: true,

  request(request, response, context) {
    if (context.rest !== '') throw new RequestError(404, 'There is one thing here, at /x-ray.');
    if (request.method !== 'GET') {
      response.setHeader('Allow', 'GET');
      throw new RequestError(405, 'Ask for this with GET.');
    }
    // Not to be stored: each request is to cross the wire.
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'Content-Length': JSON_TEXT.length,
    });
    response.end(JSON_TEXT);
  },
};
