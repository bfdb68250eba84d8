import { setTimeout as wait } from 'node:timers/promises';

import { WebSocketServer, type WebSocket } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';

/** One coffee for one table. Without an id, two of them look like two coffees. */
type Order = {
  readonly id: string | undefined;
  readonly table: number;
  /** Came in this round trip of its batch: one more than were answered by then. */
  readonly roundTrip: number;
};

type Batch = {
  readonly number: number;
  readonly acknowledge: boolean;
  readonly deduplicate: boolean;
  /** Whether a WebSocket's next order waits until the one before is done. */
  readonly oneAtATime: boolean;
  /** Milliseconds that the coffee for each table takes, the first table's first. */
  readonly delays: readonly number[];
  /** The work on each id, done or under way. */
  readonly known: Map<string, Promise<void>>;
  /** By table. */
  readonly coffees: Map<number, number>;
  arrived: number;
  /** Round trips that were answered; a handshake is one. */
  roundTrips: number;
};

const TABLES = 10;
/** What a stuck program takes for a coffee: no run lasts as long. */
const STUCK_MS = 2 ** 31 - 1;
/** Of a batch, retries included. */
const MAX_ORDERS = 200;
/** Of a run; older ones are closed. */
const MAX_BATCHES = 8;
/** Where a 202 was the answer, this table's coffee is accepted and then never made. */
export const FORGOTTEN_TABLE = 3;

const webSockets = new WebSocketServer(webSocketOptions);
const batchesOf = new WeakMap<DemoContext['run'], Batch[]>();

/** A café that takes orders over a WebSocket or by POST, and notes what it really has made. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    const { batch, what } = placeOf(context);
    if (what !== 'ws') throw new RequestError(404, 'The WebSocket of a batch is at its ws.');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      serve(webSocket, batch, context);
    });
  },

  async request(request, response, context) {
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      throw new RequestError(405, 'Ask for this with POST.');
    }
    if (context.rest === 'batches') {
      answerJson(response, 201, { batch: begin(await readJsonContent(request), context) });
      return;
    }
    const { batch, what } = placeOf(context);
    if (what !== 'orders' && what !== 'jobs' && what !== 'lists') {
      throw new RequestError(404, 'A batch has the addresses orders, lists, jobs and ws.');
    }
    const roundTrip = batch.roundTrips + 1;
    const answer = (statusCode: number, value: unknown) => {
      batch.roundTrips = Math.max(batch.roundTrips, roundTrip);
      answerJson(response, statusCode, value);
    };
    const content = await readJsonContent(request);
    if (what === 'lists') {
      const orders = takeList(content, batch, roundTrip, context);
      for (const order of orders) await make(order, batch, context);
      answer(200, { made: orders.map(({ table }) => table) });
      return;
    }
    const order = take(content, batch, roundTrip, context);
    if (what === 'orders') {
      await make(order, batch, context);
      answer(200, { made: order.table });
      return;
    }
    answer(202, { accepted: order.table });
    // The client has its answer; whatever goes wrong from here on, it is not told.
    if (order.table === FORGOTTEN_TABLE) note(context, 'forgotten', batch, order);
    else await make(order, batch, context);
  },
};

function serve(webSocket: WebSocket, batch: Batch, context: DemoContext): void {
  context.adopt(webSocket);
  batch.roundTrips += 1;
  // What comes on it waits for no other answer.
  const roundTrip = batch.roundTrips + 1;
  let before = Promise.resolve();
  const serveOrder = async (order: Order) => {
    await make(order, batch, context);
    if (batch.acknowledge && order.id !== undefined) {
      webSocket.send(JSON.stringify({ ack: order.id }), () => undefined);
    }
  };
  webSocket.on('message', (message) => {
    try {
      const order = take(parse((message as Buffer).toString()), batch, roundTrip, context);
      const served = batch.oneAtATime ? before.then(() => serveOrder(order)) : serveOrder(order);
      // The run has ended: nobody waits for coffee any more.
      before = served.catch(() => undefined);
    } catch (error) {
      webSocket.close(1008, error instanceof RequestError ? error.message : '');
    }
  });
  webSocket.on('error', () => undefined);
}

/** Makes the coffee; for an id that is known, it waits until that one is made. */
async function make(order: Order, batch: Batch, context: DemoContext): Promise<void> {
  const known = batch.known.get(order.id ?? '');
  if (batch.deduplicate && known !== undefined) {
    note(context, 'duplicate', batch, order);
    await known;
    return;
  }
  const work = brew(order, batch, context);
  if (order.id !== undefined) batch.known.set(order.id, work);
  await work;
}

