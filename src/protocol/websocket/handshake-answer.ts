import { fieldLinesOf, fieldMembers, type RequestHead } from '#protocol/http/head.ts';
import { asksForWebSocket, requestHandshakeViolations } from './handshake.ts';

/** What a server does with an opening handshake that keeps to every rule, and which rule decides. */
export type HandshakeAnswer = {
  /** `ordinary`: it answers as if nobody had asked for an upgrade. */
  readonly answer: 101 | 400 | 405 | 426 | 'ordinary';
  readonly section: string;
};

/**
 * Tells what a strict server answers. RFC 6455 §4.2.1, §4.2.2.
 *
 * Not covered: what it knows better than the request, such as whose origin or which resource it takes.
 */
export function strictAnswer(request: RequestHead): HandshakeAnswer {
  const isHttp11 = request.httpVersion >= 'HTTP/1.1';
  const mayUpgrade = isHttp11 && fieldMembers(request, 'connection').includes('upgrade');
  if (!mayUpgrade || !asksForWebSocket(request)) {
    return { answer: 'ordinary', section: 'RFC 9110 §7.8' };
  }
  if (fieldLinesOf(request, 'host').length !== 1) {
    return { answer: 400, section: 'RFC 9112 §3.2' };
  }
  if (request.method !== 'GET') return { answer: 405, section: 'RFC 6455 §4.2.1' };
  const violations = requestHandshakeViolations(request);
  const other = violations.filter(({ code }) => code !== 'VERSION_NOT_13');
  if (other.length > 0) return { answer: 400, section: 'RFC 6455 §4.2.1' };
  return violations.length > 0
    ? { answer: 426, section: 'RFC 6455 §4.2.2' }
    : { answer: 101, section: 'RFC 6455 §4.2.2' };
}
