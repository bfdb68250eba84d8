import type { DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';

/** RFC 9110 §9.3, and PATCH of RFC 5789: what an origin may be expected to know by name. */
const KNOWN = 'GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH'.split(' ');
const ALLOWED = ['GET', 'PUT', 'PATCH'];

/** What a router would look up. Its author has thought of everything but the parser before it. */
const routes: Readonly<Record<string, string>> = {
  GET: 'the note was read',
  PUT: 'the note was replaced',
  PATCH: 'a part of the note was changed',
  UPDATE: 'the note was updated',
};

/** One note behind three servers, none of which is asked for the note itself: only which of them calls its handler. */
export const demo: DemoServer = {
  /** A plain handler, and one behind a router; Node's parser stands before both. */
  request(request, response, context) {
    const { rest, connection } = context;
    const method = request.method ?? '';
    if (rest !== 'node' && rest !== 'router') {
      throw new RequestError(404, 'The note is at node and at router.');
    }
    // Its content does not matter here, but the connection can't be used again before it is read.
    request.resume();
    context.note('handler-called', { server: rest, method }, connection);
    if (rest === 'node') {
      answerJson(response, 200, { method });
      return;
    }
    const done = routes[method];
    if (done === undefined) {
      response.setHeader('Allow', ALLOWED.join(', '));
      throw new RequestError(405, 'This router has no route for that method.');
    }
    answerJson(response, 200, { done });
  },

  /** The strict origin: it reads whatever is a token (RFC 9110 §9.1), then says what it does not know. */
  raw({ method }, context) {
    const fields = { 'Content-Type': 'text/plain' };
    if (!KNOWN.includes(method)) {
      // RFC 9110 §15.6.2: not recognized, and so not supported for any resource.
      const content = 'This server knows no such method.\n';
      return { statusCode: 501, reasonPhrase: 'Not Implemented', fields, content };
    }
    if (!ALLOWED.includes(method)) {
      const allow = { ...fields, Allow: ALLOWED.join(', ') };
      return {
        statusCode: 405,
        reasonPhrase: 'Method Not Allowed',
        fields: allow,
        content: 'Known, but not for this note.\n',
      };
    }
    context.note('handler-called', { server: 'strict', method }, context.connection);
    return { statusCode: 200, reasonPhrase: 'OK', fields, content: `${String(routes[method])}\n` };
  },
};
