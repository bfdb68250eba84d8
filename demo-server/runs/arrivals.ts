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
    const parts = this.#waiting
      .filter(({ offset }) => offset < to)
      .map((arrival) => ({
        arrival,
        from: Math.max(this.#taken, arrival.offset),
        to: Math.min(to, endOf(arrival)),
      }))
      .filter((part) => part.to > part.from);
    this.#taken = to;
    if (parts.length > 0) this.#waiting = this.#waiting.filter((arrival) => endOf(arrival) > to);
    return parts;
  }
}

function endOf({ offset, octets }: Arrival): number {
  return offset + octets.length;
}
