import type { IncomingMessage, ServerResponse } from 'node:http';

import type { DemoContext, DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';

/** What the origin says with a greeting that is for one person alone. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  none: { 'Cache-Control': 's-maxage=60' },
  private: { 'Cache-Control': 'private' },
  'no-store': { 'Cache-Control': 'no-store' },
  vary: { 'Cache-Control': 's-maxage=60', Vary: 'X-Demo-User' },
  // Ada's address and Bert's are two resources: each may be kept.
  'own-address': { 'Cache-Control': 's-maxage=60' },
};

type Settings = { repair: string; number: number };
const settingsOf = new WeakMap<DemoContext['run'], Settings>();

/**
 * Greets each user by name, and forgets, until it is repaired, that somebody else may get it.
 *
 * Who asks is in `X-Demo-User`, which stands for a cookie: real cookies are withheld from the capture,
 * and those of other programs on `localhost` would come along.
 */
export const demo: DemoServer = {
  async request(request, response, context) {
    if (context.rest !== 'greeting') throw new RequestError(404, 'Try greeting.');
    const settings = settingsOf.get(context.run) ?? { repair: 'none', number: 0 };
    settingsOf.set(context.run, settings);
    if (request.method === 'GET') greet(request, response, settings, context);
    else if (request.method === 'PUT') {
      // Past a cache, this removes what was stored under the old fields. RFC 9111 §4.4.
      settings.repair = repairFrom(await readJsonContent(request));
      settings.number += 1;
      response.writeHead(204).end();
    } else {
      response.setHeader('Allow', 'GET, PUT');
      throw new RequestError(405, 'Ask for this with GET or PUT.');
    }
  },
};

function greet(
  request: IncomingMessage,
  response: ServerResponse,
  { repair, number }: Settings,
  context: DemoContext,
): void {
  const user = request.headers['x-demo-user'];
  if (user !== 'Ada' && user !== 'Bert') {
    throw new RequestError(401, 'Say who you are in X-Demo-User: Ada or Bert.');
  }
  context.note('greeted', { user }, context.connection);
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    ...FIELDS[repair],
    'X-Demo-Greets': user,
    'X-Demo-Setting': number,
  });
  response.end(`Hello ${user}. Your balance is ${user === 'Ada' ? '1204.50' : '87.10'}.\n`);
}

function repairFrom({ repair }: JsonObject): string {
  if (typeof repair === 'string' && Object.hasOwn(FIELDS, repair)) return repair;
  throw new RequestError(400, `repair is one of ${Object.keys(FIELDS).join(', ')}.`);
}
