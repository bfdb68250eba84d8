import type { OpenEvent } from '#capture/wire-event.ts';

/** Of what is kept back, in octets; what is more is lost, and counted. */
export const MAX_KEPT_BACK = 1024 * 1024;
/** What one event is taken to cost beside its octets. */
const EVENT_OVERHEAD = 64;

/**
 * What happens behind a hidden box: kept on the server until the reader has named the box.
 *
 * It is not sent and then covered up: the page has nothing that it could read.
 */
export class FarSide {
  /** Events that were lost at the bound. */
  lost = 0;
  #size = 0;
  #kept: (() => void)[] = [];

  /** Keeps back what `store` would put into the run's ring. */
  keep(octets: number, store: () => void): void {
    this.#size += EVENT_OVERHEAD + octets;
    if (this.#size > MAX_KEPT_BACK) this.lost += 1;
    else this.#kept.push(store);
  }

  /** Stores all of it, in its order. */
  reveal(): void {
    for (const store of this.#kept) store();
    this.#kept = [];
  }
}

/** Whether a connection was opened by a box of ours. */
export const isBehindBox = ({ hop }: Pick<OpenEvent, 'hop'>): boolean => hop > 0;
