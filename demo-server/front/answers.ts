import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Thrown by whoever finds that a request can't be served; its sentence says what to do instead. */
export class RequestError extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, sentence: string) {
    super(sentence);
    this.statusCode = statusCode;
  }
}

/** Fields on everything that a handler of ours answers: nobody else's page may read or reinterpret it. */
export const SECURITY_FIELDS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** Fields on everything that may become a document. */
export const DOCUMENT_SECURITY_FIELDS = {
  ...SECURITY_FIELDS,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'same-origin',
} as const;

/** Ends a response with a JSON value that no cache keeps. */
export function answerJson(response: ServerResponse, statusCode: number, value: unknown): void {
  const content = JSON.stringify(value);
  response.writeHead(statusCode, {
    ...SECURITY_FIELDS,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(content),
    'Cache-Control': 'no-store',
  });
  response.end(content);
}

/** Ends a response with the error's sentence; anything but a {@link RequestError} is a fault of ours. */
export function answerError(response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { statusCode, message } = asRequestError(error);
  if (statusCode === 413) response.setHeader('Connection', 'close');
  if (statusCode === 426) {
    // RFC 9110 §15.5.22: it has to say to what, and §7.8: Connection has to name the field.
    response.setHeader('Upgrade', 'websocket');
    response.setHeader('Connection', 'Upgrade, close');
  }
  answerJson(response, statusCode, { error: message });
}

/**
 * Cuts a connection that is to be taken over while an earlier request on it waits for the end of its
 * answer: answers come in the order of their requests (RFC 9112 §9.3.2). `true` if it did.
 */
export function cutOutOfTurn(socket: Duplex): boolean {
  // By Node's own mark, which has no public name: the one by which `assignSocket` throws.
  const { _httpMessage: open } = socket as { readonly _httpMessage?: ServerResponse | null };
  if (open === undefined || open === null) return false;
  socket.destroy();
  return true;
}

/** Answers an upgrade with an error's sentence and ends the connection. */
export function answerUpgradeError(socket: Duplex, error: unknown): void {
  const { statusCode, message } = asRequestError(error);
  endSocket(socket, statusCode, JSON.stringify({ error: message }));
}

/** Answers with a head and a content of JSON or nothing, then ends the connection. */
export function endSocket(socket: Duplex, statusCode: number, content = ''): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const type = content === '' ? '' : 'Content-Type: application/json\r\n';
  socket.once('finish', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${String(statusCode)} ${STATUS_CODES[statusCode] ?? ''}\r\nConnection: close\r\n${type}` +
      `Content-Length: ${String(Buffer.byteLength(content))}\r\n\r\n${content}`,
  );
}

function asRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  return new RequestError(500, 'The demo server failed at this. Reload the page and try again.');
}
