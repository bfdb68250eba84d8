import type { Direction } from '#capture/wire-event.ts';

/** Octets of one read or write, with where they stand in their direction. */
export type Arrival = {
  readonly direction: Direction;
  readonly octets: Uint8Array;
  /** From the first octet of the direction. */
  readonly offset: number;
  readonly t: number;
};

/** A part of an arrival; `from` and `to` are offsets in the direction. */
export type ArrivalPart = { readonly arrival: Arrival; readonly from: number; readonly to: number };

/** What has arrived in one direction and does not belong to anything known yet. */
export class Arrivals {
  readonly #direction: Direction;
  #waiting: Arrival[] = [];
  #received = 0;
  #taken = 0;

  constructor(direction: Direction) {
    this.#direction = direction;
  }

  /** Octets that wait. */
  get length(): number {
    return this.#received - this.#taken;
  }

  add(octets: Uint8Array, t: number): void {
    this.#waiting.push({ direction: this.#direction, octets, offset: this.#received, t });
    this.#received += octets.length;
  }

  /** Takes the next `length` octets, in the parts in which they arrived. */
  take(length: number): ArrivalPart[] {
    const to = this.#taken + length;
    const parts: ArrivalPart[] = [];
    let done = 0;
    for (const arrival of this.#waiting) {
      const from = this.#taken;
      if (from === to) break;
      const end = arrival.offset + arrival.octets.length;
      this.#taken = Math.min(to, end);
      parts.push({ arrival, from, to: this.#taken });
      if (this.#taken === end) done += 1;
    }
    if (done > 0) this.#waiting.splice(0, done);
    return parts;
  }
}
