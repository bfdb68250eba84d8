import { RequestError } from '#demo-server/front/answers.ts';
import type { JsonObject } from '#demo-server/front/json-content.ts';

/** One GET whose field lines a reader has written. The start line and the Host stay ours. */
export type PlainRequest = {
  /** Without it a request is refused; to see that is a lesson. RFC 9112 §3.2 */
  readonly host: boolean;
  /** Without their line ends, in the reader's order and spelling. */
  readonly lines: readonly string[];
};

export const MAX_LINES = 40;
/** Of all lines together. */
export const MAX_LINES_LENGTH = 4096;

/** RFC 9110 §5.6.2 before the colon; behind it visible ASCII and blanks, so that a line stays one line. */
const FIELD_LINE = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):[\t\x20-\x7e]*$/;

/**
 * Fields that say where a request goes, where it ends, or that HTTP does: those are not a reader's to
 * write. Each other field is words to our own handler, which heeds none of them.
 */
const RESERVED = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'origin',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);
/** The one reserved field that may stand there, since a browser's request has it. */
const KEEP_ALIVE = /^connection:[\t ]*keep-alive[\t ]*$/i;

/**
 * Reads what a page sent for a robot with a plain request.
 *
 * @throws RequestError 400 with the line that is wrong, and for any other member, above all an address.
 */
export function parsePlainRequest(content: JsonObject): PlainRequest {
  const { host = true, lines = [], ...strangers } = content;
  if (Object.keys(strangers).length > 0) {
    throw new RequestError(400, 'This robot takes host and lines, and nothing else.');
  }
  if (typeof host !== 'boolean') throw new RequestError(400, 'Send host as true or false.');
  if (!Array.isArray(lines) || lines.length > MAX_LINES) {
    throw new RequestError(400, `Send at most ${String(MAX_LINES)} lines.`);
  }
  const read = lines.map((line, index) => parseLine(line, index + 1));
  if (read.join('').length > MAX_LINES_LENGTH) {
    throw new RequestError(400, `Send at most ${String(MAX_LINES_LENGTH)} octets of lines.`);
  }
  return { host, lines: read };
}

function parseLine(line: unknown, number: number): string {
  const [, name] = (typeof line === 'string' && FIELD_LINE.exec(line)) || [];
  if (typeof line !== 'string' || name === undefined) {
    throw new RequestError(
      400,
      `Line ${String(number)} is no field line. Write it as "Name: value", in ASCII.`,
    );
  }
  if (RESERVED.has(name.toLowerCase()) && !KEEP_ALIVE.test(line)) {
    throw new RequestError(
      400,
      `Line ${String(number)}: ${name} says where a request goes or ends. The robot writes that itself.`,
    );
  }
  return line;
}

/** Writes the request: to this address of ours, whatever its lines say. */
export function plainRequestHead(
  { host, lines }: PlainRequest,
  requestTarget: string,
  ownHost: string,
): string {
  const hostLine = host ? [`Host: ${ownHost}`] : [];
  return [`GET ${requestTarget} HTTP/1.1`, ...hostLine, ...lines, '\r\n'].join('\r\n');
}
