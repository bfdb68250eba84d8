import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { WebSocket } from 'ws';

import type { Reading } from './reading.ts';

/** Of answers that a client has not read: above it, the client is not read either. */
const MAX_UNREAD_ANSWERS = 4 * 1024 * 1024;
/** Of what is told without being asked for: who leaves this much unread is let go. */
const MAX_UNREAD_NEWS = 64 * 1024;
const HOLDER = 'unread-answers';

/**
 * Who doesn't read its answers gets to ask for no more: that is TCP's own remedy, passed on.
 *
 * `drain` is sure to come: the bound is above the socket's own high-water mark.
 * Pings are not looked at: `ws` cuts who leaves 60 of its Pongs unread.
 */
export function readAsAnswersAreRead(webSocket: WebSocket, socket: Duplex, reading: Reading): void {
  webSocket.on('message', () => {
    if (socket.writableLength > MAX_UNREAD_ANSWERS) reading.hold(HOLDER);
  });
  socket.on('drain', () => {
    reading.release(HOLDER);
  });
}

/** Sends to who only listens. There is no asking that it could be kept from, so it is let go. */
export function sendToListener(webSocket: WebSocket, message: string): void {
  webSocket.send(message);
  if (webSocket.bufferedAmount > MAX_UNREAD_NEWS) webSocket.terminate();
}

/** The same for an answer without an end. */
export function writeToListener(response: ServerResponse, text: string): void {
  response.write(text);
  if (response.writableLength > MAX_UNREAD_NEWS) response.destroy();
}
