import type { Socket } from 'node:net';
import { connect as speakTls, TLSSocket } from 'node:tls';

import { RequestError } from '#demo-server/front/answers.ts';
import type { JsonObject } from '#demo-server/front/json-content.ts';
import { EventStreamParser } from '#protocol/event-stream/event-stream-parser.ts';
import { ConnectionReader, type ConnectionElement } from '#protocol/http/connection-reader.ts';
import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';

import { handshakeHead } from './handshakes.ts';
import { whenClosed } from './when-closed.ts';

/** What a robot may be told to ask for, and through which box. */
export const ERRAND_BOXES = ['strip-upgrade', 'refuse-upgrade', 'buffer'] as const;
const ASKS = ['WebSocket', 'event stream'] as const;
type ErrandBox = (typeof ERRAND_BOXES)[number];

/** The robot leaves when it has so many, or after this, in milliseconds. The demo needs half a second. */
const UPDATES = 5;
const LISTEN_MS = 2000;
/** What taking leave may take; then the connection is cut. */
const GOODBYE_MS = 500;

/** What came of it, in short: the octets themselves are on the wire channel. */
export type BoxReport = {
  /** Absent when no answer came. */
  readonly statusCode?: number;
  /** Messages of the WebSocket or events of the stream. */
  readonly updates: number;
  /** Of TLS, when it stands; the certificate is one that the robot trusts, or it would not. */
  readonly protocol?: string;
};

/** What the server, and never a request, says of where the robot goes. */
export type BoxErrandPlace = {
  /** The demo server's own, as its guard expects it in `Host` and `Origin`. */
  readonly host: string;
  readonly run: string;
  readonly demo: string;
  /** Opens a connection to our own box of that name. */
  readonly connect: (box: ErrandBox) => Socket;
  readonly certificate: () => string;
};

export type BoxErrand = {
  readonly box: ErrandBox;
  readonly ask: (typeof ASKS)[number];
  readonly secure: boolean;
};

/**
 * Reads an errand from what a page sent.
 *
 * @throws RequestError 400 for anything else than the three members, above all for an address.
 */
export function parseBoxErrand(content: JsonObject): BoxErrand {
  const { box: boxName, ask: askName, secure, ...strangers } = content;
  const box = ERRAND_BOXES.find((known) => known === boxName);
  const ask = ASKS.find((known) => known === askName);
  const isWhole = box !== undefined && ask !== undefined && typeof secure === 'boolean';
  if (isWhole && Object.keys(strangers).length === 0) return { box, ask, secure };
  throw new RequestError(
    400,
    `Send box as one of ${ERRAND_BOXES.join(', ')}, ask as one of ${ASKS.join(', ')}, secure as true or false, and no more.`,
  );
}

/** Asks the demo of its run for a WebSocket or a stream, through a box, in the clear or inside TLS. */
export async function runBoxErrand(
  { box, ask, secure }: BoxErrand,
  { host, run, demo, connect, certificate }: BoxErrandPlace,
  recall: AbortSignal,
): Promise<BoxReport> {
  const socket = connect(box);
  const stream = secure ? inTls(socket, certificate()) : socket;
  const end = () => {
    socket.destroy();
  };
  const timers = [
    setTimeout(() => stream.end(), LISTEN_MS),
    setTimeout(end, LISTEN_MS + GOODBYE_MS),
  ];
  recall.addEventListener('abort', end);
  if (recall.aborted) end();
  const closed = whenClosed(socket);
  const answer = new Answer();
  // In the clear a box has its place in the address; inside TLS nobody could read it there.
  const way = secure ? '' : `via/${box}/`;
  const path = ask === 'WebSocket' ? 'ws' : 'events';
  const handshake = ask === 'WebSocket' ? 'good' : 'none';
  const head = handshakeHead(handshake, `/live/${run}/${demo}/${way}${path}`, host);
  answer.asked(Buffer.from(head, 'latin1'));
  stream.on('data', (octets: Buffer) => {
    answer.push(octets);
    if (answer.report.updates >= UPDATES) stream.end();
  });
  let protocol: string | null = null;
  if (stream instanceof TLSSocket) {
    stream.once('secureConnect', () => (protocol = stream.getProtocol()));
  }
  stream.on('error', end);
  stream.write(head);
  await closed;
  for (const timer of timers) clearTimeout(timer);
  recall.removeEventListener('abort', end);
  return { ...answer.report, ...(protocol !== null && { protocol }) };
}

/** Verified as any client would: by name, by date, by a certificate that it trusts. */
function inTls(socket: Socket, ca: string): TLSSocket {
  return speakTls({ socket, servername: 'localhost', ca, minVersion: 'TLSv1.3' });
}

/** Reads no more of what comes back than the report tells. */
class Answer {
  readonly #reader = new ConnectionReader();
  readonly #frames = new FrameReader();
  readonly #events = new EventStreamParser();
  #statusCode: number | undefined;
  #updates = 0;

  get report(): BoxReport {
    const statusCode = this.#statusCode;
    return { ...(statusCode !== undefined && { statusCode }), updates: this.#updates };
  }

  asked(head: Uint8Array): void {
    this.#reader.push('up', head, 0);
  }

  push(octets: Buffer): void {
    for (const element of this.#reader.push('down', octets, 0)) this.#read(element);
  }

  #read(element: ConnectionElement): void {
    if (element.type === 'head' && element.head.type === 'response') {
      this.#statusCode = element.head.statusCode;
    } else if (element.type === 'switched') {
      for (const part of this.#frames.push(element.octets)) {
        if (part.type === 'frame' && part.frame.opcode === Opcode.text) this.#updates += 1;
      }
    } else if (element.type === 'chunk-data' || element.type === 'data') {
      this.#updates += this.#events.push(element.octets).length;
    }
  }
}
