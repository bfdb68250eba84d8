import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebSocketServer, type WebSocket } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError, SECURITY_FIELDS } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { Shelf, type Outcome, type Wish } from '#demo-server/shelf.ts';
import { matchesStrongly, parseEntityTags } from '#protocol/fields/entity-tag.ts';

/** What both ends of a WebSocket may have agreed on; the server speaks these and no more. */
const PIECES = [
  'methods',
  'ids',
  'statuses',
  'errors',
  'versions',
  'freshness',
  'types',
  'trace',
] as const;
type Pieces = ReadonlySet<(typeof PIECES)[number]>;

/** Of a run; the oldest is forgotten. */
const MAX_SHELVES = 8;
const MAX_TEXT = 1000;
const NAME = /^[a-z]{1,20}$/;
const TRACE = /^[0-9a-f]{32}$/;
const STATUS_CODES = { done: 200, missing: 404, changed: 412, 'too-long': 413, full: 507 } as const;

const webSockets = new WebSocketServer(webSocketOptions);
const shelvesOf = new WeakMap<DemoContext['run'], Map<number, Shelf>>();

/** One shelf of resources, by HTTP, or over a WebSocket with as much of a protocol as was agreed on. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    const { shelf, name } = placeOf(context);
    if (name !== 'ws') throw new RequestError(404, 'The WebSocket of a shelf is at its ws.');
    const pieces = readPieces(context.query.get('pieces') ?? '');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.on('error', () => undefined);
      webSocket.on('message', (message) => {
        answerMessage(webSocket, (message as Buffer).toString(), pieces, shelf, context).catch(
          (error: unknown) => {
            webSocket.close(1008, error instanceof RequestError ? error.message : '');
          },
        );
      });
    });
  },

  async request(request, response, context) {
    if (request.method === 'POST' && context.rest === 'shelves') {
      await readJsonContent(request);
      answerJson(response, 201, { shelf: begin(context) });
      return;
    }
    const { shelf, name } = placeOf(context);
    const wish = await readRequest(request, name);
    const outcome = await shelf.carryOut(wish, context.run.ended);
    const [, trace] = /^00-([0-9a-f]{32})-/.exec(String(request.headers['traceparent'])) ?? [];
    note(context, 'HTTP', wish, outcome, trace);
    answerRequest(response, outcome);
  },
};

async function answerMessage(
  webSocket: WebSocket,
  text: string,
  pieces: Pieces,
  shelf: Shelf,
  context: DemoContext,
): Promise<void> {
  const message = parse(text);
  const wish = readMessage(message, pieces);
  const { id, trace } = message;
  const outcome = await shelf.carryOut(wish, context.run.ended);
  const isTraced = pieces.has('trace') && typeof trace === 'string' && TRACE.test(trace);
  note(context, 'WebSocket', wish, outcome, isTraced ? trace : undefined);
  const { status, value, version, type, freshSeconds, limit } = outcome;
  webSocket.send(
    JSON.stringify({
      ...(pieces.has('ids') && typeof id === 'string' && { id: id.slice(0, 40) }),
      ...(pieces.has('statuses') && { status }),
      ...(pieces.has('errors') && status !== 'done' && { error: { reason: status, limit } }),
      ...(pieces.has('versions') && { version }),
      ...(pieces.has('types') && { type }),
      ...(pieces.has('freshness') && { freshSeconds }),
      value,
    }),
    () => undefined,
  );
}

/** Without a word for what is wanted, a message with a value can only be a write. */
function readMessage(message: JsonObject, pieces: Pieces): Wish {
  const { name, value, if: ifVersion, type } = message;
  const asked = pieces.has('methods') ? message['do'] : value === undefined ? 'get' : 'put';
  if (asked !== 'get' && asked !== 'put' && asked !== 'delete') {
    throw new RequestError(400, 'Say what to do: get, put or delete.');
  }
  return {
    do: asked,
    name: nameIn(name),
    ...(value !== undefined && { value: textIn(value) }),
    ...(pieces.has('versions') &&
      ifVersion !== undefined && { isMeantFor: (version) => version === ifVersion }),
    ...(pieces.has('types') && type !== undefined && { type: textIn(type) }),
  };
}

