import type { Saw } from '#demo/workbench.ts';

export type Asking = {
  /** Where the notice is; ends in `/`. */
  readonly address: string;
  readonly series: number;
  readonly asks: number;
  /** `no-store`: all of it. `no-cache`: the browser names the version that it has kept. */
  readonly cache: 'no-store' | 'no-cache';
  readonly signal: AbortSignal;
};

/** Asks by the clock, and says when there is news. Whether a 304 came, no script is told. */
export async function askEvery(everyMs: number, asking: Asking, saw: Saw): Promise<void> {
  const { address, series, asks, cache, signal } = asking;
  const url = new URL(`notice?series=${series}`, address);
  const beganAt = performance.now();
  let known = 0;
  for (let asked = 0; asked < asks; asked += 1) {
    const waitMs = beganAt + asked * everyMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    const response = await fetch(url, { cache, signal });
    if (!response.ok) throw new Error(`answered with ${response.status}`);
    const { version } = (await response.json()) as { version: number };
    if (version > known) saw('news', { series, version });
    known = version;
  }
}
