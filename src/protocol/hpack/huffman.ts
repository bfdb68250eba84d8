/**
 * The code of RFC 7541 Appendix B, as far as it must be written down: it is canonical, so each
 * length's symbols in their order give every code.
 */
const SYMBOLS: readonly (readonly [codeLength: number, symbols: string])[] = [
  [5, '303132616365696f7374'],
  [6, '20252d2e2f333435363738393d415f62646667686c6d6e707275'],
  [7, '3a42434445464748494a4b4c4d4e4f5051525354555657596a6b71767778797a'],
  [8, '262a2c3b585a'],
  [10, '212228293f'],
  [11, '272b7c'],
  [12, '233e'],
  [13, '0024405b5d7e'],
  [14, '5e7d'],
  [15, '3c607b'],
  [19, '5cc3d0'],
  [20, '808283a2b8c2e0e2'],
  [21, '99a1a7acb0b1b3d1d8d9e3e5e6'],
  [22, '8184858688929a9ca0a3a4a9aaadb2b5b9babbbdbec4c6e4e8e9'],
  [23, '0187898a8b8c8d8f93959697989b9d9ea5a6a8aeafb4b6b7bcbfc5e7ef'],
  [24, '098e9091949fabced7e1eced'],
  [25, 'c7cfeaeb'],
  [26, 'c0c1c8c9cacdd2d5dadbeef0f2f3ff'],
  [27, 'cbccd3d4d6dddedff1f4f5f6f7f8fafbfcfdfe'],
  [28, '020304050607080b0c0e0f1011121314151718191a1b1c1d1e1f7fdcf9'],
  // The end of the string has the next code of this length, of thirty ones.
  [30, '0a0d16'],
];

/** The first code of each length, and the octets that the codes from there on stand for. */
type CodesOfLength = { readonly first: number; readonly symbols: readonly number[] };

const MIN_LENGTH = 5;
const MAX_LENGTH = 30;

const codes: ReadonlyMap<number, CodesOfLength> = canonicalCodes();

function canonicalCodes(): ReadonlyMap<number, CodesOfLength> {
  const all = new Map<number, CodesOfLength>();
  let next = 0;
  let length = 0;
  for (const [codeLength, hex] of SYMBOLS) {
    next *= 2 ** (codeLength - length);
    length = codeLength;
    const symbols = hex.match(/../g)!.map((digits) => Number.parseInt(digits, 16));
    all.set(codeLength, { first: next, symbols });
    next += symbols.length;
  }
  return all;
}

/**
 * Decodes a Huffman-coded string. RFC 7541 §5.2.
 *
 * @returns `undefined` when the octets hold the end of the string, or end with anything but fewer than
 * eight ones.
 */
export function decodeHuffman(octets: Uint8Array): Uint8Array | undefined {
  // The shortest code has five bits.
  const decoded = new Uint8Array(Math.floor((octets.length * 8) / MIN_LENGTH));
  let count = 0;
  let code = 0;
  let length = 0;
  for (const octet of octets) {
    for (let bit = 7; bit >= 0; bit -= 1) {
      code = code * 2 + ((octet >> bit) & 1);
      length += 1;
      const symbol = length < MIN_LENGTH ? undefined : symbolOf(code, length);
      if (symbol === undefined) {
        if (length >= MAX_LENGTH) return undefined;
        continue;
      }
      decoded[count] = symbol;
      count += 1;
      code = 0;
      length = 0;
    }
  }
  const isPadding = length < 8 && code === 2 ** length - 1;
  return isPadding ? decoded.subarray(0, count) : undefined;
}

function symbolOf(code: number, length: number): number | undefined {
  const ofLength = codes.get(length);
  return ofLength?.symbols[code - ofLength.first];
}
