import type { Socket } from 'node:net';

import { RequestError } from '#demo-server/front/answers.ts';
import type { JsonObject } from '#demo-server/front/json-content.ts';

import { whenClosed } from './when-closed.ts';

/** What the robot may write at the begin of its request line; a request names one of them. */
export const ROBOT_METHODS = ['GET', 'PUT', 'PATCH', 'patch', 'put', 'UPDATE'] as const;

/** In milliseconds, from the first octet to the end. */
const MAX_ERRAND_MS = 10_000;
const MAX_ANSWER = 4096;

/** What came of it, in short; nothing when there was no answer. */
export type MethodReport = { readonly statusCode?: number };

/**
 * Sends one request with this method to our own raw listener: octets that no browser has normalized,
 * to a server whose parser knows no list of methods.
 */
export async function sendMethod(
  content: JsonObject,
  place: { readonly host: string; readonly requestTarget: string },
  connect: () => Socket,
  recall: AbortSignal,
): Promise<MethodReport> {
  const { method: asked, ...strangers } = content;
  const method = ROBOT_METHODS.find((known) => known === asked);
  if (method === undefined || Object.keys(strangers).length > 0) {
    throw new RequestError(400, `Send method as one of ${ROBOT_METHODS.join(', ')}, and no more.`);
  }
  const socket = connect();
  const end = () => {
    socket.destroy();
  };
  const timer = setTimeout(end, MAX_ERRAND_MS);
  recall.addEventListener('abort', end);
  if (recall.aborted) end();
  const closed = whenClosed(socket);
  let answer = '';
  socket.on('data', (octets: Buffer) => {
    if (answer.length < MAX_ANSWER) answer += octets.toString('latin1');
  });
  socket.write(
    `${method} ${place.requestTarget} HTTP/1.1\r\nHost: ${place.host}\r\n` +
      'Content-Length: 0\r\nConnection: close\r\n\r\n',
  );
  await closed;
  clearTimeout(timer);
  recall.removeEventListener('abort', end);
  const [, statusCode] = /^HTTP\/1\.1 (\d{3}) /.exec(answer) ?? [];
  return statusCode === undefined ? {} : { statusCode: Number(statusCode) };
}
