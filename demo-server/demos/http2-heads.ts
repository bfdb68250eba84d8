import type { DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { askForHeads } from '#demo-server/robot/http2-errands.ts';

const JSON_TEXT = '{"seq":42,"price":1.0}';

/** Answers with the same JSON over HTTP/1.1, which the browser asks, and over HTTP/2, which the robot does. */
export const demo: DemoServer = {
  http2Errand: askForHeads,

  request(request, response, context) {
    if (context.rest !== 'api/feed') throw new RequestError(404, 'The feed is at api/feed.');
    if (request.method !== 'GET') throw new RequestError(405, 'Ask for this with GET.');
    // Not to be stored: each request is to cross the wire.
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      'Content-Length': JSON_TEXT.length,
    });
    response.end(JSON_TEXT);
  },

  stream(stream, headers) {
    if (headers[':method'] !== 'GET') {
      stream.respond({ ':status': 405 }, { endStream: true });
      return;
    }
    // Node adds the date, as a server with a clock must (RFC 9110 §6.6.1).
    stream.respond({ ':status': 200, 'content-type': 'application/json', etag: '"v42a"' });
    stream.end(JSON_TEXT);
  },
};
