import { createHash } from 'node:crypto';

import type { Run } from '#demo-server/runs/run.ts';

/** Who is told of what is published; `number` counts from 1. */
export type FeedListener<Item> = {
  readonly item: (item: Item, number: number) => void;
  readonly end: () => void;
};

/**
 * What is published in a run, one after the other, and who listens to it.
 *
 * It ends with its run if not before, and nothing of it is left then: no listener, no timer.
 */
export class Feed<Item> {
  readonly items: Item[] = [];
  readonly #listeners = new Set<FeedListener<Item>>();
  readonly #closing = new AbortController();
  #timer: NodeJS.Timeout | undefined;

  constructor({ ended }: Pick<Run, 'ended'>) {
    ended.addEventListener(
      'abort',
      () => {
        this.end();
      },
      { signal: this.#closing.signal },
    );
  }

  get hasEnded(): boolean {
    return this.#closing.signal.aborted;
  }

  /**
   * Gives a listener the items that it hasn't got, then each new one; returns how to stop it. After the
   * end there is nothing to wait for, and it is told so at once.
   */
  listen(since: number, listener: FeedListener<Item>): () => void {
    this.#listeners.add(listener);
    for (const [index, item] of this.items.slice(since).entries()) {
      listener.item(item, since + index + 1);
    }
    if (this.hasEnded) {
      this.#listeners.delete(listener);
      listener.end();
    }
    return () => void this.#listeners.delete(listener);
  }

  publish(item: Item): void {
    const number = this.items.push(item);
    for (const listener of [...this.#listeners]) listener.item(item, number);
  }

  /** Does the one thing that comes next, unless the feed has ended by then; at once if it is late. */
  next(ms: number, act: () => void): void {
    clearTimeout(this.#timer);
    if (!this.hasEnded) this.#timer = setTimeout(act, Math.max(0, ms)).unref();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#closing.abort();
    for (const listener of [...this.#listeners]) listener.end();
    this.#listeners.clear();
  }
}

/**
 * Milliseconds between two items that come at random: the gaps of a Poisson process are exponentially
 * distributed.
 *
 * Drawn from a digest of seed and place, so that the same seed has the same row everywhere.
 */
export function randomGap(seed: number, place: number, meanMs: number): number {
  const digest = createHash('sha256')
    .update(`${String(seed)}/${String(place)}`)
    .digest();
  const uniform = digest.readUIntBE(0, 6) / 2 ** 48;
  return -Math.log(1 - uniform) * meanMs;
}

/** When each of a row of items comes that follow each other at random, from the row's beginning on. */
export function randomMoments(seed: number, count: number, meanMs: number): number[] {
  let at = 0;
  return Array.from({ length: count }, (_, place) => (at += randomGap(seed, place, meanMs)));
}
