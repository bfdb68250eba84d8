import type { IncomingMessage } from 'node:http';

import type { DemoContext, DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent } from '#demo-server/front/json-content.ts';
import { matchesStrongly, parseEntityTags, type EntityTag } from '#protocol/fields/entity-tag.ts';

type Note = { version: number; text: string };

const FIRST_TEXT = 'Tea';
const MAX_TEXT = 200;
const notes = new WeakMap<DemoContext['run'], Note>();

/** One shopping list, which anybody may read and replace. */
export const demo: DemoServer = {
  async request(request, response, context) {
    if (context.rest !== 'list') throw new RequestError(404, 'The list is at list.');
    const list = notes.get(context.run) ?? { version: 1, text: FIRST_TEXT };
    notes.set(context.run, list);
    response.setHeader('ETag', fieldOf(list));
    if (request.method === 'GET') {
      answerJson(response, 200, { text: list.text });
      return;
    }
    if (request.method !== 'PUT') {
      response.setHeader('Allow', 'GET, PUT');
      throw new RequestError(405, 'Read the list with GET, replace it with PUT.');
    }
    const { text } = await readJsonContent(request);
    if (typeof text !== 'string' || text.length > MAX_TEXT) {
      throw new RequestError(400, `Send text of at most ${String(MAX_TEXT)} characters.`);
    }
    // While the content was on its way, somebody else may have saved.
    refuseUnlessMatching(request, list, context);
    const lost = list.text;
    list.version += 1;
    list.text = text;
    response.setHeader('ETag', fieldOf(list));
    context.note('saved', { version: list.version, text, before: lost }, context.connection);
    answerJson(response, 200, { text });
  },
};

const tagOf = ({ version }: Note): EntityTag => ({ weak: false, opaque: `v${String(version)}` });
const fieldOf = (list: Note): string => `"${tagOf(list).opaque}"`;

/** RFC 9110 §13.1.1: only if the list still is what the client has seen. */
function refuseUnlessMatching(request: IncomingMessage, list: Note, context: DemoContext): void {
  const condition = request.headers['if-match'];
  if (condition === undefined) return;
  const tags = parseEntityTags(condition);
  if (tags === '*' || tags?.some((tag) => matchesStrongly(tag, tagOf(list)))) return;
  context.note('refused', { version: list.version, condition }, context.connection);
  throw new RequestError(412, 'The list has changed since. Load it again.');
}
