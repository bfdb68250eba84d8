import { ServerResponse, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';

import type { BoxContext } from '#demo-server/box.ts';
import { answerError, cutOutOfTurn, RequestError } from '#demo-server/front/answers.ts';
import { hopByHopFields, parseConnection } from '#protocol/fields/connection.ts';

/** What every box of ours does as a proxy should. What makes it a box stands in its own file. */

/**
 * Fields that every hop needs, so that Connection must not name them (RFC 9110 §7.6.1). Without its length
 * Node would write content without any frame, and the next hop would read it as requests. RFC 9112 §11.2.
 */
const FOR_EVERY_HOP = new Set(['content-length', 'host']);

/** Methods that anticipate no content: a request that has none says nothing of it. RFC 9110 §8.6. */
const WITHOUT_CONTENT = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'TRACE']);

/** Where a box departs from a proxy that forwards everything as it comes. */
export type Departures = {
  /** The request's content as it goes on; what comes by default. */
  readonly content?: Readable;
  /** Which fields go on, out of those that should. */
  readonly fields?: (fields: readonly string[]) => readonly string[];
  /** Told of the request before its first octet is written. */
  readonly begin?: (outgoing: ClientRequest) => void;
  /** How a response comes back to the client. */
  readonly comeBack?: (
    incoming: IncomingMessage,
    response: ServerResponse,
    context: BoxContext,
  ) => void;
};

/** Forwards a request, brings its response back, and returns the request to the next hop. */
export function forward(
  request: IncomingMessage,
  response: ServerResponse,
  context: BoxContext,
  { content = request, comeBack = passOn, ...departures }: Departures = {},
): ClientRequest {
  const plain = [...forwardedFields(request, context), ...framingFields(request)];
  const fields = departures.fields?.(plain) ?? plain;
  const outgoing = context.upstream.request(request.method ?? '', context.requestTarget, fields);
  outgoing.once('response', (incoming) => {
    incoming.on('error', () => response.destroy());
    comeBack(incoming, response, context);
  });
  outgoing.once('error', () => {
    if (response.destroyed || response.writableEnded) return;
    context.note('next-hop-lost', { requestTarget: context.requestTarget });
    answerError(response, new RequestError(502, 'The next hop ended the connection. Try again.'));
  });
  response.once('close', () => {
    if (!response.writableFinished) outgoing.destroy();
  });
  departures.begin?.(outgoing);
  // After an upgrade event Node reads no content for this request.
  if (asksToSwitch(request)) outgoing.end();
  else content.pipe(outgoing);
  return outgoing;
}

/**
 * What frames the content where no length came to go on: Node would do it by the method alone.
 *
 * Content in chunks is in chunks behind us too (RFC 9112 §6.1): of a DELETE, Node would write it without
 * any frame, and the next hop would read it as requests. Where nothing is said of content there is none
 * (§6.3): of a POST, Node would write it in chunks, which HTTP/1.0 does not have.
 */
function framingFields({ method = '', headers }: IncomingMessage): string[] {
  if (headers['transfer-encoding'] !== undefined) return ['Transfer-Encoding', 'chunked'];
  if (headers['content-length'] !== undefined || WITHOUT_CONTENT.has(method)) return [];
  return ['Content-Length', '0'];
}

/** Whether Node has announced it as an upgrade: only where Connection names the field. RFC 9110 §7.8. */
function asksToSwitch({ headers }: IncomingMessage): boolean {
  return headers.upgrade !== undefined && parseConnection(headers.connection).includes('upgrade');
}

/** Brings a response back piece by piece, as it comes. */
export function passOn(
  incoming: IncomingMessage,
  response: ServerResponse,
  context: BoxContext,
): void {
  response.writeHead(...headOf(incoming, context));
  response.flushHeaders();
  incoming.pipe(response);
}

/** Status code, reason phrase and the fields that are for the client too. */
export function headOf(incoming: IncomingMessage, context: BoxContext): [number, string, string[]] {
  const { statusCode = 502, statusMessage = '' } = incoming;
  return [statusCode, statusMessage, forwardedFields(incoming, context)];
}

/** Where a box departs from a proxy that lets a connection switch and then joins both sides. */
export type SwitchDepartures = Pick<Departures, 'comeBack' | 'fields'> & {
  /** How the head of the 101 goes to the client. */
  readonly sendSwitch?: (head: string) => void;
  /** Told of the request, and how to give it up with an answer of the box's own. */
  readonly watch?: (outgoing: ClientRequest, giveUp: (error: RequestError) => void) => void;
  /** What happens to the octets after it. */
  readonly join?: (client: Duplex, origin: Duplex, context: BoxContext) => void;
};

