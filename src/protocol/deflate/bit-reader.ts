/** The octets are not DEFLATE, or end too early. RFC 1951 §3.2. */
export class DeflateDataError extends Error {
  override readonly name = 'DeflateDataError';
}

/** Reads octets bit by bit, from the least significant one on. RFC 1951 §3.1.1. */
export class BitReader {
  readonly #octets: Uint8Array;
  #at = 0;
  /** Bits that were read from the octets and not yet taken. */
  #held = 0;
  #heldLength = 0;

  constructor(octets: Uint8Array) {
    this.#octets = octets;
  }

  get isAtEnd(): boolean {
    return this.#heldLength === 0 && this.#at === this.#octets.length;
  }

  /** Looks at the next bits, at most 16; those behind the end are 0. */
  peek(length: number): number {
    while (this.#heldLength < length && this.#at < this.#octets.length) {
      this.#held |= this.#octets[this.#at++]! << this.#heldLength;
      this.#heldLength += 8;
    }
    return this.#held & ((1 << length) - 1);
  }

  /** Leaves bits behind that were looked at. */
  skip(length: number): void {
    if (length > this.#heldLength) throw new DeflateDataError('The octets end within a block');
    this.#held >>>= length;
    this.#heldLength -= length;
  }

  /** Takes the next bits, at most 16, as a number. */
  take(length: number): number {
    const value = this.peek(length);
    this.skip(length);
    return value;
  }

  /** Goes on to the next octet if it is within one. */
  alignToOctet(): void {
    this.skip(this.#heldLength % 8);
  }

  /** Takes whole octets; it must stand at the begin of one. */
  takeOctets(length: number): Uint8Array {
    this.#at -= this.#heldLength / 8;
    this.#held = 0;
    this.#heldLength = 0;
    const end = this.#at + length;
    if (end > this.#octets.length) throw new DeflateDataError('The octets end within a block');
    const taken = this.#octets.subarray(this.#at, end);
    this.#at = end;
    return taken;
  }
}
