import type { Row } from './row.ts';

/** What was not sent because something was stored. */
export type NotSent = {
  /** Loads that the browser answered from its own cache: nothing was sent. */
  readonly cacheHits: number;
  /** As much as the last GET before each that was answered in full. */
  readonly cacheHitOctets: number;
  /** Answers with 304. */
  readonly notModified: number;
  /** Bodies of the stored 200s that they made good again. */
  readonly notModifiedOctets: number;
};

/** Counts what a cache saved. */
export class SavedOctets {
  /** Octets of the newest GET and its 200, the body included. */
  #full = 0;
  readonly #asked = new Map<number, number>();
  /** Connections whose open answer is a 200 to a GET. */
  readonly #answering = new Set<number>();
  /** Rows of 200s, which get the length of their body when it has ended. */
  readonly #bodies = new Map<number, Row>();
  #notSent = { cacheHits: 0, cacheHitOctets: 0, notModified: 0, notModifiedOctets: 0 };

  get notSent(): NotSent {
    return { ...this.#notSent };
  }

  pushPage({ data }: Row): void {
    if (data['name'] !== 'load' || data['fromCache'] !== true) return;
    this.#notSent.cacheHits++;
    this.#notSent.cacheHitOctets += this.#full;
  }

  pushWire(row: Row, octets: number): void {
    const connection = row.connection ?? 0;
    if (row.kind === 'http.req.head') {
      this.#asked.set(connection, octets);
      this.#answering.delete(connection);
    } else if (row.kind === 'http.res.head') {
      this.#answer(row, connection, octets);
    } else if (this.#answering.has(connection) && row.direction === 'down') {
      this.#full += octets;
    }
  }

  #answer(row: Row, connection: number, octets: number): void {
    const { statusCode, method, revalidates } = row.data;
    if (statusCode === 304) {
      this.#notSent.notModified++;
      const length = this.#bodies.get(Number(revalidates))?.data['bodyLength'];
      if (typeof length === 'number') this.#notSent.notModifiedOctets += length;
    }
    if (statusCode !== 200 || method !== 'GET') return;
    this.#full = (this.#asked.get(connection) ?? 0) + octets;
    this.#answering.add(connection);
    this.#bodies.set(row.number, row);
    if (this.#bodies.size > MAX_BODIES) {
      for (const oldest of this.#bodies.keys()) {
        this.#bodies.delete(oldest);
        break;
      }
    }
  }
}

const MAX_BODIES = 1000;
