import { latin1FromOctets, octetsFromLatin1 } from '#protocol/octets.ts';

/** Four letters at a time, the last group filled up. RFC 4648 §4. */
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Writes octets in base64 with padding. RFC 4648 §4. */
export function base64FromOctets(octets: Uint8Array): string {
  return btoa(latin1FromOctets(octets));
}

/**
 * Reads base64 with its padding.
 *
 * Stricter than `atob`, which lets white space and missing padding pass.
 *
 * @returns `undefined` when the text is anything else.
 */
export function octetsFromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || !BASE64.test(text)) return undefined;
  return octetsFromLatin1(atob(text));
}
