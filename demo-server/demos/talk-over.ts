import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';

/** A side's own number, and the last one that it had heard of the other side when it said it. */
type Said = { readonly n: number; readonly heard: number };

type Talk = {
  readonly number: number;
  readonly beganAt: number;
  /** Last number that the server said. */
  said: number;
  /** Last number of the page that has arrived. */
  heard: number;
  /** Number of the connection that the server's last number went on. */
  saidOn: number | undefined;
};

/** The server has something to say so often. */
const EVERY_MS = 70;
/** Of one side in one talk. */
const MAX_NUMBERS = 1000;
/** Of a run; older ones are closed. */
const MAX_TALKS = 16;

const webSockets = new WebSocketServer(webSocketOptions);
const talksOf = new WeakMap<DemoContext['run'], Talk[]>();

/** Two sides that count aloud, each by its own clock, over three transports. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    const { talk, what } = placeOf(context);
    if (what !== 'ws') throw new RequestError(404, 'The WebSocket of a talk is at its ws.');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      const stop = keepSaying(talk, context, (said) => {
        webSocket.send(JSON.stringify(said));
      });
      webSocket.on('message', (message) => {
        try {
          hear(parse((message as Buffer).toString()), talk, context);
        } catch (error) {
          webSocket.close(1008, error instanceof RequestError ? error.message : '');
        }
      });
      webSocket.on('error', () => undefined);
      webSocket.on('close', stop);
    });
  },

  async request(request, response, context) {
    const line = `${request.method ?? ''} ${context.rest.replace(/\d+/, 'n')}`;
    switch (line) {
      case 'POST talks':
        answerJson(response, 201, { talk: begin(context), everyMs: EVERY_MS });
        return;
      case 'GET talks/n/events':
        sendEvents(request, response, context);
        return;
      case 'POST talks/n/numbers':
        hear(await readJsonContent(request), placeOf(context).talk, context);
        response.writeHead(204).end();
        return;
      case 'POST talks/n/exchange':
        exchange(await readJsonContent(request), response, context);
        return;
      default:
        throw new RequestError(404, 'Begin with POST talks; a talk has ws, events and exchange.');
    }
  },
};

/** One answer without an end, a number at a time. WHATWG HTML §9.2. */
function sendEvents(request: IncomingMessage, response: ServerResponse, context: DemoContext) {
  const { talk } = placeOf(context);
  // Who lost the stream gets no other: a talk is over with its stream.
  if (request.headers['last-event-id'] !== undefined) {
    response.writeHead(204).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  const stop = keepSaying(talk, context, (said) => {
    response.write(`id: ${String(said.n)}\ndata: ${JSON.stringify(said)}\n\n`);
  });
  response.once('close', stop);
}

/** Takes one number, and answers with all that the server would have liked to say meanwhile. */
function exchange(content: JsonObject, response: ServerResponse, context: DemoContext): void {
  const { talk } = placeOf(context);
  hear(content, talk, context);
  const due = Math.min(MAX_NUMBERS, Math.floor((performance.now() - talk.beganAt) / EVERY_MS));
  const numbers: Said[] = [];
  while (talk.said < due) numbers.push(say(talk, context));
  answerJson(response, 200, { numbers });
}

/** Says the next number, and the next, until the returned function is called. */
function keepSaying(talk: Talk, context: DemoContext, send: (said: Said) => void): () => void {
  const timer = setInterval(() => {
    send(say(talk, context));
    if (talk.said >= MAX_NUMBERS) clearInterval(timer);
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
  };
}

function say(talk: Talk, context: DemoContext): Said {
  talk.said += 1;
  talk.saidOn = context.connection;
  const said = { n: talk.said, heard: talk.heard };
  context.note('said', { ...said, talk: talk.number }, context.connection);
  return said;
}

/**
 * Takes a number of the page.
 *
 * The page says which of ours it had heard when it spoke, and we know which we had said when that
 * arrives. Those between were on their way down while this one was on its way up: they crossed. No
 * clocks have to be compared for this, each side's own order is enough.
 */
function hear(content: JsonObject, talk: Talk, context: DemoContext): void {
  const n = wholeNumber(content, 'n', 1, MAX_NUMBERS);
  const heard = wholeNumber(content, 'heard', 0, talk.said);
  talk.heard = Math.max(talk.heard, n);
  const crossed = talk.said - heard;
  const sameConnection = crossed > 0 && talk.saidOn === context.connection;
  const data = { n, heard, talk: talk.number, crossed, sameConnection };
  context.note('heard', data, context.connection);
}

function begin({ run }: DemoContext): number {
  const talks = talksOf.get(run) ?? [];
  talksOf.set(run, talks);
  const number = (talks.at(-1)?.number ?? 0) + 1;
  talks.push({ number, beganAt: performance.now(), said: 0, heard: 0, saidOn: undefined });
  if (talks.length > MAX_TALKS) talks.shift();
  return number;
}

function placeOf({ rest, run }: DemoContext): { talk: Talk; what: string } {
  const [, number = '', what = ''] = /^talks\/(\d{1,9})\/([a-z]+)$/.exec(rest) ?? [];
  const talk = talksOf.get(run)?.find((one) => one.number === Number(number));
  if (talk === undefined) throw new RequestError(404, 'Begin a talk with POST talks.');
  return { talk, what };
}

function wholeNumber(content: JsonObject, name: string, least: number, most: number): number {
  const value = content[name];
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw new RequestError(400, `${name} is a whole number, ${String(least)} to ${String(most)}.`);
}

function parse(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as JsonObject;
  } catch {
    // Falls through to the one sentence for both.
  }
  throw new RequestError(400, 'Say a JSON object, such as {"n":1,"heard":0}.');
}
