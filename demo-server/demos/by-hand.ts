import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { encodeFrame } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import type { DemoContext, DemoServer } from '#demo-server/demo.ts';
import { answerJson, RequestError } from '#demo-server/front/answers.ts';
import { readJsonContent, type JsonObject } from '#demo-server/front/json-content.ts';
import { later } from '#demo-server/later.ts';

/** How long a browser's handshake waits for the reader's value. */
const PATIENCE_MS = 120_000;
/** Of all runs together; with one more, the one that has waited longest is cut. */
const MAX_HELD = 64;
/** No line end fits in it: the value stays a value. */
const ACCEPT = /^[A-Za-z0-9+/=]{1,60}$/;
const STATUS_LINES: ReadonlyMap<unknown, string> = new Map([
  [101, '101 Switching Protocols'],
  [200, '200 OK'],
]);

/** The one handshake of each run that waits for its answer. */
const held = new Map<DemoContext['run'], Duplex>();

/** Holds a browser's handshake until the reader says what to answer, and answers just that. */
export const demo: DemoServer = {
  upgrade(request, socket, _head, context) {
    if (context.rest !== 'ws') throw new RequestError(404, 'The WebSocket is at ws.');
    hold(request, socket, context);
  },

  async request(request, response, context) {
    if (context.rest !== 'answer' || request.method !== 'POST') {
      throw new RequestError(404, 'Send POST answer with statusCode and accept.');
    }
    const { statusLine, accept, statusCode } = readAnswer(await readJsonContent(request));
    const socket = held.get(context.run);
    if (socket === undefined) throw new RequestError(409, 'No handshake waits. Connect first.');
    held.delete(context.run);
    context.note('answered', { by: 'reader', statusCode, accept });
    socket.write(
      `HTTP/1.1 ${statusLine}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    if (statusCode === 101) greet(socket);
    else socket.end();
    answerJson(response, 200, { answered: statusCode });
  },
};

function hold(request: IncomingMessage, socket: Duplex, context: DemoContext): void {
  held.get(context.run)?.destroy();
  const [longest] = held;
  if (longest !== undefined && held.size >= MAX_HELD) longest[1].destroy();
  held.set(context.run, socket);
  context.note('handshake-held', { key: request.headers['sec-websocket-key'] }, context.connection);
  socket.on('error', () => undefined);
  // Read, so that the end of the browser's patience is noticed.
  socket.resume().once('end', () => socket.destroy());
  socket.once('close', () => {
    if (held.get(context.run) === socket) held.delete(context.run);
  });
  later(PATIENCE_MS, socket, () => {
    if (held.get(context.run) === socket) socket.destroy();
  });
}

/** One message, so that an open socket has something to show; then it waits for the client's Close. */
function greet(socket: Duplex): void {
  const text = Buffer.from('Hello');
  socket.write(encodeFrame({ opcode: Opcode.text, applicationData: text }));
  const reader = new FrameReader();
  socket.on('data', (octets: Buffer) => {
    for (const element of reader.push(octets)) {
      if (element.type !== 'frame' || element.frame.opcode !== Opcode.close) continue;
      // RFC 6455 §5.5.1: a Close is answered with one, its code echoed.
      const { applicationData } = element.frame;
      socket.end(encodeFrame({ opcode: Opcode.close, applicationData }));
    }
  });
  later(PATIENCE_MS, socket, () => socket.destroy());
}

function readAnswer({ statusCode = 101, accept, ...strangers }: JsonObject) {
  const statusLine = STATUS_LINES.get(statusCode);
  if (statusLine === undefined || Object.keys(strangers).length > 0) {
    throw new RequestError(400, 'Send statusCode 101 or 200, accept, and nothing else.');
  }
  if (typeof accept !== 'string' || !ACCEPT.test(accept)) {
    throw new RequestError(
      400,
      'An accept value is 1 to 60 digits of base64: A–Z, a–z, 0–9, +, /, =.',
    );
  }
  return { statusLine, accept, statusCode };
}
