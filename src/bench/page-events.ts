import type { Row } from '#capture/row.ts';
import type { RowStore } from './row-store.ts';
import type { RunClock } from './run-clock.ts';

type PageNote = {
  /** On the page's clock. */
  readonly at: number;
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** A message's rows are among so many of the newest, unless it is a flood; then no pair is needed. */
const PAIRED_ROWS = 512;

/**
 * Holds what the page saw until the wire has told its part, and then places it among the rows.
 *
 * A message that the script got at some time had left the server before: such pairs set the clock
 * right to a fraction of a millisecond, so that no effect stands above its cause.
 */
export class PageEvents {
  #held: PageNote[] = [];
  /** Number of the last row that was found to be a message of the script's. */
  #paired = 0;

  hold(name: string, data: PageNote['data']): void {
    this.#held.push({ at: performance.now(), name, data });
  }

  release(store: RowStore, clock: RunClock): void {
    const notes = this.#held;
    this.#held = [];
    for (const note of notes) {
      const row = note.name === 'message' ? this.#sentFor(note, store) : undefined;
      if (row === undefined) continue;
      clock.heard(row.t, note.at);
      this.#paired = row.number;
    }
    for (const { at, name, data } of notes) store.addPage({ t: clock.at(at), name, data });
  }

  #sentFor({ data }: PageNote, store: RowStore): Row | undefined {
    return store
      .after(this.#paired, PAIRED_ROWS, 'newest')
      .find(
        (row) =>
          row.kind === 'ws.message' &&
          row.direction === 'down' &&
          row.hop === 0 &&
          row.data['type'] === data['type'] &&
          row.data['length'] === data['length'],
      );
  }
}
