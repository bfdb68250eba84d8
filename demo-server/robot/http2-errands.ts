import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  connect,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http2';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { encodeFrame } from '#protocol/websocket/frame.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import { DelayLine } from '#demo-server/boxes/delay-line.ts';
import { RequestError } from '#demo-server/front/answers.ts';
import type { JsonObject } from '#demo-server/front/json-content.ts';
import { messageBatch } from '#demo-server/message-batch.ts';

import { AUTHORITY, browserHead, ECHO_HEAD, EVENT_HEAD, EVENTS_HEAD } from './http2-heads.ts';

/** In milliseconds, from the first octet to the end. */
const MAX_ERRAND_MS = 10_000;
const MAX_REQUESTS = 20;
/** One way, in milliseconds. */
const MAX_DELAY_MS = 500;
/** RFC 6455 §5.2: a longer one has a longer header, which is another lesson. */
const MAX_MESSAGE_LENGTH = 125;

/** Where a session reads and writes. */
type Ends = { readonly readable: Duplex; readonly writable: Duplex };

/** Opens a connection to our own HTTP/2 listener, for the run that sent the robot. */
export type ConnectHttp2 = () => Socket;

/** Goes on an errand; what it returns is told to the page, in short. */
export type Http2Errand = (
  content: JsonObject,
  connectHttp2: ConnectHttp2,
  recall: AbortSignal,
) => Promise<Readonly<Record<string, unknown>>>;

/**
 * Asks for the same JSON again and again with the head of a browser, on one connection or on a new one
 * each time.
 */
export const askForHeads: Http2Errand = async (content, connectHttp2, recall) => {
  const { requests = 10, connection = 'one', cookie = true, ...strangers } = content;
  refuseStrangers(strangers, 'requests, connection and cookie');
  if (typeof requests !== 'number' || !Number.isInteger(requests) || requests < 1) {
    throw new RequestError(400, `Send requests from 1 to ${String(MAX_REQUESTS)}.`);
  }
  if (requests > MAX_REQUESTS || (connection !== 'one' && connection !== 'each')) {
    throw new RequestError(
      400,
      `Send at most ${String(MAX_REQUESTS)} requests, on "one" or "each".`,
    );
  }
  const head = browserHead(cookie === true);
  const perSession = connection === 'one' ? requests : 1;
  let answered = 0;
  for (let asked = 0; asked < requests && !recall.aborted; asked += perSession) {
    await withSession(connectHttp2(), recall, async (session) => {
      for (let count = 0; count < perSession; count += 1) {
        if ((await statusOfWhole(session.request(head))) === 200) answered += 1;
      }
    });
  }
  return { requests, answered };
};

/**
 * Polls for messages with the head of a browser, on one connection. The first request says which they
 * are; those after it are all alike, as of a page that has asked for a while, and each gets a message.
 */
export const pollForMessages: Http2Errand = async (content, connectHttp2, recall) => {
  const { batch, messages, size, ...strangers } = content;
  refuseStrangers(strangers, 'batch, messages and size');
  const asked = messageBatch({ batch, messages, size });
  const head = browserHead(true);
  const query = Object.entries(asked).map(([name, value]) => `&${name}=${String(value)}`);
  let answered = 0;
  await withSession(connectHttp2(), recall, async (session) => {
    await statusOfWhole(
      session.request({ ...head, ':path': String(head[':path']) + query.join('') }),
    );
    for (let poll = 0; poll < asked.messages; poll += 1) {
      if ((await statusOfWhole(session.request(head))) === 200) answered += 1;
    }
  });
  return { messages: asked.messages, answered };
};

/** Opens a WebSocket over HTTP/2 (RFC 8441), sends one message, waits for its echo, and closes. */
export const talkWithoutUpgrade: Http2Errand = async (content, connectHttp2, recall) => {
  const { message = 'Hello', ...strangers } = content;
  refuseStrangers(strangers, 'message');
  if (typeof message !== 'string' || Buffer.byteLength(message) > MAX_MESSAGE_LENGTH) {
    throw new RequestError(
      400,
      `Send message as text of at most ${String(MAX_MESSAGE_LENGTH)} octets.`,
    );
  }
  const report: Record<string, unknown> = {};
  await withSession(connectHttp2(), recall, async (session) => {
    // RFC 8441 §4: a client must not ask before the server has said that it may.
    if (!session.remoteSettings.enableConnectProtocol) return;
    const stream = session.request(ECHO_HEAD, { endStream: false });
    const status = await statusOf(stream);
    report['statusCode'] = status;
    if (status !== 200) return;
    sendFrame(stream, Opcode.text, Buffer.from(message));
    for await (const frame of framesOf(stream)) {
      if (frame.opcode === Opcode.close) {
        // To leave the loop would reset the stream.
        stream.end();
        continue;
      }
      report['answer'] = Buffer.from(frame.applicationData).toString('utf8');
      // 1000 in two octets: RFC 6455 §7.4.1.
      sendFrame(stream, Opcode.close, Buffer.of(0x03, 0xe8));
    }
  });
  return report;
};