async function readRequest(request: IncomingMessage, name: string): Promise<Wish> {
  const method = request.method?.toLowerCase();
  if (method !== 'get' && method !== 'put' && method !== 'delete') {
    throw new RequestError(405, 'Read with GET, replace with PUT, remove with DELETE.');
  }
  const condition = request.headers['if-match'];
  const value = method === 'put' ? (await readJsonContent(request))['value'] : undefined;
  return {
    do: method,
    name: nameIn(name),
    ...(value !== undefined && { value: textIn(value) }),
    ...(condition !== undefined && { isMeantFor: (version) => isMatched(condition, version) }),
    type: request.headers.accept ?? '',
  };
}

/** RFC 9110 §13.1.1. */
function isMatched(condition: string, version: string | undefined): boolean {
  const tags = parseEntityTags(condition);
  if (version === undefined || tags === undefined) return false;
  return tags === '*' || tags.some((tag) => matchesStrongly(tag, { weak: false, opaque: version }));
}

/** Each thing in the field or code that HTTP has for it. */
function answerRequest(response: ServerResponse, outcome: Outcome): void {
  const { status, value, type, version, freshSeconds = 0, limit } = outcome;
  const isDone = status === 'done';
  const problem = JSON.stringify({ title: status, status: STATUS_CODES[status], limit });
  const content = isDone ? value : problem;
  const statusCode = isDone && value === undefined ? 204 : STATUS_CODES[status];
  response.writeHead(statusCode, {
    ...SECURITY_FIELDS,
    ...(version !== undefined && { ETag: `"${version}"` }),
    ...(content !== undefined && {
      // RFC 9457 §3.
      'Content-Type': isDone ? type : 'application/problem+json',
      'Content-Length': Buffer.byteLength(content),
    }),
    'Cache-Control': freshSeconds > 0 ? `max-age=${String(freshSeconds)}` : 'no-cache',
    Vary: 'Accept',
  });
  response.end(content);
}

function note(
  context: DemoContext,
  over: string,
  wish: Wish,
  { status }: Outcome,
  trace: string | undefined,
): void {
  const data = { over, do: wish.do, of: wish.name, status, trace };
  context.note('handled', data, context.connection);
}

function begin({ run }: DemoContext): number {
  const shelves = shelvesOf.get(run) ?? new Map<number, Shelf>();
  shelvesOf.set(run, shelves);
  const number = ([...shelves.keys()].at(-1) ?? 0) + 1;
  shelves.set(number, new Shelf());
  const [oldest = 0] = shelves.keys();
  if (shelves.size > MAX_SHELVES) shelves.delete(oldest);
  return number;
}

function placeOf({ rest, run }: DemoContext): { shelf: Shelf; name: string } {
  const [, number, name = ''] = /^shelves\/(\d{1,9})\/([a-z]+)$/.exec(rest) ?? [];
  const shelf = shelvesOf.get(run)?.get(Number(number));
  if (shelf === undefined) throw new RequestError(404, 'Begin a shelf with POST shelves.');
  return { shelf, name };
}

function readPieces(list: string): Pieces {
  const names = list === '' ? [] : list.split(',');
  const pieces = PIECES.filter((piece) => names.includes(piece));
  if (pieces.length === names.length) return new Set(pieces);
  throw new RequestError(400, `Agree on some of ${PIECES.join(', ')}, each once.`);
}

function nameIn(value: unknown): string {
  if (typeof value === 'string' && NAME.test(value)) return value;
  throw new RequestError(400, 'A name has 1 to 20 small letters.');
}

function textIn(value: unknown): string {
  if (typeof value === 'string' && value.length <= MAX_TEXT) return value;
  throw new RequestError(400, `A text of at most ${String(MAX_TEXT)} characters, please.`);
}

function parse(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as JsonObject;
  } catch {
    // Falls through to the one sentence for both.
  }
  throw new RequestError(400, 'A message is a JSON object, such as {"name":"tea"}.');
}
