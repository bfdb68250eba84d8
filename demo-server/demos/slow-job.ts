import { setTimeout as wait } from 'node:timers/promises';

import type { ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { sendToListener, writeToListener } from '#demo-server/unread.ts';

type Cake = {
  readonly cake: number;
  state: 'baking' | 'baked';
  /** When it was baked, in milliseconds on the run's clock. */
  at?: number;
};

type Bakery = {
  last: number;
  /** The newest, by number. */
  readonly cakes: Map<number, Cake>;
  /** Baked cakes in the order in which they were: an event's id is its place, from 1. */
  baked: number;
  readonly outcomes: Map<number, Cake>;
  readonly listeners: Set<(id: number, cake: Cake) => void>;
};

/** Of a run: what is remembered, what is in the oven, and who listens. */
const MAX_CAKES = 32;
const MAX_BAKING = 4;
const MAX_LISTENERS = 8;
const MIN_MS = 200;
const MAX_MS = 5000;
const RETRY_MS = 500;

const webSockets = new WebSocketServer(webSocketOptions);
const bakeries = new WeakMap<DemoContext['run'], Bakery>();

/** A bakery: an order is answered when the cake is baked, or at once and its outcome told otherwise. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket is at ws.');
    const bakery = bakeryOf(context);
    refuseMoreThan(MAX_LISTENERS, bakery.listeners.size);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      context.adopt(webSocket);
      const tell = (_id: number, cake: Cake) => {
        sendToListener(webSocket, JSON.stringify(cake));
      };
      bakery.listeners.add(tell);
      webSocket.on('message', () => webSocket.close(1008, 'Order with POST cakes; listen here.'));
      webSocket.on('error', () => undefined);
      webSocket.on('close', () => bakery.listeners.delete(tell));
    });
  },

  async request(request, response, context) {
    const bakery = bakeryOf(context);
    const [, number] = /^cakes\/(\d{1,9})$/.exec(context.rest) ?? [];
    if (request.method === 'POST' && context.rest === 'cakes') {
      await takeOrder(await readJsonContent(request), response, bakery, context);
    } else if (request.method === 'GET' && number !== undefined) {
      const cake = bakery.cakes.get(Number(number));
      if (cake === undefined) throw new RequestError(404, 'No such cake is remembered. Order one.');
      context.note('asked', { cake: cake.cake, state: cake.state }, context.connection);
      answerJson(response, 200, cake);
    } else if (request.method === 'GET' && context.rest === 'outcomes') {
      sendOutcomes(request.headers['last-event-id']?.toString(), response, bakery);
    } else {
      throw new RequestError(
        404,
        'Try POST cakes, GET cakes/ with a number, GET outcomes or the ws.',
      );
    }
  },
};

async function takeOrder(
  { bakesMs, answer }: JsonObject,
  response: ServerResponse,
  bakery: Bakery,
  context: DemoContext,
): Promise<void> {
  if (!isWholeNumber(bakesMs, MIN_MS, MAX_MS)) {
    throw new RequestError(400, `A cake bakes ${String(MIN_MS)} to ${String(MAX_MS)} ms: bakesMs.`);
  }
  if (answer !== 'at-once' && answer !== 'when-baked') {
    throw new RequestError(400, 'Have it answered "at-once" or "when-baked".');
  }
  const baking = [...bakery.cakes.values()].filter(({ state }) => state === 'baking').length;
  if (baking >= MAX_BAKING) {
    throw new RequestError(429, `${String(MAX_BAKING)} cakes are in the oven. Wait for one.`);
  }
  const cake: Cake = { cake: (bakery.last += 1), state: 'baking' };
  remember(bakery.cakes, cake.cake, cake);
  context.note('begun', { cake: cake.cake, bakesMs }, context.connection);
  // The cake does not care whether anybody waits for it; only the end of the run stops it.
  const baked = bake(cake, bakesMs, bakery, context);
  if (answer === 'when-baked') {
    await baked;
    context.note('answered', { cake: cake.cake, statusCode: 200 }, context.connection);
    answerJson(response, 200, cake);
    return;
  }
  baked.catch(() => undefined);
  context.note('answered', { cake: cake.cake, statusCode: 202 }, context.connection);
  // RFC 9110 §15.3.3: it ought to say how it stands, and where to ask again.
  answerJson(response, 202, { ...cake, monitor: `cakes/${String(cake.cake)}` });
}

async function bake(cake: Cake, ms: number, bakery: Bakery, context: DemoContext): Promise<void> {
  await wait(ms, undefined, { signal: context.run.ended });
  cake.state = 'baked';
  cake.at = Math.round(context.now() * 10) / 10;
  context.note('baked', { cake: cake.cake });
  const id = (bakery.baked += 1);
  remember(bakery.outcomes, id, cake);
  for (const tell of bakery.listeners) tell(id, cake);
}

/** What a stream missed while it was cut comes first. WHATWG HTML §9.2.3, Last-Event-ID. */
function sendOutcomes(lastId: string | undefined, response: ServerResponse, bakery: Bakery): void {
  refuseMoreThan(MAX_LISTENERS, bakery.listeners.size);
  const tell = (id: number, cake: Cake) => {
    writeToListener(response, `id: ${String(id)}\ndata: ${JSON.stringify(cake)}\n\n`);
  };
  bakery.listeners.add(tell);
  response.once('close', () => bakery.listeners.delete(tell));
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  const after = /^\d{1,9}$/.test(lastId ?? '') ? Number(lastId) : bakery.baked;
  // Who is cut off before the first outcome has a place to go on from, too.
  response.write(`retry: ${String(RETRY_MS)}\nid: ${String(after)}\n\n`);
  for (const [id, cake] of bakery.outcomes) if (id > after) tell(id, cake);
}

function refuseMoreThan(most: number, listeners: number): void {
  if (listeners < most) return;
  throw new RequestError(429, `A run has at most ${String(most)} listeners. Close one.`);
}

function isWholeNumber(value: unknown, min: number, max: number): value is number {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max;
}

function remember(among: Map<number, Cake>, number: number, cake: Cake): void {
  among.set(number, cake);
  const [oldest] = among.keys();
  if (among.size > MAX_CAKES && oldest !== undefined) among.delete(oldest);
}

function bakeryOf({ run }: DemoContext): Bakery {
  const bakery = bakeries.get(run) ?? {
    last: 0,
    cakes: new Map(),
    baked: 0,
    outcomes: new Map(),
    listeners: new Set(),
  };
  bakeries.set(run, bakery);
  return bakery;
}
