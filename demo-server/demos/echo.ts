import type { Duplex } from 'node:stream';

import { WebSocketServer, type RawData, type WebSocket } from 'ws';

import { webSocketOptions, type DemoContext, type DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent } from '#demo-server/front/json-content.ts';
import { encodeFrame } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';

/** What the shortest form of a frame's length can say. RFC 6455 §5.2. */
const MAX_SHORT = 125;

const webSockets = new WebSocketServer(webSocketOptions);
const openSockets = new WeakMap<DemoContext['run'], Set<WebSocket>>();

/** Echoes every message: same type, same octets, whole or in as many fragments as asked for. */
export const demo: DemoServer = {
  takesRobots: true,

  upgrade(request, socket, head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The echo is at the address ws.');
    const fragments = fragmentsOf(context.query.get('fragments') ?? '1');
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      echo(webSocket, socket, fragments, context);
    });
  },

  async request(request, response, context) {
    if (context.rest === 'ws') throw new RequestError(426, 'Open this address as a WebSocket.');
    if (context.rest !== 'ping' && context.rest !== 'close') {
      throw new RequestError(404, 'The echo knows the addresses ws, ping and close.');
    }
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      throw new RequestError(405, 'Ask for this with POST.');
    }
    const { data = '', code = 1000, reason = '' } = await readJsonContent(request);
    for (const webSocket of openSockets.get(context.run) ?? []) {
      if (context.rest === 'ping') webSocket.ping(controlText('data', data, 125));
      else webSocket.close(closeCode(code), controlText('reason', reason, 123));
    }
    response.writeHead(204).end();
  },
};

function echo(webSocket: WebSocket, socket: Duplex, fragments: number, context: DemoContext): void {
  const note = (name: string, data: Readonly<Record<string, unknown>>) => {
    context.note(name, data, context.connection);
  };
  context.adopt(webSocket);
  const sockets = openSockets.get(context.run) ?? new Set();
  openSockets.set(context.run, sockets.add(webSocket));
  note('open', {});

  webSocket.on('message', (message, isBinary) => {
    const octets = asBuffer(message);
    note('message', descriptionOf(isBinary ? 'binary' : 'text', octets.length));
    // After a Close frame there is no other. RFC 6455 §5.5.1.
    if (webSocket.readyState !== webSocket.OPEN) return;
    writeInFragments(socket, octets, isBinary, fragments);
  });
  webSocket.on('pong', (data) => {
    note('pong', { data: data.toString('utf8') });
  });
  webSocket.on('error', (error) => {
    note('error', { message: error.message });
  });
  webSocket.on('close', (code, reason) => {
    sockets.delete(webSocket);
    note('close', { code, reason: reason.toString('utf8') });
  });
}

type Description = { readonly type: 'text' | 'binary'; readonly length: number };
const shortOnes: Readonly<Record<Description['type'], Description[]>> = { text: [], binary: [] };

/**
 * What is noted of a message. Short ones that are alike share it: a ring holds thousands of notes, long
 * enough to make objects of their own a burden for the garbage collector.
 */
function descriptionOf(type: Description['type'], length: number): Description {
  if (length > MAX_SHORT) return { type, length };
  return (shortOnes[type][length] ??= { type, length });
}

/**
 * Cuts where it falls, also within a character: a fragment is octets, only the message is text.
 *
 * Past `ws`, which writes a frame's header and payload apart: in one piece, an echo takes a tenth less.
 */
function writeInFragments(
  socket: Duplex,
  octets: Buffer,
  isBinary: boolean,
  fragments: number,
): void {
  const { length } = octets;
  for (let index = 1; index <= fragments; index += 1) {
    const start = Math.floor(((index - 1) * length) / fragments);
    const end = Math.floor((index * length) / fragments);
    const applicationData = fragments === 1 ? octets : octets.subarray(start, end);
    const type = isBinary ? Opcode.binary : Opcode.text;
    const opcode = index === 1 ? type : Opcode.continuation;
    const frame = { opcode, fin: index === fragments, applicationData };
    socket.write(encodeFrame(frame, fromPool));
  }
}

const fromPool = (length: number) => Buffer.allocUnsafe(length);

function fragmentsOf(text: string): number {
  if (/^[1-8]$/.test(text)) return Number(text);
  throw new RequestError(400, 'Ask for 2 to 8 fragments, such as ?fragments=3.');
}

/** RFC 6455 §7.4: the codes that an endpoint may send. */
function closeCode(code: unknown): number {
  const isSendable =
    typeof code === 'number' &&
    Number.isInteger(code) &&
    ((code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) ||
      (code >= 3000 && code <= 4999));
  if (isSendable) return code;
  throw new RequestError(400, 'A close code that may be sent is 1000 to 1014 or 3000 to 4999.');
}

/** RFC 6455 §5.5: a control frame carries at most 125 octets; a close code takes two of them. */
function controlText(name: string, text: unknown, maxLength: number): string {
  if (typeof text === 'string' && Buffer.byteLength(text) <= maxLength) return text;
  throw new RequestError(400, `Send ${name} as text of at most ${String(maxLength)} octets.`);
}

function asBuffer(message: RawData): Buffer {
  if (Array.isArray(message)) return Buffer.concat(message);
  return Buffer.isBuffer(message) ? message : Buffer.from(message);
}
