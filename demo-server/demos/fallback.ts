import type { IncomingMessage, ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { sendToListener, writeToListener } from '#demo-server/unread.ts';

type Update = { readonly number: number; readonly at: number };
type Subscriber = { update: (update: Update) => void; done: () => void };
type Feed = {
  updates: Update[];
  done: boolean;
  timer: NodeJS.Timeout | undefined;
  readonly subscribers: Set<Subscriber>;
};

const MAX_WAIT_SECONDS = 25;

const webSockets = new WebSocketServer(webSocketOptions);
const feeds = new WeakMap<DemoContext['run'], Feed>();

/** One feed of numbered updates, to be had in three ways. Each begins after the number one has. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'feed/ws') throw new RequestError(404, 'The feed is at feed/ws.');
    const after = startingNumber(context.query.get('after'), context);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      webSocket.send(JSON.stringify({ hello: true }));
      const unsubscribe = subscribe('websocket', after, context, {
        update: (update) => {
          sendToListener(webSocket, JSON.stringify(update));
        },
        done: () => {
          webSocket.close(1000);
        },
      });
      webSocket.on('error', () => undefined);
      webSocket.on('close', unsubscribe);
    });
  },

  async request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'POST feed':
        answerJson(response, 201, start(await readJsonContent(request), context));
        return;
      case 'GET feed/events':
        sendEvents(request, response, context);
        return;
      case 'GET feed/poll':
        answerPoll(response, context);
        return;
      case 'GET feed/ws':
        response.setHeader('Upgrade', 'websocket'); // RFC 9110 §15.5.22
        throw new RequestError(426, 'Open this address as a WebSocket.');
      default:
        throw new RequestError(404, 'Try POST feed, then feed/ws, feed/events or feed/poll.');
    }
  },
};

/** An event stream as EventSource reads it. WHATWG HTML §9.2. */
function sendEvents(request: IncomingMessage, response: ServerResponse, context: DemoContext) {
  const lastEventId = request.headers['last-event-id'];
  const after = startingNumber(lastEventId?.toString() ?? context.query.get('after'), context);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write('event: hello\ndata: {"hello":true}\n\n');
  const unsubscribe = subscribe('sse', after, context, {
    update: (update) => {
      writeToListener(
        response,
        `id: ${String(update.number)}\ndata: ${JSON.stringify(update)}\n\n`,
      );
    },
    done: () => {
      response.end('event: done\ndata: {}\n\n');
    },
  });
  response.once('close', unsubscribe);
}

/** Answers at once when there is something newer, else with the next update or when time is up. */
function answerPoll(response: ServerResponse, context: DemoContext) {
  const after = startingNumber(context.query.get('after'), context);
  const waitSeconds = Number(context.query.get('wait') ?? MAX_WAIT_SECONDS);
  if (!(waitSeconds >= 0 && waitSeconds <= MAX_WAIT_SECONDS)) {
    throw new RequestError(400, `Wait for 0 to ${String(MAX_WAIT_SECONDS)} seconds.`);
  }
  const feed = feedOf(context.run);
  const answer = () => {
    if (response.writableEnded) return;
    const updates = feed.updates.filter(({ number }) => number > after);
    answerJson(response, 200, { updates, last: updates.at(-1)?.number ?? after, done: feed.done });
  };
  const unsubscribe = subscribe('poll', after, context, { update: answer, done: answer });
  const timer = setTimeout(answer, waitSeconds * 1000);
  response.once('close', () => {
    clearTimeout(timer);
    unsubscribe();
  });
}

/** Gives a subscriber what it has missed, then what comes; returns how to stop it. */
function subscribe(transport: string, after: number, context: DemoContext, subscriber: Subscriber) {
  const feed = feedOf(context.run);
  const late: Subscriber = {
    ...subscriber,
    update: (update) => {
      if (update.number > after) subscriber.update(update);
    },
  };
  context.note('subscribe', { transport, after }, context.connection);
  feed.updates.forEach(late.update);
  if (feed.done) late.done();
  else feed.subscribers.add(late);
  return () => {
    feed.subscribers.delete(late);
    context.note('unsubscribe', { transport }, context.connection);
  };
}

/** Begins the run's feed anew. */
function start(content: JsonObject, context: DemoContext) {
  const updates = boundedNumber(content, 'updates', 16, 1, 100);
  const intervalMs = boundedNumber(content, 'intervalMs', 250, 10, 5000);
  const pauseAfter = boundedNumber(content, 'pauseAfter', 8, 0, 100);
  const pauseMs = boundedNumber(content, 'pauseMs', 3000, 0, 10_000);
  const feed = feedOf(context.run);
  clearTimeout(feed.timer);
  Object.assign(feed, { updates: [], done: false });

  const publish = () => {
    const update = { number: feed.updates.length + 1, at: Date.now() };
    feed.updates.push(update);
    feed.done = update.number === updates;
    context.note('publish', { number: update.number });
    for (const subscriber of [...feed.subscribers]) subscriber.update(update);
    if (feed.done) finish(feed);
    else feed.timer = setTimeout(publish, update.number === pauseAfter ? pauseMs : intervalMs);
  };
  feed.timer = setTimeout(publish, intervalMs);
  return { updates, intervalMs, pauseAfter, pauseMs };
}

function finish(feed: Feed) {
  for (const subscriber of [...feed.subscribers]) subscriber.done();
  feed.subscribers.clear();
}

function feedOf(run: DemoContext['run']): Feed {
  const known = feeds.get(run);
  if (known !== undefined) return known;
  const feed: Feed = { updates: [], done: false, timer: undefined, subscribers: new Set() };
  feeds.set(run, feed);
  run.ended.addEventListener('abort', () => {
    clearTimeout(feed.timer);
  });
  return feed;
}

/** The number after which a reader wants updates; who names none gets those from now on. */
function startingNumber(text: string | null, context: DemoContext): number {
  if (text === null) return feedOf(context.run).updates.length;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new RequestError(400, 'Give the number of the last update you have, such as ?after=8.');
}

function boundedNumber(
  content: JsonObject,
  name: string,
  usual: number,
  least: number,
  most: number,
): number {
  const value = content[name] ?? usual;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw new RequestError(400, `${name} is a whole number, ${String(least)} to ${String(most)}.`);
}
