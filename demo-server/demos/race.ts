import type { ServerResponse } from 'node:http';

import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { Feed, randomMoments } from '#demo-server/feed.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { sendToListener, writeToListener } from '#demo-server/unread.ts';

type Race = {
  readonly number: number;
  /** Milliseconds from the beginning to each event. */
  readonly moments: readonly number[];
  /** Of the events so far, as JSON texts. */
  readonly feed: Feed<string>;
  hasBegun: boolean;
};

/** Of each event's JSON text, so that every lane carries the same and can be counted exactly. */
export const EVENT_LENGTH = 90;
const MAX_WAIT_MS = 25_000;
const MAX_EVENTS = 100;

const webSockets = new WebSocketServer(webSocketOptions);
/** Every message stands for itself: a compressor that remembers costs memory for each connection. */
const deflating = new WebSocketServer({
  ...webSocketOptions,
  perMessageDeflate: {
    threshold: 0,
    concurrencyLimit: 4,
    serverNoContextTakeover: true,
    clientNoContextTakeover: true,
    zlibDeflateOptions: { level: 1, memLevel: 7 },
  },
});
const webSocketLanes = new Map([
  ['ws', webSockets],
  ['deflate', deflating],
]);
const races = new WeakMap<DemoContext['run'], Race>();
let racesSoFar = 0;

/** One feed of events, handed out in six ways at once. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    const server = webSocketLanes.get(context.rest);
    if (server === undefined) throw new RequestError(404, 'The WebSockets are at ws and deflate.');
    const { feed } = raceOf(context);
    server.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      const hangUp = feed.listen(0, {
        item: (text) => {
          sendToListener(webSocket, text);
        },
        end: () => {
          webSocket.close(1000);
        },
      });
      webSocket.on('error', () => undefined);
      webSocket.on('close', hangUp);
    });
  },

  async request(request, response, context) {
    switch (`${request.method ?? ''} ${context.rest}`) {
      case 'POST feed':
        answerJson(response, 201, prepare(await readJsonContent(request), context));
        return;
      case 'POST start':
        begin(raceOf(context), context);
        response.writeHead(204).end();
        return;
      case 'DELETE feed':
        // Kept: what was asked for before it ended may come after.
        races.get(context.run)?.feed.end();
        response.writeHead(204).end();
        return;
      case 'GET poll':
        answerWith(response, raceOf(context).feed.items.slice(sinceOf(context)));
        return;
      case 'GET long':
        answerInTime(response, raceOf(context), sinceOf(context));
        return;
      case 'GET events':
        openStream(response, 'text/event-stream', raceOf(context), (text, number) => {
          return `id: ${String(number)}\ndata: ${text}\n\n`;
        });
        return;
      case 'GET stream':
        openStream(response, 'application/x-ndjson', raceOf(context), (text) => `${text}\n`);
        return;
      case 'GET ws':
      case 'GET deflate':
        throw new RequestError(426, 'Open this address as a WebSocket.');
      default:
        throw new RequestError(404, 'Try POST feed, one of its lanes, then POST start.');
    }
  },
};

function answerWith(response: ServerResponse, events: readonly string[]): void {
  if (response.writableEnded) return;
  const content = `[${events.join(',')}]`;
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': content.length,
    'Cache-Control': 'no-store',
  });
  response.end(content);
}

/** Answers as soon as there is an event that the client has not got, or empty when the time is up. */
function answerInTime(response: ServerResponse, { feed }: Race, since: number): void {
  const answer = () => {
    answerWith(response, feed.items.slice(since));
  };
  const hangUp = feed.listen(since, { item: answer, end: answer });
  const timer = setTimeout(answer, MAX_WAIT_MS);
  response.once('close', () => {
    clearTimeout(timer);
    hangUp();
  });
}

/** One answer for all events; it ends with the feed. */
function openStream(
  response: ServerResponse,
  mediaType: string,
  { feed }: Race,
  write: (text: string, number: number) => string,
): void {
  response.writeHead(200, { 'Content-Type': mediaType, 'Cache-Control': 'no-store' });
  // The client waits for it: the feed begins when all lanes are open.
  response.flushHeaders();
  const hangUp = feed.listen(0, {
    item: (text, number) => {
      writeToListener(response, write(text, number));
    },
    end: () => response.end(),
  });
  response.once('close', hangUp);
}

/** Makes the run's feed anew; its events come once it is begun. */
function prepare(settings: JsonObject, context: DemoContext) {
  const seed = numberOf(settings, 'seed', 1, 9999);
  const everyMs = numberOf(settings, 'everyMs', 50, 2000);
  const count = numberOf(settings, 'events', 1, MAX_EVENTS);
  const { rhythm } = settings;
  if (rhythm !== 'even' && rhythm !== 'random') {
    throw new RequestError(400, 'rhythm is "even" or "random".');
  }
  const { run } = context;
  races.get(run)?.feed.end();
  const race: Race = {
    number: ++racesSoFar,
    moments: rhythm === 'even' ? evenMoments(count, everyMs) : randomMoments(seed, count, everyMs),
    feed: new Feed(run),
    hasBegun: false,
  };
  races.set(run, race);
  return { feed: race.number };
}

function begin(race: Race, context: DemoContext): void {
  if (race.hasBegun || race.feed.hasEnded) {
    throw new RequestError(409, 'This feed has begun. Make another, POST feed.');
  }
  race.hasBegun = true;
  context.note('feed-begins', { feed: race.number, events: race.moments.length });
  publishNext(race, performance.now(), context);
}

/** Each event has its moment, so that a late timer delays that one and no other. */
function publishNext(race: Race, beganAt: number, context: DemoContext): void {
  const { feed, moments } = race;
  const number = feed.items.length + 1;
  const moment = moments[number - 1];
  if (moment === undefined) {
    context.note('feed-over', { feed: race.number, events: feed.items.length });
    return;
  }
  feed.next(beganAt + moment - performance.now(), () => {
    const text = eventText(number, context.now());
    context.note('event', { feed: race.number, number });
    feed.publish(text);
    publishNext(race, beganAt, context);
  });
}

/** `at` is when it was published, in milliseconds on the run's clock. Spaces bring it to its length. */
function eventText(number: number, now: number): string {
  const event = {
    number,
    at: Math.round(now * 10) / 10,
    stock: 'EXMPL',
    price: (100 + Math.sin(number)).toFixed(2),
    volume: 1000 + ((number * 37) % 100),
  };
  return `${JSON.stringify(event)
    .slice(0, -1)
    .padEnd(EVENT_LENGTH - 1)}}`;
}

/** The first after half a gap: then a client that asks by the clock meets neither end of a gap. */
function evenMoments(count: number, everyMs: number): number[] {
  return Array.from({ length: count }, (_, index) => (index + 0.5) * everyMs);
}

function raceOf({ run, query }: DemoContext): Race {
  const race = races.get(run);
  if (race !== undefined && query.get('feed') === String(race.number)) return race;
  throw new RequestError(409, 'There is no such feed here. Make one with POST feed.');
}

function sinceOf({ query }: DemoContext): number {
  const text = query.get('since') ?? '0';
  return numberOf({ since: /^\d{1,3}$/.test(text) ? Number(text) : NaN }, 'since', 0, MAX_EVENTS);
}

function numberOf(settings: JsonObject, name: string, least: number, most: number): number {
  const { [name]: value } = settings;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  throw new RequestError(
    400,
    `${name} is a whole number, ${String(least)} to ${String(most)}, such as ${String(least)}.`,
  );
}
