/** Row numbers that follow each other in time as they do in number. */
type Piece = { first: number; count: number };

/**
 * Row numbers in the order of their times.
 *
 * What the page saw comes a little later than what the wire tells of the same moment, so that a few
 * rows belong before others with a lower number. Between those, the order is that of the numbers,
 * and of a million rows only the ends of such pieces are kept.
 */
export class TimeOrder {
  readonly #timeOf: (number: number) => number;
  #pieces: Piece[] = [];
  /** Index of each piece's first row. */
  #starts: number[] = [];
  #length = 0;
  #lastTime = -Infinity;
  #insertions: number[] = [];
  #generation = 0;

  constructor(timeOf: (number: number) => number) {
    this.#timeOf = timeOf;
  }

  get length(): number {
    return this.#length;
  }

  /**
   * Where rows came to stand before others, one index after another: from the least of those that
   * are new to you on, what you knew has moved.
   */
  get insertions(): readonly number[] {
    return this.#insertions;
  }

  /** Counts how often all indices have changed, because the oldest rows went. */
  get generation(): number {
    return this.#generation;
  }

  /** The number of the row at an index. */
  at(index: number): number | undefined {
    if (index < 0 || index >= this.#length) return undefined;
    const at = this.#pieceAt(index);
    return this.#pieces[at]!.first + index - this.#starts[at]!;
  }

  /** Calls with stretches of numbers that make up the indices from `from` up to `to`. */
  forEachStretch(from: number, to: number, see: (first: number, count: number) => void): void {
    let index = Math.max(0, from);
    const end = Math.min(to, this.#length);
    for (let at = index < end ? this.#pieceAt(index) : 0; index < end; at++) {
      const piece = this.#pieces[at]!;
      const skipped = index - this.#starts[at]!;
      const count = Math.min(piece.count - skipped, end - index);
      see(piece.first + skipped, count);
      index += count;
    }
  }

  /** The index of a row; -1 for one that is not here. */
  indexOf(number: number): number {
    const index = this.#indexAfter(this.#timeOf(number), true);
    for (let at = this.#length === 0 ? 0 : this.#pieceAt(index); at < this.#pieces.length; at++) {
      const { first, count } = this.#pieces[at]!;
      if (number >= first && number < first + count) return this.#starts[at]! + number - first;
    }
    return -1;
  }

  /** Puts rows in their place, whose numbers and times both rise: behind those of the same time. */
  add(first: number, count: number): void {
    for (let number = first; number < first + count;) {
      const left = first + count - number;
      const time = this.#timeOf(number);
      if (time >= this.#lastTime) {
        this.#insert(this.#length, number, left);
        this.#lastTime = this.#timeOf(first + count - 1);
        return;
      }
      const index = this.#indexAfter(time, false);
      const bound = this.#timeOf(this.at(index)!);
      let fitting = 1;
      while (fitting < left && this.#timeOf(number + fitting) < bound) fitting++;
      this.#insertions.push(index);
      this.#insert(index, number, fitting);
      number += fitting;
    }
  }

  /** Lets go of all rows with a number up to `last`. */
  forgetThrough(last: number): void {
    this.#pieces = this.#pieces.flatMap(({ first, count }) => {
      const gone = Math.min(count, Math.max(0, last + 1 - first));
      return gone === count ? [] : [{ first: first + gone, count: count - gone }];
    });
    this.#length = 0;
    this.#starts = this.#pieces.map(({ count }) => (this.#length += count) - count);
    this.#insertions = [];
    this.#generation++;
  }

  #insert(index: number, first: number, count: number): void {
    if (index === this.#length) {
      const last = this.#pieces.at(-1);
      if (last !== undefined && last.first + last.count === first) last.count += count;
      else {
        this.#pieces.push({ first, count });
        this.#starts.push(index);
      }
      this.#length += count;
      return;
    }
    const at = this.#pieceAt(index);
    const piece = this.#pieces[at]!;
    const before = index - this.#starts[at]!;
    const parts = [{ first, count }];
    if (before > 0) parts.unshift({ first: piece.first, count: before });
    parts.push({ first: piece.first + before, count: piece.count - before });
    this.#pieces.splice(at, 1, ...parts);
    this.#length += count;
    let start = this.#starts[at]!;
    for (let each = at; each < this.#pieces.length; each++) {
      this.#starts[each] = start;
      start += this.#pieces[each]!.count;
    }
  }

  /** The index of the first row later than `time`, or at the same time if `orAt`. */
  #indexAfter(time: number, orAt: boolean): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#timeOf(this.at(middle)!);
      if (orAt ? other >= time : other > time) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #pieceAt(index: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
