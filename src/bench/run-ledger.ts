import { Http2Sums, type Http2Ledger } from '#capture/http2-sums.ts';
import { LedgerReader, type Ledger } from '#capture/ledger.ts';
import type { Rows } from './rows.ts';

/** So many rows at a time are made of a flood's frames. */
const AT_ONCE = 1024;

/** The sums of a run while its rows come, and after the oldest of them were let go. */
export class RunLedger {
  readonly #reader = new LedgerReader();
  readonly #http2 = new Http2Sums();
  /** Number of the last row that was read: their places change when the oldest go. */
  #last = 0;

  /** Reads the rows that have come since. */
  readOn(store: Pick<Rows, 'after'>): void {
    let rows = store.after(this.#last, AT_ONCE);
    for (; rows.length > 0; rows = store.after(this.#last, AT_ONCE)) {
      for (const row of rows) {
        this.#reader.push(row);
        this.#http2.push(row);
        this.#last = row.number;
      }
    }
  }

  get ledger(): Ledger {
    return this.#reader.ledger();
  }

  /** Undefined unless frames of HTTP/2 are among them. */
  get http2(): Http2Ledger | undefined {
    return this.#http2.ledger;
  }
}
