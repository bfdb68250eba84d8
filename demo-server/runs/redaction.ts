import { WITHHELD_OCTET } from '#capture/wire-event.ts';
import type { RequestHead } from '#protocol/http/head.ts';
import type { MessageElement } from '#protocol/http/message-element.ts';

/**
 * What a stored head may show. Cookies are shared by all ports of `localhost` (RFC 6265 §8.5), so a
 * reader's request carries what other programs on the machine keep there; whatever is not known to be
 * harmless is overwritten, length for length, before it is stored.
 */

export const SHOWN_FIELDS: ReadonlySet<string> = new Set([
  'age',
  'allow',
  'cache-control',
  'connection',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'date',
  'etag',
  'expect',
  'expires',
  'host',
  // Only a page's own script sends it, and to its own server.
  'idempotency-key',
  'keep-alive',
  'last-event-id',
  'last-modified',
  'origin',
  'pragma',
  'range',
  'referrer-policy',
  'retry-after',
  'sec-fetch-dest',
  'sec-fetch-mode',
  'sec-fetch-site',
  'sec-websocket-accept',
  'sec-websocket-extensions',
  'sec-websocket-key',
  'sec-websocket-version',
  'te',
  // The name of a request in logs; a page's own script makes it up.
  'traceparent',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'vary',
  'via',
  'x-content-type-options',
]);

/** No demo speaks a subprotocol yet, and applications put tokens into `Sec-WebSocket-Protocol`. */
const SHOWN_FAMILIES = /^(?:accept(?:-|$)|content-|if-|x-demo-)/;

/**
 * A `User-Agent` that says nothing of the reader: curl's own, and those of our robots. A browser's names
 * the machine, and stays withheld.
 */
const TOOL_NAME = /^(?:curl|kube-probe|demo-crawler)\/[\d.]+$/;

const SECRET_NAME = /token|secret|key|code|password/i;
const PARAMETER = /[?&]([^=&#]*)=([^&#]*)/g;

/** A span of octets. */
export type Span = { readonly offset: number; readonly length: number };

/** Lists the spans of an element, from the first octet of its direction, that nobody may see. */
export function withheldSpans(element: MessageElement): Span[] {
  if (element.type !== 'head' && element.type !== 'trailer-section') return [];
  const { fieldLines } = element.type === 'head' ? element.head : element;
  const values = fieldLines
    .filter(({ name, value }) => !mayShow(name.toLowerCase(), value))
    .map(({ valueOffset, valueLength }) => ({ offset: valueOffset, length: valueLength }));
  const isRequest = element.type === 'head' && element.head.type === 'request';
  const spans = isRequest ? [...values, ...secretQueryValues(element.head)] : values;
  return spans.map(({ offset, length }) => ({ offset: element.offset + offset, length }));
}

/** Spans of the values in a request target's query whose names sound like secrets. */
export function secretQueryValues({
  requestTarget,
  requestTargetOffset,
}: Pick<RequestHead, 'requestTarget' | 'requestTargetOffset'>): Span[] {
  if (!requestTarget.includes('=')) return [];
  return [...requestTarget.matchAll(PARAMETER)].flatMap((match) => {
    const [whole, name = '', value = ''] = match;
    if (!SECRET_NAME.test(percentDecoded(name))) return [];
    const end = requestTargetOffset + match.index + whole.length;
    return [{ offset: end - value.length, length: value.length }];
  });
}

/** A name that can't be decoded may stand for anything, so it is taken for a secret's. */
function percentDecoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return 'secret';
  }
}

/**
 * Returns the octets with the spans overwritten, in a copy if there are any; lengths stay true.
 *
 * A span may begin before the octets or end after them.
 *
 * @param start where the octets stand in that in which the spans do
 */
export function withhold(octets: Uint8Array, spans: readonly Span[], start: number): Uint8Array {
  if (spans.length === 0) return octets;
  const copy = Uint8Array.from(octets);
  for (const { offset, length } of spans) {
    const from = Math.max(0, offset - start);
    copy.fill(WITHHELD_OCTET, from, Math.max(from, offset + length - start));
  }
  return copy;
}

/** Says whether a field's value may be stored. */
export function isShown(lowerName: string): boolean {
  return SHOWN_FIELDS.has(lowerName) || SHOWN_FAMILIES.test(lowerName);
}

/** Says whether this value of the field may be stored. */
export function mayShow(lowerName: string, value: string): boolean {
  return isShown(lowerName) || (lowerName === 'user-agent' && TOOL_NAME.test(value));
}
