import { CaptureReader } from '#capture/capture-reader.ts';
import type { PageEvent } from '#capture/page-event.ts';
import type { Row } from '#capture/row.ts';
import type { WireEvent } from '#capture/wire-event.ts';
import type { Rows } from './rows.ts';
import { RunRecord } from './run-record.ts';

/** A run's rows in both orders, without any reactivity: whoever draws asks when it is time. */
export class RowStore implements Rows {
  /** What the rows were read from, as far as it is kept. */
  readonly record = new RunRecord();
  readonly #reader = new CaptureReader();
  readonly #byTime: Row[] = [];
  readonly #byNumber: Row[] = [];

  get rows(): readonly Row[] {
    return this.#byNumber;
  }

  get byTime(): readonly Row[] {
    return this.#byTime;
  }

  row(number: number | undefined): Row | undefined {
    return number === undefined ? undefined : this.#byNumber[number - 1];
  }

  addWire(events: readonly WireEvent[]): void {
    for (const event of events) {
      this.record.addWire(event);
      this.#add(this.#reader.pushWire(event));
    }
  }

  addPage(event: PageEvent): void {
    this.record.addPage(event);
    this.#add(this.#reader.pushPage(event));
  }

  #add(rows: readonly Row[]): void {
    for (const row of rows) {
      this.#byNumber.push(row);
      let place = this.#byTime.length;
      // Page and wire arrive a little out of order: the right place is never far from the end.
      while (place > 0 && this.#byTime[place - 1]!.t > row.t) place--;
      this.#byTime.splice(place, 0, row);
    }
  }
}
