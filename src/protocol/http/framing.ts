import { trimWhitespace } from '#protocol/fields/whitespace.ts';
import {
  fieldMembers,
  fieldValue,
  type HttpHead,
  type RequestHead,
  type ResponseHead,
} from './head.ts';
import { httpViolation, type HttpViolation, type HttpViolationCode } from './violation.ts';

/** How far a message's body reaches. RFC 9112 §6.3. */
export type Framing = (
  | { readonly type: 'none' }
  | { readonly type: 'length'; readonly length: number }
  | { readonly type: 'chunked' }
  /** Everything until the connection ends. */
  | { readonly type: 'until-close' }
  /** What follows the head is no longer HTTP. RFC 9110 §7.8 and §9.3.6. */
  | { readonly type: 'switched' }
) & {
  /** What is ambiguous or forbidden about it; the framing above is then one reading of several. */
  readonly violations: readonly HttpViolation[];
};

/** Tells how far a request's body reaches. RFC 9112 §6.3. */
export function requestFraming(head: RequestHead): Framing {
  return bodyFraming(head) ?? { type: 'none', violations: [] };
}

/** Tells how far a response's body reaches, which depends on the request. RFC 9112 §6.3. */
export function responseFraming(head: ResponseHead, requestMethod: string | undefined): Framing {
  const { statusCode } = head;
  const isSwitch =
    statusCode === 101 || (requestMethod === 'CONNECT' && statusCode >= 200 && statusCode < 300);
  if (isSwitch || statusCode < 200 || statusCode === 204) {
    return { type: isSwitch ? 'switched' : 'none', violations: forbiddenFraming(head) };
  }
  if (requestMethod === 'HEAD' || statusCode === 304) return { type: 'none', violations: [] };
  return bodyFraming(head) ?? { type: 'until-close', violations: [] };
}

/** RFC 9112 §6.1 and RFC 9110 §8.6: neither field in 1xx, 204, or 2xx to CONNECT. */
function forbiddenFraming(head: ResponseHead): HttpViolation[] {
  const violations: HttpViolation[] = [];
  if (fieldValue(head, 'transfer-encoding') !== undefined) {
    violations.push(httpViolation('TRANSFER_ENCODING_NOT_ALLOWED'));
  }
  if (fieldValue(head, 'content-length') !== undefined) {
    violations.push(httpViolation('CONTENT_LENGTH_NOT_ALLOWED'));
  }
  return violations;
}

function bodyFraming(head: HttpHead): Framing | undefined {
  if (fieldValue(head, 'transfer-encoding') !== undefined) return transferEncodingFraming(head);
  const contentLength = fieldValue(head, 'content-length');
  if (contentLength === undefined) return undefined;
  // RFC 9110 §8.6: it is no list, and only the same decimal value, repeated, may stand for itself. By
  // RFC 9112 §6.3 one might ignore an empty member as in a list; Node’s server refuses it.
  const members = contentLength.split(',').map(trimWhitespace);
  const isNumber = members.every((member) => /^\d+$/.test(member));
  const length = Number(members[0]);
  if (!isNumber || !Number.isSafeInteger(length)) {
    const code = isNumber ? 'CONTENT_LENGTH_TOO_LARGE' : 'CONTENT_LENGTH_INVALID';
    return { type: 'until-close', violations: [httpViolation(code)] };
  }
  const differs = members.some((member) => Number(member) !== length);
  const violations = differs ? [httpViolation('CONTENT_LENGTH_DIFFERS')] : [];
  return { type: 'length', length, violations };
}

const KNOWN_CODINGS = new Set(['chunked', 'gzip', 'x-gzip', 'deflate', 'compress', 'x-compress']);

function transferEncodingFraming(head: HttpHead): Framing {
  const codings = fieldMembers(head, 'transfer-encoding');
  const chunkedAt = codings.lastIndexOf('chunked');
  const isChunked = chunkedAt === codings.length - 1 && chunkedAt !== -1;
  const names = codings.map((coding) => trimWhitespace(coding.split(';', 1)[0] ?? ''));
  const broken: [boolean, HttpViolationCode][] = [
    [fieldValue(head, 'content-length') !== undefined, 'CONTENT_LENGTH_AND_TRANSFER_ENCODING'],
    [head.httpVersion === 'HTTP/1.0', 'TRANSFER_ENCODING_IN_HTTP_1_0'],
    [names.some((name) => !KNOWN_CODINGS.has(name)), 'TRANSFER_ENCODING_UNKNOWN'],
    // A response may leave chunked out and end with the connection, a request may not.
    [!isChunked && (head.type === 'request' || chunkedAt !== -1), 'CHUNKED_NOT_LAST'],
    [codings.filter((coding) => coding === 'chunked').length > 1, 'CHUNKED_REPEATED'],
  ];
  const violations = broken.filter(([is]) => is).map(([, code]) => httpViolation(code));
  return { type: isChunked ? 'chunked' : 'until-close', violations };
}
