import type { DemoContext, DemoServer } from '#demo-server/demo.ts';
import type { BoxContext } from '#demo-server/box.ts';
import { forward, forwardUpgrade } from '#demo-server/boxes/proxy.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { Fleet, OLD, RULES, SERVER_NAMES, type Seat } from '#demo-server/server-processes/fleet.ts';
import type { ServerProcess } from '#demo-server/server-processes/server-process.ts';

const MAX_CLIENTS = 16;
/** Of a client, as far as they are counted. */
const MAX_MESSAGES = 10_000;

/** A load balancer before server processes, which can be started, drained and killed. */
export const demo: DemoServer = {
  upgrade(request, socket, head, context) {
    const client = Number(/^\d{1,2}$/.exec(context.query.get('client') ?? '')?.[0]);
    if (context.rest !== 'ws' || !(client >= 1 && client <= MAX_CLIENTS)) {
      throw new RequestError(404, 'The WebSocket is at ws?client=1.');
    }
    const fleet = Fleet.of(context.run);
    const server = fleet.nextForSocket();
    const box = boxBefore(server, context);
    const seat: Seat = { server: server.name };
    fleet.seats.set(client, seat);
    box.note('placed', { client, server: server.name, onNew: fleet.onNew });
    socket.once('close', () => {
      box.upstream.destroy();
      if (fleet.seats.get(client) === seat) fleet.seats.delete(client);
    });
    forwardUpgrade(request, socket, head, box, { fields: withKeyOf(server) });
  },

  async request(request, response, context) {
    const fleet = Fleet.of(context.run);
    if (request.method === 'GET') {
      if (context.rest !== 'whoami') throw new RequestError(404, 'Try whoami.');
      const server = fleet.nextForRequest();
      const box = boxBefore(server, context);
      response.once('close', () => {
        box.upstream.destroy();
      });
      // The page numbers its rounds, so that it can count the requests of one.
      const [round = '1'] = /^\d{1,6}$/.exec(context.query.get('round') ?? '') ?? [];
      box.note('sent-on', { server: server.name, round: Number(round) });
      forward(request, response, box, { fields: withKeyOf(server) });
      return;
    }
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'GET, POST');
      throw new RequestError(405, 'Ask for this with GET or POST.');
    }
    const content = await readJsonContent(request);
    setRule(fleet, content);
    const [, name] = /^servers\/([A-D])$/.exec(context.rest) ?? [];
    if (context.rest === 'begin') {
      fleet.end();
      context.note('round-begun', { rule: fleet.rule });
      await start(fleet, OLD, context);
    } else if (context.rest === 'scale') await start(fleet, SERVER_NAMES, context);
    else if (context.rest === 'count') count(fleet, content, context);
    else if (name !== undefined) await end(fleet, name, content, context);
    else throw new RequestError(404, 'Try begin, scale, count or servers/A.');
    answerJson(response, 200, { servers: fleet.names });
  },
};

async function start(fleet: Fleet, names: readonly string[], context: DemoContext): Promise<void> {
  for (const server of await fleet.start(names)) {
    context.note('server-started', { server: server.name, process: server.id });
  }
  if (fleet.names.length === 0)
    throw new RequestError(503, 'The servers did not start. Try again.');
}

/** Ends a server; scaling starts another in its place. */
async function end(
  fleet: Fleet,
  name: string,
  { how }: JsonObject,
  context: DemoContext,
): Promise<void> {
  if (how !== 'drain' && how !== 'kill') throw new RequestError(400, 'Send how as drain or kill.');
  const server = fleet.take(name);
  if (server === undefined) throw new RequestError(409, `There is no server ${name} now.`);
  context.note(how === 'drain' ? 'draining' : 'killed', { server: name, process: server.id });
  server[how]();
  await server.ended;
  context.note('server-ended', { server: name, process: server.id });
}

/** Compares what clients say that they have sent with what servers have done. */
function count(fleet: Fleet, { sent }: JsonObject, context: DemoContext): void {
  if (typeof sent !== 'object' || sent === null) throw new RequestError(400, 'Send sent.');
  let all = 0;
  let missing = 0;
  for (const [client, last] of Object.entries(sent)) {
    if (!(Number(client) <= MAX_CLIENTS) || typeof last !== 'number' || !(last <= MAX_MESSAGES)) {
      throw new RequestError(400, 'Send the number of each client’s last message.');
    }
    const done = fleet.done.get(Number(client)) ?? new Set();
    for (let message = 1; message <= last; message += 1) missing += done.has(message) ? 0 : 1;
    all += last;
  }
  const { onNew, seats } = fleet;
  context.note('counted', { sent: all, missing, sockets: seats.size, onNew });
}

function setRule(fleet: Fleet, { rule }: JsonObject): void {
  if (rule === undefined) return;
  const known = RULES.find((one) => one === rule);
  if (known === undefined) throw new RequestError(400, `Send rule as ${RULES.join(' or ')}.`);
  fleet.rule = known;
}

function boxBefore(server: ServerProcess, context: DemoContext): BoxContext {
  return context.asBox('balancer', () => server.connect());
}

/** The server answers nobody without it, so that no page can come past the balancer. */
const withKeyOf =
  ({ key }: ServerProcess) =>
  (fields: readonly string[]) => [
    ...withoutFields(fields, 'proxy-authorization'),
    'Proxy-Authorization',
    key,
  ];

function withoutFields(fields: readonly string[], lowerName: string): string[] {
  return fields.filter((_, index) => fields[index - (index % 2)]?.toLowerCase() !== lowerName);
}
