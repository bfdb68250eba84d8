/**
 * As much of the Distinguished Encoding Rules as a certificate takes: identifier, length, contents.
 * X.690 §8.1, §10.
 */

const CONSTRUCTED = 0x20;
const CONTEXT_SPECIFIC = 0x80;

/** Identifier, length in its shortest form, contents. X.690 §8.1.3, §10.1. */
function encode(identifier: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.of(identifier, length), content]);
  const digits = Buffer.from(length.toString(16).replace(/^(?=(?:..)*.$)/, '0'), 'hex');
  return Buffer.concat([Buffer.of(identifier, 0x80 | digits.length), digits, content]);
}

export const sequence = (...parts: readonly Uint8Array[]) => encode(0x30, ...parts);
export const set = (...parts: readonly Uint8Array[]) => encode(0x31, ...parts);
export const octetString = (octets: Uint8Array) => encode(0x04, octets);
/** Of whole octets: none of the last one's bits is unused. */
export const bitString = (octets: Uint8Array) => encode(0x03, Buffer.of(0), octets);
export const utf8String = (text: string) => encode(0x0c, Buffer.from(text));

/** Not negative: a first bit that is set gets an octet before it. X.690 §8.3. */
export function integer(octets: Uint8Array): Buffer {
  return (octets[0] ?? 0) >= 0x80 ? encode(0x02, Buffer.of(0), octets) : encode(0x02, octets);
}

/** `2.5.4.3`: two numbers in the first octet, seven bits of the others in each. X.690 §8.19. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const groups = [40 * first + second, ...rest].map((value) => {
    const sevens = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) sevens.unshift(0x80 | (left & 0x7f));
    return Buffer.from(sevens);
  });
  return encode(0x06, ...groups);
}

/** To the second, in UTC, with two digits of the year: until 2049. RFC 5280 §4.1.2.5.1. */
export function utcTime(date: Date): Buffer {
  const digits = date.toISOString().replace(/\D/g, '').slice(2, 14);
  return encode(0x17, Buffer.from(`${digits}Z`));
}

/** `[number]` around something else. */
export const explicit = (number: number, part: Uint8Array) =>
  encode(CONTEXT_SPECIFIC | CONSTRUCTED | number, part);
/** `[number]` in place of the type that it would have. */
export const implicit = (number: number, octets: Uint8Array) =>
  encode(CONTEXT_SPECIFIC | number, octets);
