import type { IncomingMessage } from 'node:http';

import { RequestError } from './answers.ts';

/** An object as it came from outside: nothing about its members is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** More than any demo's settings need. */
const MAX_LENGTH = 16_384;

/**
 * Reads a request's content as one JSON object; `{}` when there is no content at all.
 *
 * @throws RequestError 415, 413 or 400, each saying what to send.
 */
export async function readJsonContent(
  request: IncomingMessage,
  maxLength = MAX_LENGTH,
): Promise<JsonObject> {
  const octets = await readContent(request, maxLength);
  if (octets.length === 0) return {};
  const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';');
  if (mediaType.trim().toLowerCase() !== 'application/json') {
    throw new RequestError(415, 'Send the content as application/json.');
  }
  return parseObject(octets.toString('utf8'));
}

function readContent(request: IncomingMessage, maxLength: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  const pieces: Buffer[] = [];
  let length = 0;
  request.on('data', (piece: Buffer) => {
    length += piece.length;
    if (length <= maxLength) pieces.push(piece);
    else reject(new RequestError(413, `Send at most ${String(maxLength)} octets of JSON.`));
  });
  request.once('end', () => {
    resolve(Buffer.concat(pieces));
  });
  request.once('close', () => {
    reject(new RequestError(400, 'The connection ended before the content did. Send it again.'));
  });
  request.once('error', reject);
  return promise;
}

function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as JsonObject;
    }
  } catch {
    // Falls through to the one sentence for both.
  }
  throw new RequestError(400, 'This is not a JSON object. Send one, such as {"demo":"echo"}.');
}
