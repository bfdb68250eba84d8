import type { Saw } from '#demo/workbench.ts';

/** One numbered update, and when it was published (milliseconds, the server's clock). */
export type Update = { readonly number: number; readonly at: number };

export type Follow = {
  /** Where the feed is, boxes included; ends in `/`. */
  readonly address: string;
  /** How long a transport may take until its first message. */
  readonly timeoutMs: number;
  /** The number after which updates are wanted; undefined: those from now on. */
  readonly after: () => number | undefined;
  readonly onUpdate: (update: Update) => void;
  readonly signal: AbortSignal;
};

/** Resolves when the feed has ended; rejects with the reason why this transport won't do. */
type Transport = { readonly name: string; readonly follow: (feed: Follow) => Promise<void> };

/** From the best to the one that needs least. */
const ladder: readonly Transport[] = [
  { name: 'WebSocket', follow: overWebSocket },
  { name: 'event stream', follow: overEventStream },
  { name: 'long polling', follow: overLongPolling },
];

/** Follows the feed over the first transport that survives, and says which one it was. */
export async function climb(feed: Follow, saw: Saw): Promise<string | undefined> {
  for (const { name, follow } of ladder) {
    saw('try', { transport: name });
    try {
      await follow(feed);
      return name;
    } catch (error) {
      if (feed.signal.aborted) return undefined;
      saw('give-up', { transport: name, reason: (error as Error).message });
    }
  }
  return undefined;
}

function overWebSocket({ address, timeoutMs, after, onUpdate, signal }: Follow): Promise<void> {
  const socket = new WebSocket(feedUrl(address.replace(/^http/, 'ws'), 'feed/ws', after()));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A box can accept the upgrade and then swallow everything: the socket stays open, and silent.
  const silence = setTimeout(() => {
    const state = socket.readyState === WebSocket.OPEN ? 'open, but' : 'not open, and';
    reject(new Error(`${state} no message in ${timeoutMs} ms`));
  }, timeoutMs);

  socket.onmessage = ({ data }) => {
    clearTimeout(silence);
    const message = JSON.parse(String(data)) as Update | { hello: true };
    if ('number' in message) onUpdate(message);
  };
  socket.onclose = ({ code }) =>
    code === 1000
      ? resolve()
      : reject(new Error(`closed with ${code}, and the browser says no more`));
  signal.addEventListener('abort', () => reject(new Error('stopped')));

  return promise.finally(() => {
    clearTimeout(silence);
    socket.close();
  });
}

function overEventStream({ address, timeoutMs, after, onUpdate, signal }: Follow): Promise<void> {
  const source = new EventSource(feedUrl(address, 'feed/events', after()));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A box that buffers holds the stream until it ends, which is the one thing a stream doesn't do.
  const silence = setTimeout(() => {
    reject(new Error(`no event in ${timeoutMs} ms`));
  }, timeoutMs);

  source.addEventListener('hello', () => clearTimeout(silence));
  source.onmessage = ({ data }) => onUpdate(JSON.parse(String(data)) as Update);
  source.addEventListener('done', () => resolve());
  source.onerror = () => {
    // Otherwise it reconnects by itself, with Last-Event-ID.
    if (source.readyState === EventSource.CLOSED) reject(new Error('refused'));
  };
  signal.addEventListener('abort', () => reject(new Error('stopped')));

  return promise.finally(() => {
    clearTimeout(silence);
    source.close();
  });
}

async function overLongPolling({ address, after, onUpdate, signal }: Follow): Promise<void> {
  for (let last = after(), done = false; !done;) {
    const url = feedUrl(address, 'feed/poll', last);
    url.searchParams.set('wait', '20');
    const response = await fetch(url, { signal, cache: 'no-store' });
    if (!response.ok) throw new Error(`answered with ${response.status}`);
    const page = (await response.json()) as { updates: Update[]; last: number; done: boolean };
    page.updates.forEach(onUpdate);
    ({ last, done } = page);
  }
}

function feedUrl(address: string, path: string, after: number | undefined): URL {
  const url = new URL(path, address);
  if (after !== undefined) url.searchParams.set('after', String(after));
  return url;
}
