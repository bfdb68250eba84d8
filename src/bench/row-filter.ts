import type { PlainFrames } from '#capture/plain-frames.ts';
import type { Row, RowKind } from '#capture/row.ts';
import type { Direction } from '#capture/wire-event.ts';
import type { Choices } from './choices.ts';
import { Needle, rowHolds } from './row-holds.ts';
import { firstMoved, type Rows } from './rows.ts';

/** What rows must have in common to be listed; what is left out does not matter. */
export type RowFilter = {
  readonly kind?: RowKind;
  readonly direction?: Direction;
  readonly sender?: NonNullable<Row['sender']>;
  readonly hop?: number;
  /** Somewhere in what {@link rowHolds} looks at. */
  readonly text?: string;
};

/** Whether a filter leaves anything out. */
export const isFiltering = (filter: RowFilter): boolean =>
  Object.values(filter).some((value) => value !== undefined && value !== '');

/** So many rows are looked at before the clock is. */
const STRIDE = 1024;

/** The rows that pass a filter, in the order of time: found bit by bit, and kept up to date. */
export class FilteredRows implements Choices {
  readonly #rows: Rows;
  readonly #filter: RowFilter;
  readonly #needle: Needle | undefined;
  /** Whether the text is in the name of a plain frame or of its message, as rowWords() says it. */
  readonly #named: Readonly<Record<'text' | 'binary', { frame: boolean; message: boolean }>>;
  /** What the last payload that was looked at came to, and whose it is. */
  #payload = { frame: -1, holds: false };
  #numbers = new Uint32Array(1024);
  #length = 0;
  #seen = 0;
  #insertions = 0;
  #generation: number;

  constructor(rows: Rows, filter: RowFilter) {
    this.#rows = rows;
    this.#filter = filter;
    const needle = filter.text ? new Needle(filter.text) : undefined;
    const named = (type: string) => ({
      frame: needle?.isIn(type) ?? true,
      message: needle?.isIn(`${type} message`) ?? true,
    });
    this.#needle = needle;
    this.#named = { text: named('text'), binary: named('binary') };
    this.#generation = rows.generation;
    this.#insertions = rows.insertions.length;
  }

  /** How many rows were found so far. */
  get length(): number {
    return this.#length;
  }

  /** How many rows were looked at. */
  get seen(): number {
    return this.#seen;
  }

  readonly numberAt = (index: number): number | undefined =>
    index >= 0 && index < this.#length ? this.#numbers[index] : undefined;

  readonly indexOf = (number: number | undefined): number => {
    if (number === undefined) return -1;
    const index = this.#before(this.#rows.placeOf(number));
    return this.#numbers[index] === number && index < this.#length ? index : -1;
  };

  /**
   * Looks at rows that were not looked at yet.
   *
   * @param until of the clock, which is read now and then
   * @returns whether all rows are looked at
   */
  advance(until: number, now: () => number = () => performance.now()): boolean {
    this.#goBack();
    const { length } = this.#rows.byTime;
    while (this.#seen < length) {
      const end = Math.min(length, this.#seen + STRIDE);
      this.#rows.see(this.#seen, end, (number, row, frames) => {
        if (row === undefined ? this.#passesFrame(number, frames!) : this.#passes(row)) {
          this.#add(number);
        }
      });
      this.#seen = end;
      if (now() >= until) break;
    }
    return this.#seen >= length;
  }

  /** What stands behind a row that came in between is looked at again. */
  #goBack(): void {
    const { insertions, generation } = this.#rows;
    if (generation !== this.#generation) {
      this.#length = 0;
      this.#seen = 0;
    } else {
      const moved = firstMoved(this.#rows, this.#insertions);
      if (moved < this.#seen) {
        this.#length = this.#before(moved);
        this.#seen = moved;
      }
    }
    this.#generation = generation;
    this.#insertions = insertions.length;
  }

  /** How many of what was found stand before a place. */
  #before(place: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rows.placeOf(this.#numbers[middle]!) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #add(number: number): void {
    if (this.#length === this.#numbers.length) {
      const numbers = new Uint32Array(2 * this.#length);
      numbers.set(this.#numbers);
      this.#numbers = numbers;
    }
    this.#numbers[this.#length++] = number;
  }

  #passes(row: Row): boolean {
    const { kind, direction, sender, hop } = this.#filter;
    // A gap in what was delivered is a gap in what was found, too.
    if (row.kind === 'dropped') return true;
    return (
      (kind === undefined || row.kind === kind) &&
      (direction === undefined || row.direction === direction) &&
      (sender === undefined || row.sender === sender) &&
      (hop === undefined || row.hop === hop) &&
      (this.#needle === undefined || rowHolds(row, this.#needle, this.#rows))
    );
  }

  #passesFrame(number: number, frames: PlainFrames): boolean {
    const { kind, direction, sender, hop } = this.#filter;
    if (kind !== undefined && kind !== (frames.isMessage(number) ? 'ws.message' : 'ws.frame')) {
      return false;
    }
    if (direction !== undefined || sender !== undefined) {
      const way = frames.directionOf(number);
      if (direction !== undefined && way !== direction) return false;
      if (sender !== undefined && frames.originOf(number)[way] !== sender) return false;
    }
    if (hop !== undefined && frames.originOf(number).hop !== hop) return false;
    if (this.#needle === undefined) return true;
    const named = this.#named[frames.isText(number) ? 'text' : 'binary'];
    if (frames.isMessage(number) ? named.message : named.frame) return true;
    return this.#payloadHolds(number, frames, this.#needle);
  }

  /** A frame and its message, which follows it, have one payload. */
  #payloadHolds(number: number, frames: PlainFrames, needle: Needle): boolean {
    const isAnswered = frames.isMessage(number) && this.#payload.frame === number - 1;
    if (!isAnswered) this.#payload = { frame: number, holds: frames.holds(number, needle.octets) };
    return this.#payload.holds;
  }
}
