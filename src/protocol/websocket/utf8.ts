/** Octets that may follow one that begins a character, by RFC 3629 §4: first value, last, how many. */
type Tail = readonly [least: number, most: number, length: number];

/** First octets whose second octet is bounded more than 80 to BF: no overlong form, no surrogate. */
const BoundedTails: Readonly<Record<number, Tail>> = {
  0xe0: [0xa0, 0xbf, 2],
  0xed: [0x80, 0x9f, 2],
  0xf0: [0x90, 0xbf, 3],
  0xf4: [0x80, 0x8f, 3],
};

/**
 * Finds the first octet that can't be UTF-8, over the ends of frames. RFC 3629 §4.
 *
 * A receiver may fail the connection at that octet, long before the message ends. RFC 6455 §8.1.
 */
export class Utf8Reader {
  #offset = 0;
  /** Octets that the character begun still needs. */
  #missing = 0;
  #least = 0x80;
  #most = 0xbf;

  /**
   * Reads on.
   *
   * @param isLast whether the text ends here
   * @returns offset of the first octet that is wrong, from the text's first; the text's length when
   *   its last character is cut off; `undefined` while all is well.
   */
  push(octets: Uint8Array, isLast: boolean): number | undefined {
    for (let index = 0; index < octets.length; index++) {
      if (!this.#take(octets[index] ?? 0)) return this.#offset + index;
    }
    this.#offset += octets.length;
    return isLast && this.#missing > 0 ? this.#offset : undefined;
  }

  #take(octet: number): boolean {
    if (this.#missing === 0) return octet < 0x80 || this.#begin(octet);
    if (octet < this.#least || octet > this.#most) return false;
    this.#missing--;
    [this.#least, this.#most] = [0x80, 0xbf];
    return true;
  }

  #begin(octet: number): boolean {
    const tail = BoundedTails[octet] ?? usualTail(octet);
    if (tail === undefined) return false;
    [this.#least, this.#most, this.#missing] = tail;
    return true;
  }
}

function usualTail(octet: number): Tail | undefined {
  if (octet >= 0xc2 && octet <= 0xdf) return [0x80, 0xbf, 1];
  if (octet >= 0xe1 && octet <= 0xef) return [0x80, 0xbf, 2];
  return octet >= 0xf1 && octet <= 0xf3 ? [0x80, 0xbf, 3] : undefined;
}
