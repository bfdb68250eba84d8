import type { Row } from './row.ts';

/** Frames of one type. */
export type FrameSum = {
  /** As RFC 9113 §6 names it. */
  readonly type: string;
  readonly count: number;
  /** Whole frames, their headers included. */
  readonly up: number;
  readonly down: number;
};

/** What HTTP/2 is made of in a run. */
export type Http2Ledger = {
  /** In the order in which their types came. */
  readonly frames: readonly FrameSum[];
  readonly heads: {
    readonly count: number;
    /** Octets of their field blocks, which are HPACK. RFC 7541. */
    readonly blocks: number;
    /** Octets of the names and values in them. */
    readonly fields: number;
  };
};

/** Adds up the frames of HTTP/2 as they come, each once. */
export class Http2Sums {
  readonly #frames = new Map<string, { type: string; count: number; up: number; down: number }>();
  readonly #heads = { count: 0, blocks: 0, fields: 0 };

  /** @returns `undefined` where there is no HTTP/2. */
  get ledger(): Http2Ledger | undefined {
    if (this.#frames.size === 0) return undefined;
    return { frames: [...this.#frames.values()], heads: { ...this.#heads } };
  }

  push({ kind, hop, direction, octets, data }: Row): void {
    if (kind !== 'h2.frame' || (hop ?? 0) !== 0 || direction === undefined) return;
    const type = String(data['type']);
    const sum = this.#frames.get(type) ?? { type, count: 0, up: 0, down: 0 };
    this.#frames.set(type, sum);
    sum.count++;
    sum[direction] += octets?.length ?? 0;
    this.#heads.blocks += Number(data['fieldBlockLength'] ?? 0);
    if (data['fieldsLength'] === undefined) return;
    this.#heads.count++;
    this.#heads.fields += Number(data['fieldsLength']);
  }
}
