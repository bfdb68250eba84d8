import { signal } from '@preact/signals';

import type { Rows } from './rows.ts';
import type { Instrument } from './load-instrument.ts';

/** At most so often, so that speech can keep up. */
const EVERY_MS = 2000;

/** Tells a screen reader of new rows, when its reader has asked for it. */
export class Announcer {
  readonly isOn = signal(false);
  /** What is said. */
  readonly text = signal('');
  /** Number of the newest row that it has told of. */
  #told = 0;
  #telling: ReturnType<typeof setTimeout> | undefined;

  /** Begins with other rows. */
  forget(): void {
    clearTimeout(this.#telling);
    this.#telling = undefined;
    this.#told = 0;
  }

  /** Rows may have come; what they are is looked up when it is time to speak. */
  tell(rows: () => Rows, instrument: () => Instrument | undefined): void {
    if (!this.isOn.value || this.#telling !== undefined) return;
    this.#telling = setTimeout(() => {
      this.#telling = undefined;
      const before = this.#told;
      const { lastNumber } = rows();
      this.#told = lastNumber;
      const last = rows().row(lastNumber);
      const announcementOf = instrument()?.announcementOf;
      if (last === undefined || announcementOf === undefined || lastNumber === before) return;
      this.text.value = announcementOf(lastNumber - before, last);
    }, EVERY_MS);
  }
}
