import { DeflateDataError, type BitReader } from './bit-reader.ts';

const MAX_CODE_LENGTH = 15;
/** Codes up to this length are looked up in a table; longer ones are rare and read bit by bit. */
const TABLE_BITS = 9;

/** A Huffman code that is given by the lengths of its code words alone. RFC 1951 §3.2.2. */
export class HuffmanCode {
  /** How many code words there are of each length. */
  readonly #counts = new Uint16Array(MAX_CODE_LENGTH + 1);
  /** In the order of their code words. */
  readonly #symbols: Uint16Array;
  /** Next bits → symbol × 16 + length of its code word; 0 when that is longer. */
  readonly #table = new Uint16Array(1 << TABLE_BITS);

  /**
   * @param lengths of the code word of each symbol; 0 for one that does not occur
   * @param mayBeSingle whether one code word of one bit is enough (RFC 1951 §3.2.7)
   * @throws DeflateDataError when more or fewer code words are given than the lengths leave room for
   */
  constructor(lengths: Uint8Array, mayBeSingle: boolean) {
    for (const length of lengths) this.#counts[length]!++;
    const used = lengths.length - this.#counts[0]!;
    this.#counts[0] = 0;
    this.#symbols = new Uint16Array(used);
    const isSingle = mayBeSingle && used === this.#counts[1] && used <= 1;
    if (this.#roomLeft() > 0 && !isSingle) throw new DeflateDataError('Code words are missing');
    this.#assign(lengths);
  }

  /** @throws DeflateDataError when there are too many. */
  #roomLeft(): number {
    let left = 1;
    for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
      left = 2 * left - this.#counts[length]!;
      if (left < 0) throw new DeflateDataError('There are too many code words');
    }
    return left;
  }

  #assign(lengths: Uint8Array): void {
    const places = new Uint16Array(MAX_CODE_LENGTH + 2);
    const codes = new Uint16Array(MAX_CODE_LENGTH + 2);
    for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
      places[length + 1] = places[length]! + this.#counts[length]!;
      codes[length + 1] = (codes[length]! + this.#counts[length]!) << 1;
    }
    for (const [symbol, length] of lengths.entries()) {
      if (length === 0) continue;
      this.#symbols[places[length]!++] = symbol;
      const code = codes[length]!++;
      if (length <= TABLE_BITS) this.#enter(symbol, code, length);
    }
  }

  /** Code words arrive with their first bit first, numbers with their last. RFC 1951 §3.1.1. */
  #enter(symbol: number, code: number, length: number): void {
    let reversed = 0;
    for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit);
    for (let entry = reversed; entry < 1 << TABLE_BITS; entry += 1 << length) {
      this.#table[entry] = (symbol << 4) | length;
    }
  }

  /** Takes the next code word and gives its symbol. */
  next(bits: BitReader): number {
    const entry = this.#table[bits.peek(TABLE_BITS)]!;
    if (entry === 0) return this.#nextLong(bits);
    bits.skip(entry & 15);
    return entry >> 4;
  }

  #nextLong(bits: BitReader): number {
    const ahead = bits.peek(MAX_CODE_LENGTH);
    let [code, first, place] = [0, 0, 0];
    for (let length = 1; length <= MAX_CODE_LENGTH; length++) {
      code |= (ahead >> (length - 1)) & 1;
      const count = this.#counts[length]!;
      if (code - first < count) {
        bits.skip(length);
        return this.#symbols[place + code - first]!;
      }
      place += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new DeflateDataError('No code word begins like this');
  }
}