async function brew(order: Order, batch: Batch, context: DemoContext): Promise<void> {
  const { table } = order;
  await wait(batch.delays[table - 1], undefined, { signal: context.run.ended });
  batch.coffees.set(table, (batch.coffees.get(table) ?? 0) + 1);
  note(context, 'applied', batch, order);
}

/** Takes all of a list, or none of it. */
function takeList(
  { orders }: JsonObject,
  batch: Batch,
  roundTrip: number,
  context: DemoContext,
): readonly Order[] {
  if (!Array.isArray(orders) || orders.length < 1 || orders.length > TABLES) {
    throw new RequestError(400, `A list has 1 to ${String(TABLES)} orders.`);
  }
  const list: readonly unknown[] = orders;
  const read = list.map((order) => readOrder(asObject(order), roundTrip));
  for (const order of read) arrive(order, batch, context);
  return read;
}

function take(content: JsonObject, batch: Batch, roundTrip: number, context: DemoContext): Order {
  const order = readOrder(content, roundTrip);
  arrive(order, batch, context);
  return order;
}

function readOrder(content: JsonObject, roundTrip: number): Order {
  const { id, table } = content;
  if (typeof table !== 'number' || !Number.isInteger(table) || table < 1 || table > TABLES) {
    throw new RequestError(400, `Order for a table from 1 to ${String(TABLES)}.`);
  }
  if (id !== undefined && (typeof id !== 'string' || id.length > 40)) {
    throw new RequestError(400, 'An id is a text of at most 40 characters.');
  }
  return { id, table, roundTrip };
}

function arrive(order: Order, batch: Batch, context: DemoContext): void {
  batch.arrived += 1;
  if (batch.arrived > MAX_ORDERS) throw new RequestError(429, 'Enough coffee. Begin a new batch.');
  note(context, 'arrived', batch, order);
}

function begin(content: JsonObject, context: DemoContext): number {
  const { seed = 1, acknowledge, deduplicate, oneAtATime, stuck } = content;
  if (typeof seed !== 'number' || !Number.isInteger(seed) || seed < 1 || seed > 1000) {
    throw new RequestError(400, 'A seed is a whole number, 1 to 1000.');
  }
  const batches = batchesOf.get(context.run) ?? [];
  batchesOf.set(context.run, batches);
  const number = (batches.at(-1)?.number ?? 0) + 1;
  batches.push({
    number,
    acknowledge: acknowledge === true,
    deduplicate: deduplicate === true,
    oneAtATime: oneAtATime !== false,
    delays: shuffledDelays(seed).map((ms) => (stuck === true ? STUCK_MS : ms)),
    known: new Map(),
    coffees: new Map(),
    arrived: 0,
    roundTrips: 0,
  });
  if (batches.length > MAX_BATCHES) batches.shift();
  return number;
}

/** 10, 20, … 100 milliseconds in an order that only the seed decides. */
export function shuffledDelays(seed: number): number[] {
  const delays = Array.from({ length: TABLES }, (_, index) => 10 * (index + 1));
  let state = seed;
  for (let last = TABLES - 1; last > 0; last -= 1) {
    // Numerical Recipes' generator: any will do that gives the same again.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (last + 1));
    [delays[last], delays[other]] = [delays[other] ?? 0, delays[last] ?? 0];
  }
  return delays;
}

function placeOf({ rest, run }: DemoContext): { batch: Batch; what: string } {
  const [, number = '', what = ''] = /^batches\/(\d{1,9})\/([a-z]+)$/.exec(rest) ?? [];
  const batch = batchesOf.get(run)?.find((one) => one.number === Number(number));
  if (batch === undefined) throw new RequestError(404, 'Begin a batch with POST batches.');
  return { batch, what };
}

function note(context: DemoContext, name: string, batch: Batch, order: Order): void {
  const { id, table, roundTrip } = order;
  const coffees = batch.coffees.get(table) ?? 0;
  context.note(name, { table, coffees, id, batch: batch.number, roundTrip }, context.connection);
}

function parse(text: string): JsonObject {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return asObject(undefined);
  }
}

function asObject(value: unknown): JsonObject {
  if (typeof value === 'object' && value !== null) return value as JsonObject;
  throw new RequestError(400, 'An order is a JSON object, such as {"table":3}.');
}
