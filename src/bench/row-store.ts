import { CaptureReader } from '#capture/capture-reader.ts';
import type { PageEvent } from '#capture/page-event.ts';
import { PlainFramesDraft } from '#capture/plain-frames.ts';
import type { Row } from '#capture/row.ts';
import { BatchReader, octetsConnection, octetsTime } from '#capture/wire-batch.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import { lazyRows } from './lazy-rows.ts';
import { RowBlocks } from './row-blocks.ts';
import type { Rows, SeeRow } from './rows.ts';
import { RunRecord } from './run-record.ts';
import { TimeOrder } from './time-order.ts';

/** So much of a run a page keeps. */
export type StoreBounds = {
  /** Octets of batches, and what is kept beside them. */
  readonly weight: number;
  /** So many rows are made at once and stay; of a longer run, plain frames are read when looked at. */
  readonly madeRows: number;
};

/** A million frames of 64 octets, and some; a demo's run stays far below the second. */
export const STORE_BOUNDS: StoreBounds = { weight: 128 * 1024 * 1024, madeRows: 8192 };

/** At its bound a store lets go of this part, so that it does not stand there with every batch. */
const LET_GO = 0.125;
/** So many rows that were made of frames are remembered: more than are in sight at once. */
const REMEMBERED_ROWS = 1024;

/**
 * A run's rows in both orders, without any reactivity: whoever draws asks when it is time.
 *
 * Batches are kept as they came. What stands in them becomes rows at once as long as a run is short,
 * and when somebody looks once it is a flood. What is oldest goes first, and a row says so.
 */
export class RowStore implements Rows {
  /** What the rows were read from, as far as it is kept. */
  readonly record = new RunRecord();
  readonly byTime = lazyRows(
    () => this.#order.length + this.#isCut,
    (index) => (index < this.#isCut ? this.#gone : this.row(this.#order.at(index - this.#isCut))),
  );
  readonly #bounds: StoreBounds;
  readonly #reader = new CaptureReader({ keepsRows: false });
  readonly #draft = new PlainFramesDraft();
  readonly #blocks = new RowBlocks();
  readonly #order = new TimeOrder((number) => this.#timeOf(number));
  readonly #lazy = lazyRows(
    () => this.#blocks.lastNumber + 1 - this.#blocks.firstNumber + this.#isCut,
    (index) =>
      index < this.#isCut ? this.#gone : this.row(this.#blocks.firstNumber + index - this.#isCut),
  );
  readonly #remembered = new Map<number, Row>();
  /** As long as all rows are made and kept, this is all of them. */
  #made: Row[] | undefined = [];
  /** Stands for the rows that were let go. */
  #gone: Row | undefined;

  constructor(bounds = STORE_BOUNDS) {
    this.#bounds = bounds;
  }

  get rows(): readonly Row[] {
    return this.#made ?? this.#lazy;
  }

  get lastNumber(): number {
    return this.#blocks.lastNumber;
  }

  /** Number of the last event of the wire that was read. */
  get lastSeq(): number {
    return this.#reader.lastSeq;
  }

  get insertions(): readonly number[] {
    return this.#order.insertions;
  }

  get generation(): number {
    return this.#order.generation;
  }