/**
 * On a connection that is open, far away: how long until the first octet of an event is there, by a
 * request and by a WebSocket that begin at the same time.
 */
export const waitForFirstEvents: Http2Errand = async (content, connectHttp2, recall) => {
  const { delayMs = 50, ...strangers } = content;
  refuseStrangers(strangers, 'delayMs');
  const isDelay = typeof delayMs === 'number' && Number.isInteger(delayMs) && delayMs >= 0;
  if (!isDelay || delayMs > MAX_DELAY_MS) {
    throw new RequestError(400, `Send delayMs from 0 to ${String(MAX_DELAY_MS)}.`);
  }
  const report: Record<string, unknown> = {};
  const socket = connectHttp2();
  const talk = async (session: ClientHttp2Session) => {
    const waits = [EVENT_HEAD, EVENTS_HEAD].map((head) => firstOctetMs(session, head));
    [report['fetchMs'], report['webSocketMs']] = await Promise.all(waits);
  };
  await withSession(socket, recall, talk, farAway(socket, delayMs));
  return report;
};

async function firstOctetMs(session: ClientHttp2Session, head: OutgoingHttpHeaders) {
  const beganAt = performance.now();
  const stream = session.request(head, { endStream: head[':method'] === 'GET' });
  await once(stream, 'data');
  const ms = Math.round((performance.now() - beganAt) * 10) / 10;
  stream.close();
  return ms;
}

/** The ends of a long way to a connection of ours; the tap is behind it. */
function farAway(socket: Socket, delayMs: number): Ends {
  const pace = { delayMs, jitterMs: 0, octetsPerSecond: 1_000_000 };
  const [up, down] = [new DelayLine(pace), new DelayLine(pace)];
  up.pipe(socket);
  socket.pipe(down);
  up.once('close', () => socket.end());
  return { readable: down, writable: up };
}

function refuseStrangers(strangers: JsonObject, members: string): void {
  if (Object.keys(strangers).length === 0) return;
  throw new RequestError(400, `This robot takes ${members}, and nothing else.`);
}

/** Speaks HTTP/2 on a connection of ours until `talk` is over, ten seconds are, or nobody waits for it. */
async function withSession(
  socket: Socket,
  recall: AbortSignal,
  talk: (session: ClientHttp2Session) => Promise<void>,
  ends: Ends = { readable: socket, writable: socket },
): Promise<void> {
  const session = connect(`http://${AUTHORITY}`, { createConnection: () => Duplex.from(ends) });
  const end = () => {
    session.destroy();
    socket.destroy();
  };
  const timer = setTimeout(end, MAX_ERRAND_MS);
  recall.addEventListener('abort', end);
  session.on('error', () => undefined);
  try {
    await once(session, 'remoteSettings');
    await talk(session);
    session.close();
    await once(socket.resume(), 'close');
  } catch {
    // Cut short: the wire channel shows how far it came.
  } finally {
    clearTimeout(timer);
    recall.removeEventListener('abort', end);
    end();
  }
}

async function statusOf(stream: ClientHttp2Stream): Promise<number | undefined> {
  const [headers] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  return Number(headers[':status']);
}

/** The same once all of the answer is there: it may come at once, or in pieces. */
async function statusOfWhole(stream: ClientHttp2Stream): Promise<number | undefined> {
  const [status] = await Promise.all([statusOf(stream), once(stream.resume(), 'close')]);
  return status;
}

/** RFC 8441 §5: frames as ever, masked too, as the payload of DATA. */
function sendFrame(stream: ClientHttp2Stream, opcode: number, applicationData: Uint8Array): void {
  stream.write(encodeFrame({ opcode, applicationData, maskingKey: randomBytes(4) }));
}

async function* framesOf(stream: ClientHttp2Stream) {
  const reader = new FrameReader();
  for await (const octets of stream as AsyncIterable<Buffer>) {
    for (const element of reader.push(octets)) {
      if (element.type === 'frame') yield element.frame;
    }
  }
}
