import { octetsFromLatin1 } from '#protocol/octets.ts';

/**
 * Reads the text of `Last-Event-ID`, which a page sends as UTF-8. WHATWG HTML §9.2.4.
 *
 * @param fieldValue each octet as one code point
 */
export function parseLastEventId(fieldValue: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(octetsFromLatin1(fieldValue));
}
