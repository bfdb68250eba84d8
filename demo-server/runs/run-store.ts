import { randomBytes } from 'node:crypto';

import { Run } from './run.ts';

/** Holds an echo of 1 MiB there and back, with its masked and its unmasked copy on one hop. */
export const MAX_RUN_SIZE = 4 * 1024 * 1024;
/** Of all runs together. */
export const MAX_TOTAL_SIZE = 64 * 1024 * 1024;
export const MAX_RUNS = 64;
export const MAX_IDLE_MS = 10 * 60_000;

/** All runs, each known only by its id. */
export class RunStore {
  /** From the least to the most recently used. */
  readonly #runs = new Map<string, Run>();
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
      onGrowth: (grown) => {
        this.#use(grown);
        this.#keepTotal();
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
    const runs = [...this.#runs.values()];
    const oldest = runs.find((run) => !run.watched) ?? runs[0];
    if (oldest !== undefined) this.#remove(oldest);
  }

  #use(run: Run): void {
    run.lastUsed = this.#now();
    this.#runs.delete(run.id);
    this.#runs.set(run.id, run);
  }

  #remove(run: Run): void {
    this.#runs.delete(run.id);
    run.end();
  }

  #keepTotal(): void {
    let total = 0;
    for (const run of this.#runs.values()) total += run.ring.size;
    for (const run of this.#runs.values()) {
      while (total > this.#maxTotalSize && run.ring.size > 0) {
        const before = run.ring.size;
        run.ring.dropOldest();
        total -= before - run.ring.size;
      }
    }
  }
}