/** Forwards a request for another protocol, and joins the two connections if the origin agrees. */
export function forwardUpgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  context: BoxContext,
  departures: SwitchDepartures = {},
): void {
  const { comeBack = passOn, sendSwitch, watch, join = joinSockets } = departures;
  const plain = [...forwardedFields(request, context), ...framingFields(request)];
  const fields = [...(departures.fields?.(plain) ?? plain), ...switchFields(request)];
  const outgoing = context.upstream.request(request.method ?? '', context.requestTarget, fields);
  outgoing.once('upgrade', (incoming, origin, originHead) => {
    endTogether(socket, origin);
    const switchHead = serializeSwitch(incoming, context);
    if (sendSwitch === undefined) socket.write(switchHead);
    else sendSwitch(switchHead);
    socket.unshift(head);
    origin.unshift(originHead);
    join(socket, origin, context);
  });
  // Once: the next hop may begin an answer and then be lost.
  let isAnswered = false;
  outgoing.once('response', (incoming) => {
    isAnswered = true;
    const response = responseOn(socket, request);
    incoming.on('error', () => response.destroy());
    comeBack(incoming, response, context);
  });
  const giveUp = (error: RequestError) => {
    if (isAnswered || !socket.writable) return;
    isAnswered = true;
    answerError(responseOn(socket, request), error);
    outgoing.destroy();
  };
  outgoing.once('error', () => {
    giveUp(new RequestError(502, 'The next hop ended the connection. Try again.'));
  });
  socket.once('close', () => outgoing.destroy());
  watch?.(outgoing, giveUp);
  outgoing.end();
}

/** An ordinary response to a request that Node has announced as an upgrade. */
export function responseOn(socket: Duplex, request: IncomingMessage): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  // Where the socket has another response this would throw; the guard lets no such upgrade in.
  if (cutOutOfTurn(socket)) response.destroy();
  // Node's types ask for a net.Socket here; at run time any of its own sockets will do.
  else response.assignSocket(request.socket);
  response.once('finish', () => socket.end());
  return response;
}

/** Carries octets both ways, as they come. */
export function joinSockets(client: Duplex, origin: Duplex): void {
  client.pipe(origin);
  origin.pipe(client);
}

/** Who is gone takes the other side along, after what was still on its way there. */
export function endTogether(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy());
    from.once('close', () => {
      if (from.readableEnded && !to.writableFinished) to.once('finish', () => to.destroy());
      else to.destroy();
    });
  }
}

/** All field lines but those for this hop, and the trace that RFC 9110 §7.6.3 asks of a proxy. */
export function forwardedFields(
  { rawHeaders, headers }: IncomingMessage,
  { box }: BoxContext,
): string[] {
  const forThisHop = hopByHopFields(headers.connection);
  const goesOn = (name: string) => FOR_EVERY_HOP.has(name) || !forThisHop.has(name);
  return [...fieldLines(rawHeaders)]
    .filter(([name]) => goesOn(name.toLowerCase()))
    .concat([['Via', `1.1 ${box}`]])
    .flat();
}

/** What asks the next hop to switch, or tells the client that it did. RFC 9110 §7.8. */
function switchFields({ headers }: IncomingMessage): string[] {
  return ['Connection', 'Upgrade', 'Upgrade', headers.upgrade ?? ''];
}

function serializeSwitch(incoming: IncomingMessage, context: BoxContext): string {
  const fields = [...forwardedFields(incoming, context), ...switchFields(incoming)];
  const lines = [...fieldLines(fields)].map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 101 ${incoming.statusMessage ?? ''}\r\n${lines.join('')}\r\n`;
}

/** A request's field lines of one name, as raw fields. */
export function fieldsOf({ rawHeaders }: IncomingMessage, lowerName: string): string[] {
  return [...fieldLines(rawHeaders)].filter(([name]) => name.toLowerCase() === lowerName).flat();
}

/** Walks through raw fields as Node has them: name, value, name, value … */
export function* fieldLines(raw: readonly string[]): Generator<[name: string, value: string]> {
  for (let index = 0; index + 1 < raw.length; index += 2) {
    yield [raw[index] ?? '', raw[index + 1] ?? ''];
  }
}
