import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent } from '#demo-server/front/json-content.ts';
import { hideOne, judgeName, suspects } from '#demo-server/hidden-box.ts';
import { later } from '#demo-server/later.ts';
import { sendToListener, writeToListener } from '#demo-server/unread.ts';

type Update = { readonly number: number; readonly at: number };
type Feed = {
  updates: Update[];
  timer?: NodeJS.Timeout;
  readonly listeners: Set<Listener>;
  heart?: NodeJS.Timeout;
};
type Listener = {
  readonly catchUp: () => void;
  readonly beat?: () => void;
  /** Told when another feed begins in place of this one. */
  readonly replaced?: () => void;
};

/** Eight updates, a silence, eight more; then it goes on, so that no answer ends for want of one. */
const UPDATES = 100;
const INTERVAL_MS = 100;
const SILENCE = { after: 8, ms: 3000 };
/** What a probe waits for; what comes later keeps connections busy and is nobody's news. */
const NEWS = 2 * SILENCE.after;
/** After this an EventSource that lost its connection comes back; by itself it would take three seconds. */
const RETRY_MS = 400;
/** Shorter than an idle box here waits. */
const BEAT_MS = 700;
const SLOW_LINES = 6;
const SLOW_MS = 500;

const webSockets = new WebSocketServer(webSocketOptions);
const feeds = new WeakMap<DemoContext['run'], Feed>();

/** One feed of numbered updates in five ways, and three requests that a path can be tried with. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'live') throw new RequestError(404, 'The WebSocket is at live.');
    const after = startingNumber(request, context);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      const send = (update: Update) => {
        sendToListener(webSocket, JSON.stringify(update));
      };
      const unsubscribe = subscribe('websocket', after, context, send, () => {
        webSocket.ping();
      });
      webSocket.on('error', () => undefined);
      webSocket.on('close', unsubscribe);
    });
  },

  async request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'POST feed':
        publishAnew(await readJsonContent(request), context);
        answerJson(response, 201, { updates: UPDATES, intervalMs: INTERVAL_MS });
        return;
      case 'GET published':
        answerWhenPublished(response, context);
        return;
      case 'GET live':
        // Who asks without Upgrade is answered as anybody: here by a page.
        answerText(response, 'This page has a WebSocket too, for who asks to upgrade.\n');
        return;
      case 'GET events':
        sendEvents(request, response, context);
        return;
      case 'GET poll':
        answerPoll(request, response, context);
        return;
      case 'GET page':
        answerText(response, `You asked in HTTP/${request.httpVersion}.\n`);
        return;
      case 'GET slow':
        answerSlowly(response);
        return;
      case 'POST order':
        await readJsonContent(request);
        answerJson(response, 201, { made: true });
        return;
      case 'POST hidden':
        hideOne(await readJsonContent(request), context);
        answerJson(response, 201, { boxes: suspects });
        return;
      case 'POST guess':
        answerJson(response, 200, judgeName(await readJsonContent(request), context));
        return;
      default:
        throw new RequestError(404, 'Try POST feed, then live, events or poll; or page and slow.');
    }
  },
};

/** An event stream as EventSource reads it. WHATWG HTML §9.2. */
function sendEvents(request: IncomingMessage, response: ServerResponse, context: DemoContext) {
  const after = startingNumber(request, context);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.flushHeaders();
  const write = (text: string) => {
    writeToListener(response, text);
  };
  write(`retry: ${String(RETRY_MS)}\n\n`);
  const send = (update: Update) => {
    write(`id: ${String(update.number)}\ndata: ${JSON.stringify(update)}\n\n`);
  };
  const unsubscribe = subscribe('sse', after, context, send, () => {
    write(': beat\n\n');
  });
  response.once('close', unsubscribe);
}

