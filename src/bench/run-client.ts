import { readBatchHead } from '#capture/wire-batch-head.ts';
import { RunClock } from './run-clock.ts';

/** Where the bench stands with the demo server. */
export type ServerState =
  | { readonly name: 'connecting' | 'live' | 'unreachable' | 'hosted' | 'expired' }
  | { readonly name: 'error'; readonly reason: string };

/** One run on the server, and this page's clock for it. */
export type Run = {
  readonly id: string;
  readonly address: string;
  readonly clock: RunClock;
  /** Of the server that it runs on. */
  readonly build: string;
};

export type RunListener = {
  readonly onState: (state: ServerState) => void;
  /** A new run has begun; what was before it is another run's. */
  readonly onRun: (run: Run) => void;
  /** Adopts a message of the wire channel. */
  readonly onBatch: (batch: Uint8Array) => void;
  /** Number of the run's last event that the listener has read: the next channel begins after it. */
  readonly lastSeq: () => number;
};

const RETRY_MS = 1000;

/** Ends an attempt for good: the server is there, and says no. */
class Refusal extends Error {}

/**
 * Keeps one run alive on the demo server: asks for it, listens to its wire channel, and begins anew
 * when the server comes back without it.
 */
export class RunClient {
  readonly #demo: string;
  readonly #listener: RunListener;
  #channel: WebSocket | undefined;
  /** Whether this run's channel has ever been open. */
  #wasLive = false;
  #attempt = 0;

  constructor(demo: string, listener: RunListener) {
    this.#demo = demo;
    this.#listener = listener;
  }

  /** Begins a new run, whatever there was before. */
  async start(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#channel?.close();
    this.#say({ name: 'connecting' });
    await this.#connect(attempt);
  }

  async #connect(attempt: number): Promise<void> {
    try {
      const build = await serverBuild();
      if (build === undefined) return this.#say({ name: 'hosted' });
      const run = await createRun(this.#demo, build);
      if (attempt !== this.#attempt) return;
      this.#wasLive = false;
      this.#listener.onRun(run);
      this.#listen(attempt, run);
    } catch (error) {
      if (attempt !== this.#attempt) return;
      if (error instanceof Refusal) this.#say({ name: 'error', reason: error.message });
      else this.#lookAgain(attempt, () => this.#connect(attempt));
    }
  }

  #listen(attempt: number, run: Run): void {
    const url = new URL(`/runs/${run.id}/wire`, location.href.replace(/^http/, 'ws'));
    url.searchParams.set('after', String(this.#listener.lastSeq()));
    const channel = new WebSocket(url);
    let wasOpen = false;
    channel.binaryType = 'arraybuffer';
    channel.onopen = () => {
      wasOpen = true;
      this.#wasLive = true;
      this.#say({ name: 'live' });
    };
    channel.onmessage = ({ data }) => {
      if (attempt === this.#attempt) this.#receive(run, new Uint8Array(data as ArrayBuffer));
    };
    channel.onclose = ({ code }) => {
      if (attempt !== this.#attempt) return;
      if (wasOpen) void this.#resume(attempt, run, code);
      // The server is there and does not know the run any more: it began anew in the meantime.
      else if (this.#wasLive) void this.#connect(attempt);
      else this.#lookAgain(attempt, () => this.#connect(attempt));
    };
    this.#channel = channel;
  }

  #receive(run: Run, octets: Uint8Array): void {
    run.clock.heard(readBatchHead(octets).now);
    this.#listener.onBatch(octets);
  }

  /** After the channel of a living run was lost. */
  async #resume(attempt: number, run: Run, closeCode: number): Promise<void> {
    // 1001 says that the server goes; 1006 that nobody said anything. Others end this run only.
    if (closeCode !== 1001 && closeCode !== 1006) return this.#say({ name: 'expired' });
    try {
      await serverBuild();
      if (attempt === this.#attempt) this.#listen(attempt, run);
    } catch {
      if (attempt === this.#attempt)
        this.#lookAgain(attempt, () => this.#resume(attempt, run, 1006));
    }
  }

  #lookAgain(attempt: number, look: () => Promise<void>): void {
    this.#say({ name: 'unreachable' });
    const later = () => {
      if (attempt === this.#attempt) void look();
    };
    setTimeout(() => {
      if (document.visibilityState === 'visible') later();
      else document.addEventListener('visibilitychange', later, { once: true });
    }, RETRY_MS);
  }

  #say(state: ServerState): void {
    this.#listener.onState(state);
    window.dispatchEvent(new CustomEvent('sp:server', { detail: { state: state.name } }));
  }
}

/** Asks who serves this page: the demo server names its build, a hosted copy none. Rejects without answer. */
async function serverBuild(): Promise<string | undefined> {
  const response = await fetch('/version.json', { cache: 'no-store' });
  if (!response.ok) return undefined;
  const { mode, build } = (await response.json()) as { mode?: unknown; build?: unknown };
  return mode === 'local' ? String(build) : undefined;
}

async function createRun(demo: string, build: string): Promise<Run> {
  const address = new URL('/runs', location.href).href;
  const timing = arrivalOf(address);
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ demo }),
  });
  const answer = (await response.json()) as { run: string; now: number; error?: string };
  if (response.status !== 201) throw new Refusal(answer.error ?? `status ${response.status}`);
  const clock = new RunClock();
  clock.heard(answer.now);
  void timing.then((arrival) => clock.heard(answer.now, arrival));
  return {
    id: answer.run,
    address: new URL(`/live/${answer.run}/${demo}/`, location.href).href,
    clock,
    build,
  };
}

/**
 * When the next answer from an address arrives, as the browser's network stack notes it: that is
 * milliseconds before a busy page hears of it, and the clock wants the difference.
 */
function arrivalOf(address: string): Promise<number> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName(address) as PerformanceResourceTiming[];
      if (entry === undefined) return;
      observer.disconnect();
      resolve(entry.responseStart > 0 ? entry.responseStart : Infinity);
    });
    observer.observe({ type: 'resource' });
  });
}
