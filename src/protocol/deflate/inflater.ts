import { BitReader, DeflateDataError } from './bit-reader.ts';
import { END_OF_BLOCK, FIXED_CODES, readCodes, type BlockCodes } from './block-codes.ts';

/** More came out than was allowed; what was inflated so far is given up. */
export class InflateBoundError extends Error {
  override readonly name = 'InflateBoundError';
}

/** RFC 1951 §3.2.5: symbols 257 to 285 stand for lengths, those of the other code for distances. */
const LENGTH_BASES = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const LENGTH_EXTRA_BITS = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const DISTANCE_BASES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_EXTRA_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];

/**
 * Inflates raw DEFLATE, piece by piece and without waiting. RFC 1951.
 *
 * A page's own `DecompressionStream` answers later, and rows are made in the order of octets; so
 * this is ours. It stops at its bound before it has taken the memory.
 */
export class Inflater {
  readonly #windowLength: number;
  /** What came out of it, as far as references reach back, and then what comes out now. */
  #output = new Uint8Array(0);
  #length = 0;

  /** @param windowBits 8 to 15: how far back a reference may reach, as a power of 2 */
  constructor(windowBits = 15) {
    this.#windowLength = 2 ** windowBits;
  }

  /** Forgets what came before: nothing can be referred to any more. */
  reset(): void {
    this.#length = 0;
  }

  /**
   * Inflates whole blocks that end with the last octet. One that is marked as the last one of its
   * stream is one like the others (RFC 7692 §7.2.3.4).
   *
   * @returns octets of their own
   * @throws DeflateDataError when it is no DEFLATE
   * @throws InflateBoundError when more than `maxLength` octets come out; after either error `reset` it
   */
  inflate(deflated: Uint8Array, maxLength: number): Uint8Array {
    this.#length = this.#slide();
    const begin = this.#length;
    const bits = new BitReader(deflated);
    while (!bits.isAtEnd) this.#block(bits, begin + maxLength);
    return this.#output.slice(begin, this.#length);
  }

  /** Moves the window to the front and returns its length; gives memory back after a long piece. */
  #slide(): number {
    const length = Math.min(this.#length, this.#windowLength);
    const begin = this.#length - length;
    const roomy = 4 * this.#windowLength;
    if (this.#output.length > roomy) this.#output = this.#output.slice(begin, this.#length);
    else if (this.#length > roomy / 2) this.#output.copyWithin(0, begin, this.#length);
    else return this.#length;
    return length;
  }

  #block(bits: BitReader, maxEnd: number): void {
    const isLast = bits.take(1) === 1;
    const type = bits.take(2);
    if (type === 0) this.#stored(bits, maxEnd);
    else if (type === 1) this.#compressed(bits, FIXED_CODES, maxEnd);
    else if (type === 2) this.#compressed(bits, readCodes(bits), maxEnd);
    else throw new DeflateDataError('Block type 3 is reserved');
    if (isLast) bits.alignToOctet();
  }

  /** RFC 1951 §3.2.4. */
  #stored(bits: BitReader, maxEnd: number): void {
    bits.alignToOctet();
    const length = bits.take(16);
    if (bits.take(16) !== (length ^ 0xffff)) throw new DeflateDataError('A stored length is wrong');
    const octets = bits.takeOctets(length);
    this.#makeRoom(length, maxEnd);
    this.#output.set(octets, this.#length);
    this.#length += length;
  }

  /** RFC 1951 §3.2.3. */
  #compressed(bits: BitReader, { literals, distances }: BlockCodes, maxEnd: number): void {
    for (;;) {
      const symbol = literals.next(bits);
      if (symbol === END_OF_BLOCK) return;
      if (symbol < END_OF_BLOCK) {
        this.#makeRoom(1, maxEnd);
        this.#output[this.#length++] = symbol;
      } else {
        const length = takeWithExtra(bits, symbol - 257, LENGTH_BASES, LENGTH_EXTRA_BITS);
        const symbolOfDistance = distances.next(bits);
        this.#repeat(
          length,
          takeWithExtra(bits, symbolOfDistance, DISTANCE_BASES, DISTANCE_EXTRA_BITS),
          maxEnd,
        );
      }
    }
  }

  /** What is repeated may reach into what it makes: one octet, 258 times. RFC 1951 §3.2.3. */
  #repeat(length: number, distance: number, maxEnd: number): void {
    if (distance > this.#length || distance > this.#windowLength) {
      throw new DeflateDataError('A reference reaches too far back');
    }
    this.#makeRoom(length, maxEnd);
    for (const end = this.#length + length; this.#length < end; this.#length++) {
      this.#output[this.#length] = this.#output[this.#length - distance]!;
    }
  }

  #makeRoom(length: number, maxEnd: number): void {
    const end = this.#length + length;
    if (end > maxEnd) throw new InflateBoundError('More comes out than is allowed');
    if (end <= this.#output.length) return;
    const larger = new Uint8Array(Math.max(256, 2 * end));
    larger.set(this.#output.subarray(0, this.#length));
    this.#output = larger;
  }
}

function takeWithExtra(
  bits: BitReader,
  symbol: number,
  bases: readonly number[],
  extraBits: readonly number[],
): number {
  const base = bases[symbol];
  if (base === undefined) throw new DeflateDataError('A symbol is reserved');
  return base + bits.take(extraBits[symbol]!);
}
