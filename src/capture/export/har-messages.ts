import type { Row } from '#capture/row.ts';
import { WITHHELD_OCTET } from '#capture/wire-event.ts';
import {
  fieldValue,
  type HttpHead,
  type RequestHead,
  type ResponseHead,
} from '#protocol/http/head.ts';
import { contentOf, harContent, harPostData } from './har-content.ts';
import type { HarPair, HarRequest, HarResponse } from './har-format.ts';

/** A head with the row that it was found in. */
export type Head<H extends HttpHead> = { readonly row: Row; readonly head: H };

const WITHHELD = String.fromCharCode(WITHHELD_OCTET);

/**
 * Writes a request.
 *
 * @param body rows that are about its head's row
 */
export function harRequest(
  { row, head }: Head<RequestHead>,
  body: readonly Row[],
  scheme: 'http' | 'ws',
): HarRequest {
  const content = contentOf(body);
  const url = targetUri(head, scheme);
  return {
    method: head.method,
    url,
    httpVersion: head.httpVersion,
    cookies: [],
    headers: harHeaders(head),
    queryString: queryOf(url),
    ...(content.length > 0 && {
      postData: harPostData(content, fieldValue(head, 'content-type') ?? ''),
    }),
    headersSize: head.length,
    bodySize: bodySize(row),
  };
}

/**
 * Writes a response.
 *
 * @param body rows that are about its head's row
 */
export function harResponse({ row, head }: Head<ResponseHead>, body: readonly Row[]): HarResponse {
  const content = contentOf(body);
  const size = Math.max(bodySize(row), content.length);
  return {
    status: head.statusCode,
    statusText: head.reasonPhrase,
    httpVersion: head.httpVersion,
    cookies: [],
    headers: harHeaders(head),
    content: harContent(content, size, fieldValue(head, 'content-type') ?? 'x-unknown'),
    redirectURL: fieldValue(head, 'location') ?? '',
    headersSize: head.length,
    bodySize: bodySize(row),
  };
}

/** Stands where no response was seen, as browsers export it. */
export function noResponse(): HarResponse {
  return {
    status: 0,
    statusText: '',
    httpVersion: '',
    cookies: [],
    headers: [],
    content: { size: 0, mimeType: 'x-unknown' },
    redirectURL: '',
    headersSize: -1,
    bodySize: -1,
  };
}

function harHeaders(head: HttpHead): HarPair[] {
  return head.fieldLines.map(({ name, value }) => ({
    name,
    value: value.replaceAll(WITHHELD, '•'),
  }));
}

/** Content without chunk framing; -1 while the message has not ended. */
function bodySize({ data }: Row): number {
  return typeof data['bodyLength'] === 'number' ? data['bodyLength'] : -1;
}

/** RFC 9112 §3.3; the scheme of a handshake as a page writes it (RFC 6455 §3). */
function targetUri(head: RequestHead, scheme: 'http' | 'ws'): string {
  const { requestTarget } = head;
  const origin = `${scheme}://${fieldValue(head, 'host') ?? 'localhost'}`;
  if (requestTarget === '*') return origin;
  return requestTarget.startsWith('/') ? origin + requestTarget : requestTarget;
}

function queryOf(url: string): HarPair[] {
  const at = url.indexOf('?');
  if (at === -1) return [];
  return [...new URLSearchParams(url.slice(at))].map(([name, value]) => ({ name, value }));
}
