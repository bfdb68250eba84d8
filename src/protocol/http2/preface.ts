import { octetsFromLatin1, sameOctets } from '#protocol/octets.ts';

/** What a client says first, whatever it knows of the server. RFC 9113 §3.4. */
export const CONNECTION_PREFACE = octetsFromLatin1('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/**
 * Says whether a client's first octets are those of HTTP/2.
 *
 * @returns `undefined` while they could still be.
 */
export function beginsWithPreface(octets: Uint8Array): boolean | undefined {
  const length = Math.min(octets.length, CONNECTION_PREFACE.length);
  if (!sameOctets(octets.subarray(0, length), CONNECTION_PREFACE.subarray(0, length))) return false;
  return length === CONNECTION_PREFACE.length ? true : undefined;
}
