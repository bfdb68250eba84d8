import type { IncomingMessage, ServerResponse } from 'node:http';

import type { DemoContext, DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

/** From one piece of news to the next, in milliseconds. */
const EVERY_MS = 60_000;
/** Of the content, in octets: a short notice, as such pages have. */
const CONTENT_LENGTH = 1000;

type Feed = { readonly openedAt: number; byHand: number };

const feeds = new WeakMap<DemoContext['run'], Feed>();

/** A notice that is replaced once a minute, and whenever its reader says so. */
export const demo: DemoServer = {
  request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'GET notice':
        answer(request, response, context);
        return;
      case 'POST change':
        feedOf(context).byHand += 1;
        context.note('changed', { version: versionOf(feedOf(context)) });
        response.writeHead(204).end();
        return;
      default:
        throw new RequestError(404, 'The notice is at notice; POST change replaces it.');
    }
  },
};

/** RFC 9110 §13.1.2: whoever names the version that he has is told whether it still is the one. */
function answer(request: IncomingMessage, response: ServerResponse, context: DemoContext): void {
  const series = context.query.get('series') ?? '';
  if (!/^[1-9]\d{0,3}$/.test(series)) {
    throw new RequestError(400, 'series is a whole number, 1 to 9999.');
  }
  const version = versionOf(feedOf(context));
  const etag = `"v${String(version)}"`;
  const statusCode = request.headers['if-none-match'] === etag ? 304 : 200;
  context.note('answered', { series: Number(series), statusCode, version }, context.connection);
  // RFC 9111 §5.2.2.4: kept, and never used without asking.
  const fields = { ETag: etag, 'Cache-Control': 'no-cache' };
  if (statusCode === 304) {
    response.writeHead(304, fields).end();
    return;
  }
  const content = JSON.stringify({ version, notice: 'The library opens at nine.' });
  response.writeHead(200, {
    ...fields,
    'Content-Type': 'application/json',
    'Content-Length': CONTENT_LENGTH,
  });
  response.end(content.padEnd(CONTENT_LENGTH));
}

function versionOf({ openedAt, byHand }: Feed): number {
  return 1 + byHand + Math.floor((performance.now() - openedAt) / EVERY_MS);
}

function feedOf({ run }: DemoContext): Feed {
  const feed = feeds.get(run) ?? { openedAt: performance.now(), byHand: 0 };
  feeds.set(run, feed);
  return feed;
}
