import type { Socket } from 'node:net';

import { decodeCloseBody } from '#protocol/websocket/close-body.ts';
import { FrameReader } from '#protocol/websocket/frame-reader.ts';
import { Opcode } from '#protocol/websocket/opcode.ts';
import type { NextHop } from '#demo-server/boxes/upstream.ts';

import { MAX_ERRAND_MS, type Errand } from './errand.ts';
import { handshakeHead } from './handshakes.ts';
import { plainRequestHead, type PlainRequest } from './plain-request.ts';

/** Where every robot goes, within its own run. */
const ROBOT_TARGET = /^\/live\/[^/?]+\/[^/?]+(?:\/ws)?$/;
const MAX_HEAD = 16_384;

/** Says whether a robot's connection may ask for this: a demo's WebSocket or the demo itself, and no box. */
export function isRobotTarget(requestTarget: string | undefined): boolean {
  return ROBOT_TARGET.test(requestTarget ?? '');
}

/** What the server, and never a request, says of where the robot goes. */
export type ErrandPlace = {
  readonly nextHop: NextHop;
  /** The demo server's own, as its guard expects it in `Host` and `Origin`. */
  readonly host: string;
  readonly run: string;
  /** The run's own. */
  readonly demo: string;
};

/** What came of an errand, in short: the octets themselves are on the wire channel. */
export type ErrandReport = {
  /** Absent when no answer came. */
  readonly statusCode?: number;
  /** Whether the server ended the connection; else the robot did, when its time was over. */
  readonly closed: boolean;
  /** Of the server's last Close frame that had one. RFC 6455 §5.5.1. */
  readonly closeCode?: number;
};

/**
 * Goes on an errand: a client below HTTP and WebSocket, for what browsers refuse to send.
 *
 * It can reach one address, and that is not in the errand. It answers nothing by itself, neither a Ping
 * nor a Close: whatever it says, the reader has said.
 *
 * @param recall goes off when nobody waits for it any more
 */
export function runErrand(
  errand: Errand,
  place: ErrandPlace,
  recall: AbortSignal,
): Promise<ErrandReport> {
  const { promise, resolve } = Promise.withResolvers<ErrandReport>();
  const socket = place.nextHop.connect({ sender: 'ROBOT', hop: 0 });
  let closed = false;
  let hasHungUp = false;
  const answer = new Answer(() => {
    for (const frame of errand.frames) socket.write(frame);
    after(errand.waitMs, socket, () => {
      hasHungUp = true;
      socket.end();
    });
  });
  after(MAX_ERRAND_MS, socket, () => socket.destroy());
  recall.addEventListener('abort', () => socket.destroy());
  if (recall.aborted) socket.destroy();
  socket.on('data', (octets: Buffer) => {
    answer.push(octets);
  });
  // The server's FIN; Node answers it with ours.
  socket.once('end', () => (closed = !hasHungUp));
  socket.once('close', () => {
    resolve({ ...answer.report, closed });
  });
  const { host, run, demo } = place;
  socket.write(handshakeHead(errand.handshake, `/live/${run}/${demo}/ws`, host));
  return promise;
}

/** How long the robot listens for what comes of a plain request. */
const PLAIN_WAIT_MS = 2000;

/** Asks for a demo's own address with these field lines; it hangs up when the answer has come. */
export function runPlainRequest(
  plain: PlainRequest,
  { nextHop, host, run, demo }: ErrandPlace,
  recall: AbortSignal,
): Promise<Pick<ErrandReport, 'statusCode'>> {
  return askOnce(plainRequestHead(plain, `/live/${run}/${demo}`, host), nextHop, recall);
}

/** Sends one head of ours and hangs up when an answer has come. */
export function askOnce(
  head: string,
  nextHop: NextHop,
  recall: AbortSignal,
): Promise<Pick<ErrandReport, 'statusCode'>> {
  const { promise, resolve } = Promise.withResolvers<Pick<ErrandReport, 'statusCode'>>();
  const socket = nextHop.connect({ sender: 'ROBOT', hop: 0 });
  const answer = new Answer(() => undefined);
  after(PLAIN_WAIT_MS, socket, () => socket.destroy());
  recall.addEventListener('abort', () => socket.destroy());
  if (recall.aborted) socket.destroy();
  socket.on('data', (octets: Buffer) => {
    answer.push(octets);
    if (answer.report.statusCode !== undefined) socket.end();
  });
  socket.once('close', () => {
    resolve(answer.report);
  });
  socket.write(head);
  return promise;
}

/** Does something later, if the connection still is there then. */
function after(ms: number, socket: Socket, act: () => void): void {
  const timer = setTimeout(act, ms);
  socket.once('close', () => {
    clearTimeout(timer);
  });
}

/** Reads no more of what comes back than the report tells. */
class Answer {
  readonly #onSwitch: () => void;
  readonly #frames = new FrameReader();
  #head = Buffer.alloc(0);
  #statusCode: number | undefined;
  #closeCode: number | undefined;

  /** @param onSwitch called once, when the head of a 101 is complete */
  constructor(onSwitch: () => void) {
    this.#onSwitch = onSwitch;
  }

  get report(): Pick<ErrandReport, 'statusCode' | 'closeCode'> {
    return {
      ...(this.#statusCode !== undefined && { statusCode: this.#statusCode }),
      ...(this.#closeCode !== undefined && { closeCode: this.#closeCode }),
    };
  }

  push(octets: Buffer): void {
    if (this.#statusCode === 101) this.#readFrames(octets);
    if (this.#statusCode !== undefined || this.#head.length > MAX_HEAD) return;
    this.#head = Buffer.concat([this.#head, octets]);
    const end = this.#head.indexOf('\r\n\r\n');
    if (end < 0) return;
    const [, statusCode] = /^HTTP\/1\.1 (\d{3}) /.exec(this.#head.toString('latin1', 0, end)) ?? [];
    this.#statusCode = Number(statusCode ?? 0);
    if (this.#statusCode !== 101) return;
    this.#onSwitch();
    this.#readFrames(this.#head.subarray(end + 4));
  }

  #readFrames(octets: Buffer): void {
    for (const element of this.#frames.push(octets)) {
      if (element.type !== 'frame' || element.frame.opcode !== Opcode.close) continue;
      this.#closeCode = decodeCloseBody(element.frame.applicationData).closeCode;
    }
  }
}
