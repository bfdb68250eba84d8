/** How many times what is there may be made room for. */
const MOST_AHEAD = 8;

/**
 * Octets that arrived and were not read yet, always in one piece.
 *
 * What arrives into an empty buffer is adopted, not copied; what has been handed out is never
 * written again, so views stay true as long as the pushed octets do.
 */
export class OctetBuffer {
  #store: Uint8Array = new Uint8Array(0);
  #start = 0;
  #end = 0;
  /** Made once for many looks at the same octets: a view costs more than most looks. */
  #view: Uint8Array | undefined;

  get length(): number {
    return this.#end - this.#start;
  }

  /** A view of all that is there. */
  get octets(): Uint8Array {
    this.#view ??= this.#store.subarray(this.#start, this.#end);
    return this.#view;
  }

  push(octets: Uint8Array): void {
    if (octets.length === 0) return;
    this.#view = undefined;
    if (this.length === 0) {
      this.#adopt(octets);
      return;
    }
    // Adopted octets end with the store, so that nothing is written behind what is not ours.
    if (this.#end + octets.length > this.#store.length) {
      this.#grow(this.length + octets.length);
    }
    this.#store.set(octets, this.#end);
    this.#end += octets.length;
  }

  /**
   * Makes room at once for a thing of that length, instead of by doubling.
   *
   * A length may be all that ever comes of it, on each of many connections: so there is room for some
   * times what is there, and more with more of it.
   */
  reserve(length: number): void {
    const room = this.#store.length - this.#start;
    // Not anew with each piece that comes.
    if (this.length === 0 || room >= Math.min(length, 2 * this.length)) return;
    this.#grow(Math.min(length, MOST_AHEAD * this.length));
  }

  /** Removes and returns that many octets from the front, as a view. */
  take(length: number): Uint8Array {
    const octets = this.#store.subarray(this.#start, this.#start + length);
    this.#start += octets.length;
    this.#view = undefined;
    return octets;
  }

  #adopt(octets: Uint8Array): void {
    this.#store = octets;
    this.#start = 0;
    this.#end = octets.length;
  }

  #grow(length: number): void {
    const store = new Uint8Array(Math.max(length, 2 * this.length));
    store.set(this.octets);
    this.#end = this.length;
    this.#start = 0;
    this.#store = store;
    this.#view = undefined;
  }
}
