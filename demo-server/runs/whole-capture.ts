import type { Direction } from '#capture/wire-event.ts';
import type { WireTapListener } from '#demo-server/wire-tap/wire-tap.ts';

import type { ConnectionOrigin } from './connection-capture.ts';
import type { Run } from './run.ts';

/**
 * Gives all octets of one connection to one run: that of a robot which says nothing but what we wrote,
 * so that nobody's exchanges are to be told apart and nothing is to be withheld.
 */
export class WholeCapture implements WireTapListener {
  readonly #number: number;
  readonly #originOf: () => ConnectionOrigin;
  readonly #runOf: () => Run | undefined;
  #run: Run | undefined;

  /** @param runOf asked with the first octet, as is `originOf`; what belongs to no run is never kept. */
  constructor(number: number, originOf: () => ConnectionOrigin, runOf: () => Run | undefined) {
    this.#number = number;
    this.#originOf = originOf;
    this.#runOf = runOf;
  }

  octets(direction: Direction, octets: Uint8Array, t: number): void {
    if (octets.length === 0) return;
    const connection = this.#number;
    if (this.#run === undefined) {
      this.#run = this.#runOf();
      this.#run?.add({ kind: 'open', connection, ...this.#originOf(), exchangesBefore: 0, t });
    }
    this.#run?.addOctets(connection, direction, octets, t);
  }

  end(direction: Direction, t: number): void {
    this.#run?.add({ kind: 'end', connection: this.#number, direction, t });
  }

  close(hadError: boolean, t: number): void {
    this.#run?.add({ kind: 'close', connection: this.#number, hadError, t });
  }
}
