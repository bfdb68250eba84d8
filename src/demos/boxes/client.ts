import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

/** One numbered update, and when it was published (the server's clock, which is this machine's). */
export type Update = { readonly number: number; readonly at: number };

export type Follow = {
  /** Where the feed is, boxes included; ends in `/`. */
  readonly address: string;
  /** Number of the last update that came. */
  readonly after: () => number;
  readonly take: (update: Update) => void;
  readonly saw: Saw;
  readonly signal: AbortSignal;
  /** The reader's own part of that signal: the time was not over. */
  readonly stop: AbortSignal;
};

const SHORT_POLL_MS = 500;
const RETRY_MS = 400;

/** Five ways to be told. Each resolves when its connection or its answer is over. */
const transports = {
  WebSocket({ address, after, take, saw, signal, stop }: Follow): Promise<void> {
    const url = new URL(`live?after=${after()}`, address.replace(/^http/, 'ws'));
    const socket = new WebSocket(url);
    const { promise, resolve } = Promise.withResolvers<void>();
    socket.onopen = () => saw('open');
    socket.onmessage = ({ data }) => take(JSON.parse(String(data)) as Update);
    // No reason in it, by design: a page shall not explore the network that it runs in.
    socket.onerror = () => saw('error-event');
    socket.onclose = ({ code, wasClean }) => {
      if (!signal.aborted) saw('close', { code, wasClean });
      resolve();
    };
    signal.addEventListener('abort', () => {
      if (socket.readyState === WebSocket.CLOSED) return;
      saw('left', { readyState: states[socket.readyState] });
      // What was not open in time has failed, and the next WebSocket would have to wait for it.
      if (stop.aborted) hangUp(socket);
      else socket.close();
      resolve();
    });
    return promise;
  },

  EventSource({ address, after, take, saw, signal }: Follow): Promise<void> {
    const source = new EventSource(new URL(`events?after=${after()}`, address));
    const { promise, resolve } = Promise.withResolvers<void>();
    source.onopen = () => saw('open');
    source.onmessage = ({ data }) => take(JSON.parse(String(data)) as Update);
    source.onerror = () => {
      const isOver = source.readyState === EventSource.CLOSED;
      saw('error-event', { readyState: isOver ? 'CLOSED' : 'CONNECTING' });
      // Otherwise it comes back by itself, after the time that the stream has named.
      if (isOver) resolve();
    };
    signal.addEventListener('abort', () => resolve());
    return promise.finally(() => source.close());
  },

  async 'fetch stream'({ address, after, take, saw, signal }: Follow): Promise<void> {
    const response = await fetch(new URL(`events?after=${after()}`, address), { signal });
    saw('response', { status: response.status });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
      const events = (rest + read.value).split('\n\n');
      rest = events.pop() ?? '';
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data !== undefined) take(JSON.parse(data) as Update);
      }
    }
  },

  'long poll': (follow: Follow) => poll(follow, 'on'),

  async 'short poll'(follow: Follow): Promise<void> {
    await poll(follow, 'off');
    await pause(SHORT_POLL_MS, follow.signal);
  },
} as const;

const states = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'] as const;

export type Transport = keyof typeof transports;
export const Transports = Object.keys(transports) as readonly Transport[];

/**
 * Follows the feed by one transport until it is told to stop; begins again when a connection is
 * lost, with the number that it has.
 */
export async function follow(transport: Transport, feed: Follow): Promise<void> {
  while (!feed.signal.aborted) {
    feed.saw('try', { transport });
    try {
      await transports[transport](feed);
    } catch (error) {
      if (feed.signal.aborted) return;
      feed.saw('failed', { reason: (error as Error).message });
      await pause(RETRY_MS, feed.signal);
    }
    if (!transport.endsWith('poll')) await pause(RETRY_MS, feed.signal);
  }
}

async function poll({ address, after, take, signal }: Follow, wait: 'on' | 'off'): Promise<void> {
  const url = new URL(`poll?after=${after()}&wait=${wait}`, address);
  const response = await fetch(url, { signal, cache: 'no-store' });
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  const { updates } = (await response.json()) as { updates: Update[] };
  updates.forEach(take);
}

/** Waits for so long, or until the signal is aborted, which it may be already. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  if (signal.aborted) resolve();
  signal.addEventListener('abort', () => resolve());
  return promise.finally(() => clearTimeout(timer));
}
