import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';

import { Run } from './run.ts';

/** Holds an echo of 1 MiB there and back, with its masked and its unmasked copy on one hop. */
export const MAX_RUN_SIZE = 4 * 1024 * 1024;
/** Of all runs together. */
export const MAX_TOTAL_SIZE = 64 * 1024 * 1024;
export const MAX_RUNS = 64;
export const MAX_IDLE_MS = 10 * 60_000;

/** All runs, each known only by its id. */
export class RunStore {
  readonly #runs = new Map<string, Run>();
  /** Of all their rings. */
  #totalSize = 0;
  readonly #now: () => number;
  readonly #maxRunSize: number;
  readonly #maxTotalSize: number;

  constructor(options: { now?: () => number; maxRunSize?: number; maxTotalSize?: number } = {}) {
    this.#now = options.now ?? (() => performance.now());
    this.#maxRunSize = options.maxRunSize ?? MAX_RUN_SIZE;
    this.#maxTotalSize = options.maxTotalSize ?? MAX_TOTAL_SIZE;
  }

  get size(): number {
    return this.#runs.size;
  }

  /** Begins a run with an id of 128 random bits; the least recently used one gives way if need be. */
  create(demo: string): Run {
    if (this.#runs.size >= MAX_RUNS) this.#makeRoom();
    const run = new Run({
      id: randomBytes(16).toString('base64url'),
      demo,
      maxSize: this.#maxRunSize,
      now: this.#now,
      onGrowth: (by) => {
        this.#totalSize += by;
        if (this.#totalSize > this.#maxTotalSize) this.#keepTotal();
      },
    });
    this.#runs.set(run.id, run);
    return run;
  }

  /** Returns the run with exactly this id. */
  get(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  /** Gives up every run that nobody watches and nothing has happened in for ten minutes. */
  sweep(): void {
    const oldest = this.#now() - MAX_IDLE_MS;
    for (const run of this.#runs.values()) {
      if (!run.watched && run.lastUsed < oldest) this.#remove(run);
    }
  }

  clear(): void {
    for (const run of this.#runs.values()) this.#remove(run);
  }

  #makeRoom(): void {
    const oldest = this.#longestUnused((run) => !run.watched) ?? this.#longestUnused(() => true);
    if (oldest !== undefined) this.#remove(oldest);
  }

  #remove(run: Run): void {
    this.#runs.delete(run.id);
    this.#totalSize -= run.ring.size;
    run.end();
  }

  #keepTotal(): void {
    while (this.#totalSize > this.#maxTotalSize) {
      const ring = this.#longestUnused((run) => run.ring.size > 0)?.ring;
      if (ring === undefined) return;
      this.#totalSize -= ring.size;
      ring.dropOldest();
      this.#totalSize += ring.size;
    }
  }

  /** Looks through all runs: events are many, and this is rare. */
  #longestUnused(isWanted: (run: Run) => boolean): Run | undefined {
    let found: Run | undefined;
    for (const run of this.#runs.values()) {
      if (isWanted(run) && run.lastUsed < (found?.lastUsed ?? Infinity)) found = run;
    }
    return found;
  }
}
