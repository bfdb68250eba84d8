import { headViolations } from '#protocol/http/head-violations.ts';
import type { Exchange } from '#protocol/http/connection-reader.ts';
import type { Framing } from '#protocol/http/framing.ts';
import {
  fieldValue,
  type HttpHead,
  type RequestHead,
  type ResponseHead,
} from '#protocol/http/head.ts';
import { strictAnswer } from '#protocol/websocket/handshake-answer.ts';
import {
  expectedAccept,
  requestHandshakeViolations,
  responseHandshakeViolations,
} from '#protocol/websocket/handshake.ts';

/** Plain values of a head's row. `bodyLength` comes later, when the message has ended. */
export function headData(
  head: HttpHead,
  framing: Framing,
  fields: Readonly<Record<string, string>>,
  exchange: Exchange | undefined,
): Record<string, unknown> {
  return {
    ...(head.type === 'request' ? requestData(head) : responseData(head, exchange?.request)),
    httpVersion: head.httpVersion,
    fields,
    headLength: head.length,
    exchange: exchange?.number,
    violations: [...headViolations(head), ...framing.violations],
  };
}

/** RFC 9110 §15.2: more responses to the same request follow. 101 is the last one in HTTP. */
export function isInterim(head: HttpHead): boolean {
  return head.type === 'response' && head.statusCode < 200 && head.statusCode !== 101;
}

function requestData(head: RequestHead): Record<string, unknown> {
  return { method: head.method, requestTarget: head.requestTarget };
}

/** The request's line is repeated, so that checks and lists need not look it up. */
function responseData(
  head: ResponseHead,
  request: RequestHead | undefined,
): Record<string, unknown> {
  return {
    statusCode: head.statusCode,
    reasonPhrase: head.reasonPhrase,
    ...(request !== undefined && requestData(request)),
  };
}

/**
 * Plain values of a handshake's row.
 *
 * @param response `undefined` when the connection ended without one
 */
export function handshakeData(
  request: RequestHead,
  response: ResponseHead | undefined,
): Record<string, unknown> {
  const accept = response && fieldValue(response, 'sec-websocket-accept');
  const acceptExpected = expectedAccept(request);
  const violations = [
    ...requestHandshakeViolations(request),
    ...(response === undefined ? [] : responseHandshakeViolations(request, response)),
  ];
  return {
    accepted: response?.statusCode === 101,
    ...(response !== undefined && { statusCode: response.statusCode }),
    ...(accept !== undefined && { accept }),
    ...(acceptExpected !== undefined && { acceptExpected }),
    acceptMatches: accept !== undefined && accept === acceptExpected,
    violations,
    strictly: strictAnswer(request),
  };
}
