import { DeflateDataError, type BitReader } from './bit-reader.ts';
import { HuffmanCode } from './huffman-code.ts';

/** One for octets and lengths of repetitions, one for how far back what is repeated lies. */
export type BlockCodes = { readonly literals: HuffmanCode; readonly distances: HuffmanCode };

/** RFC 1951 §3.2.5: symbols below it are octets, those above it lengths. */
export const END_OF_BLOCK = 256;

/** RFC 1951 §3.2.6. */
export const FIXED_CODES: BlockCodes = {
  literals: new HuffmanCode(
    new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, END_OF_BLOCK, 280),
    false,
  ),
  distances: new HuffmanCode(new Uint8Array(32).fill(5), false),
};

/** RFC 1951 §3.2.7: the order in which the lengths of the code length code are sent. */
const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Reads the two codes that a block brings with it. RFC 1951 §3.2.7. */
export function readCodes(bits: BitReader): BlockCodes {
  const literalCount = bits.take(5) + 257;
  const distanceCount = bits.take(5) + 1;
  if (literalCount > 286 || distanceCount > 30) {
    throw new DeflateDataError('A block has codes for reserved symbols');
  }
  const order = CODE_LENGTH_ORDER.slice(0, bits.take(4) + 4);
  const ofLengths = new Uint8Array(19);
  for (const symbol of order) ofLengths[symbol] = bits.take(3);
  const lengths = readLengths(
    bits,
    new HuffmanCode(ofLengths, false),
    literalCount + distanceCount,
  );
  if (lengths[END_OF_BLOCK] === 0) throw new DeflateDataError('A block has no end');
  return {
    literals: new HuffmanCode(lengths.subarray(0, literalCount), true),
    distances: new HuffmanCode(lengths.subarray(literalCount), true),
  };
}

function readLengths(bits: BitReader, code: HuffmanCode, count: number): Uint8Array {
  const lengths = new Uint8Array(count);
  for (let index = 0; index < count;) {
    const symbol = code.next(bits);
    if (symbol < 16) {
      lengths[index++] = symbol;
      continue;
    }
    if (symbol === 16 && index === 0)
      throw new DeflateDataError('No length comes before the first');
    const value = symbol === 16 ? lengths[index - 1]! : 0;
    const times =
      symbol === 16 ? 3 + bits.take(2) : symbol === 17 ? 3 + bits.take(3) : 11 + bits.take(7);
    if (index + times > count) throw new DeflateDataError('There are too many lengths');
    lengths.fill(value, index, index + times);
    index += times;
  }
  return lengths;
}