  row(number: number | undefined): Row | undefined {
    if (number === undefined) return undefined;
    const block = this.#blocks.blockOf(number);
    if (block === undefined) return number === this.#gone?.number ? this.#gone : undefined;
    if ('rows' in block) return block.rows[number - block.first];
    const known = this.#remembered.get(number);
    if (known !== undefined) return known;
    if (this.#remembered.size > REMEMBERED_ROWS) this.#remembered.clear();
    for (const row of block.frames.rowsOf(number)) this.#remembered.set(row.number, row);
    return this.#remembered.get(number);
  }

  after(number: number, limit: number, newest?: 'newest'): readonly Row[] {
    const { lastNumber, firstNumber } = this.#blocks;
    let first = Math.max(number + 1, firstNumber);
    if (newest !== undefined) first = Math.max(first, lastNumber + 1 - limit);
    const length = Math.max(0, Math.min(limit, lastNumber + 1 - first));
    return Array.from({ length }, (_, index) => this.row(first + index)!);
  }

  numberAt(place: number): number | undefined {
    return place < this.#isCut ? this.#gone?.number : this.#order.at(place - this.#isCut);
  }

  placeOf(number: number): number {
    if (number === this.#gone?.number) return 0;
    if (number < this.#blocks.firstNumber || number > this.#blocks.lastNumber) return -1;
    return this.#order.indexOf(number) + this.#isCut;
  }

  see(from: number, to: number, see: SeeRow): void {
    if (from < this.#isCut && to > 0) see(this.#gone!.number, this.#gone, undefined);
    this.#order.forEachStretch(from - this.#isCut, to - this.#isCut, (first, count) => {
      for (let number = first; number < first + count;) {
        const block = this.#blocks.blockOf(number)!;
        const end = Math.min(first + count, block.first + block.count);
        if ('rows' in block) {
          for (; number < end; number++) see(number, block.rows[number - block.first], undefined);
        } else {
          for (; number < end; number++) see(number, undefined, block.frames);
        }
      }
    });
  }

  /** Adopts one message of the wire channel: its octets must not be written to afterwards. */
  addBatch(octets: Uint8Array): void {
    const batch = new BatchReader(octets);
    this.record.addBatch(octets);
    this.#blocks.weigh(octets.byteLength);
    let lastTime = -Infinity;
    const keep = () => {
      if (!this.#draft.isEmpty) this.#keepFrames(batch);
      lastTime = -Infinity;
    };
    for (;;) {
      if (this.#blocks.lastNumber >= this.#bounds.madeRows && batch.octetsAt !== undefined) {
        const time = octetsTime(batch.view, batch.octetsAt);
        // A stretch of frames is put in its place as a whole.
        if (time < lastTime) keep();
        const isTaken = this.#reader.passFrames(batch, (number, eventAt, frameAt, origin) => {
          const connection = octetsConnection(batch.view, eventAt);
          this.#draft.add(number, connection, origin, eventAt, frameAt);
        });
        if (isTaken) {
          lastTime = time;
          continue;
        }
      }
      keep();
      const event = batch.next();
      if (event === undefined) break;
      this.#addRows(this.#reader.pushWire(event));
    }
    this.#letGo();
  }

  /** Adds events that come from elsewhere than a batch. */
  addWire(events: readonly WireEvent[]): void {
    for (const event of events) {
      this.record.addWire(event);
      if (event.kind === 'octets') this.#blocks.weigh(event.octets.byteLength);
      this.#addRows(this.#reader.pushWire(event));
    }
    this.#letGo();
  }

  addPage(event: PageEvent): void {
    this.record.addPage(event);
    this.#addRows(this.#reader.pushPage(event));
    this.#letGo();
  }

  /** Rows for an export: all, or of a flood those that the record's events make. */
  exportedRows(): readonly Row[] {
    if (this.#made !== undefined) return this.#made;
    const reader = new CaptureReader();
    for (const event of this.record.events) reader.pushWire(event);
    return reader.rows;
  }

  /** 1 when the first row stands for those that are gone. */
  get #isCut(): 0 | 1 {
    return this.#gone === undefined ? 0 : 1;
  }

  #addRows(rows: readonly Row[]): void {
    for (const row of rows) {
      this.#blocks.addRow(row);
      this.#made?.push(row);
      this.#order.add(row.number, 1);
    }
  }

  #keepFrames(batch: BatchReader): void {
    const frames = this.#draft.take(batch);
    this.#made = undefined;
    this.#blocks.addFrames(frames);
    this.#order.add(frames.first, frames.count);
  }

  #letGo(): void {
    if (this.#blocks.weight <= this.#bounds.weight) return;
    this.#blocks.letGo(this.#bounds.weight * (1 - LET_GO));
    const number = this.#blocks.firstNumber - 1;
    if (number === 0) return;
    this.#made = undefined;
    this.#remembered.clear();
    this.#order.forgetThrough(number);
    const t = this.#timeOf(this.#order.at(0)!);
    this.#gone = {
      number,
      t,
      kind: 'dropped',
      vantage: 'page',
      data: { rows: number, by: 'page' },
    };
  }

  #timeOf(number: number): number {
    const block = this.#blocks.blockOf(number)!;
    return 'rows' in block ? block.rows[number - block.first]!.t : block.frames.timeOf(number);
  }
}
