const HEX_PAIRS = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'));

/** Below the number of arguments at which engines refuse a call. */
const SLICE_LENGTH = 8192;

/** Up to here a call of the decoder costs more than it saves. */
const SHORT_LENGTH = 24;
const asciiDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Reads pairs of hexadecimal digits; white space between pairs is ignored.
 *
 * @throws SyntaxError for anything else.
 */
export function octetsFromHex(hex: string): Uint8Array<ArrayBuffer> {
  const digits = hex.replaceAll(/\s+/g, '');
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) {
    throw new SyntaxError('Not pairs of hexadecimal digits');
  }
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

/** Writes two lower-case hexadecimal digits per octet. */
export function hexFromOctets(octets: Uint8Array, separator = ''): string {
  return Array.from(octets, (octet) => HEX_PAIRS[octet]).join(separator);
}

/**
 * Reads each octet as the code point of the same number (ISO 8859-1).
 *
 * `TextDecoder('latin1')` would not do: it is windows-1252. But most heads are ASCII, where every
 * encoding agrees, and for those the engine's decoder is ten times as fast as code points.
 */
export function latin1FromOctets(octets: Uint8Array): string {
  if (octets.length > SHORT_LENGTH && isAscii(octets)) return asciiDecoder.decode(octets);
  let text = '';
  for (let start = 0; start < octets.length; start += SLICE_LENGTH) {
    text += fromCharCodes(octets.subarray(start, start + SLICE_LENGTH));
  }
  return text;
}

function fromCharCodes(octets: Uint8Array): string {
  // A call with spread arguments would step through an iterator.
  return Reflect.apply(String.fromCharCode, undefined, octets) as string;
}

function isAscii(octets: Uint8Array): boolean {
  for (let index = 0; index < octets.length; index += 1) {
    if ((octets[index] ?? 0) > 0x7f) return false;
  }
  return true;
}

/**
 * Writes each code point below 256 as the octet of the same number.
 *
 * @throws RangeError for any other code point.
 */
export function octetsFromLatin1(text: string): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 255) throw new RangeError(`Not an octet: ${text[index]}`);
    octets[index] = code;
  }
  return octets;
}

/** Joins pieces into octets of its own; a single piece is returned as it is, not copied. */
export function concatOctets(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const octets = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    octets.set(piece, offset);
    offset += piece.length;
  }
  return octets;
}

/** Tells whether both hold the same octets. */
export function sameOctets(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((octet, index) => octet === b[index]);
}

/** Finds where `wanted` first begins at or after `from`; -1 if nowhere. */
export function indexOfOctets(octets: Uint8Array, wanted: Uint8Array, from = 0): number {
  const [first] = wanted;
  if (first === undefined) return from;
  for (let at = octets.indexOf(first, from); at !== -1; at = octets.indexOf(first, at + 1)) {
    if (at + wanted.length > octets.length) return -1;
    if (sameOctets(octets.subarray(at, at + wanted.length), wanted)) return at;
  }
  return -1;
}
