import type { PlainFrames } from '#capture/plain-frames.ts';
import type { Row } from '#capture/row.ts';

/** Rows with numbers that follow each other, kept and let go together. */
export type RowBlock = {
  readonly first: number;
  count: number;
  /** Memory that goes with it, in octets. */
  weight: number;
} & ({ readonly rows: Row[] } | { readonly frames: PlainFrames });

const BLOCK_ROWS = 1024;
/** About what a row takes with all that hangs on it, but for the octets. */
const ROW_WEIGHT = 800;

/** A run's rows by number, in blocks of which the oldest can be let go. */
export class RowBlocks {
  #blocks: RowBlock[] = [];
  #weight = 0;
  #pending = 0;
  #lastNumber = 0;

  get weight(): number {
    return this.#weight;
  }

  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** Number of the oldest row that is kept. */
  get firstNumber(): number {
    return this.#blocks[0]?.first ?? this.#lastNumber + 1;
  }

  addRow(row: Row): void {
    let block = this.#blocks.at(-1);
    if (block === undefined || 'frames' in block || block.count >= BLOCK_ROWS) {
      block = this.#push({ first: row.number, count: 0, weight: 0, rows: [] });
    }
    if ('rows' in block) block.rows.push(row);
    block.count++;
    block.weight += ROW_WEIGHT;
    this.#weight += ROW_WEIGHT;
    this.#lastNumber = row.number;
  }

  addFrames(frames: PlainFrames): void {
    const { first, count, indexLength } = frames;
    this.#push({ first, count, weight: indexLength, frames });
    this.#weight += indexLength;
    this.#lastNumber = first + count - 1;
  }

  /** Says that so many octets are kept by the rows that come next. */
  weigh(octets: number): void {
    this.#pending += octets;
    this.#weight += octets;
  }

  blockOf(number: number): RowBlock | undefined {
    let low = 0;
    let high = this.#blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#blocks[middle]!.first <= number) low = middle;
      else high = middle - 1;
    }
    const block = this.#blocks[low];
    return block !== undefined && number >= block.first && number < block.first + block.count
      ? block
      : undefined;
  }

  /** Lets go of the oldest blocks, but never of the newest, until at most that weight is left. */
  letGo(weight: number): void {
    let gone = 0;
    while (this.#weight > weight && gone < this.#blocks.length - 1) {
      this.#weight -= this.#blocks[gone]!.weight;
      gone++;
    }
    this.#blocks.splice(0, gone);
  }

  #push(block: RowBlock): RowBlock {
    block.weight += this.#pending;
    this.#pending = 0;
    this.#blocks.push(block);
    return block;
  }
}