/** `wait=on`: with the next update or after twenty seconds; else at once with what there is. */
function answerPoll(request: IncomingMessage, response: ServerResponse, context: DemoContext) {
  const after = startingNumber(request, context);
  const newer: Update[] = [];
  const answer = () => {
    if (!response.writableEnded) answerJson(response, 200, { updates: newer });
  };
  const unsubscribe = subscribe('poll', after, context, (update) => {
    newer.push(update);
    // Those that it has missed come in one go.
    queueMicrotask(answer);
  });
  response.once('close', unsubscribe);
  if (context.query.get('wait') === 'on') later(20_000, response, answer);
  else queueMicrotask(answer);
}

/** With nothing, once the last of the sixteen is out: a clock for who waits for it on another path. */
function answerWhenPublished(response: ServerResponse, { run }: DemoContext) {
  const feed = feedOf(run);
  const answer = () => {
    if (!response.writableEnded) response.writeHead(204, { 'Cache-Control': 'no-store' }).end();
  };
  const listener: Listener = {
    catchUp() {
      if (feed.updates.length >= NEWS) answer();
    },
    replaced: answer,
  };
  feed.listeners.add(listener);
  response.once('close', () => feed.listeners.delete(listener));
  listener.catchUp();
}

/** A line each half second: three seconds until it is whole. */
function answerSlowly(response: ServerResponse) {
  response.writeHead(200, { 'Content-Type': 'text/plain', 'Cache-Control': 'no-store' });
  const write = (line: number) => {
    response.write(`line ${String(line)}\n`);
    later(SLOW_MS, response, () => {
      if (line < SLOW_LINES) write(line + 1);
      else response.end();
    });
  };
  write(1);
}

function answerText(response: ServerResponse, text: string) {
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(text);
}

/** Gives a subscriber what it has missed, then what comes; returns how to stop it. */
function subscribe(
  transport: string,
  after: number,
  context: DemoContext,
  take: (update: Update) => void,
  beat?: () => void,
) {
  const feed = feedOf(context.run);
  let last = after;
  const catchUp = () => {
    for (const update of feed.updates.slice(last)) take(update);
    last = Math.max(last, feed.updates.length);
  };
  context.note('subscribe', { transport, after }, context.connection);
  catchUp();
  const listener: Listener = { catchUp, ...(beat && { beat }) };
  feed.listeners.add(listener);
  return () => {
    feed.listeners.delete(listener);
    context.note('unsubscribe', { transport }, context.connection);
  };
}

function publishAnew({ beats }: { beats?: unknown }, context: DemoContext) {
  const { run } = context;
  const feed = feedOf(run);
  stop(feed);
  feed.updates = [];
  for (const { replaced } of feed.listeners) replaced?.();
  // Who still listens to the one before would get the new one from its middle on.
  feed.listeners.clear();
  const publish = () => {
    const number = feed.updates.push({ number: feed.updates.length + 1, at: Date.now() });
    if (number <= NEWS) context.note('publish', { number });
    for (const { catchUp } of feed.listeners) catchUp();
    if (number === UPDATES) stop(feed);
    else feed.timer = setTimeout(publish, number === SILENCE.after ? SILENCE.ms : INTERVAL_MS);
  };
  feed.timer = setTimeout(publish, INTERVAL_MS);
  if (beats !== true) return;
  feed.heart = setInterval(() => {
    for (const { beat } of feed.listeners) beat?.();
  }, BEAT_MS);
}

function stop(feed: Feed) {
  clearTimeout(feed.timer);
  clearInterval(feed.heart);
}

function feedOf(run: DemoContext['run']): Feed {
  const known = feeds.get(run);
  if (known !== undefined) return known;
  const feed: Feed = { updates: [], listeners: new Set() };
  feeds.set(run, feed);
  run.ended.addEventListener('abort', () => {
    stop(feed);
  });
  return feed;
}

/** The number after which updates are wanted; what EventSource sends when it comes back goes first. */
function startingNumber({ headers }: IncomingMessage, { query }: DemoContext): number {
  const text = headers['last-event-id']?.toString() ?? query.get('after') ?? '0';
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new RequestError(400, 'Give the number of the last update you have, such as ?after=8.');
}
