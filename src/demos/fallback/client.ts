import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

/** One numbered update, and when it was published (milliseconds, the server's clock). */
export type Update = { readonly number: number; readonly at: number };

export type Feed = {
  /** Where the feed is, boxes included; ends in `/`. */
  readonly address: string;
  readonly order: string;
  /** How long a transport may take until its first message. */
  readonly timeoutMs: number;
  /** Each attempt says the last number that is held, and gets what came later. */
  readonly resume: boolean;
  /** What is held already is dropped when it comes again. */
  readonly dropKnown: boolean;
  readonly onUpdate: (update: Update, transport: string) => void;
  readonly signal: AbortSignal;
};

/** One attempt: the number to go on from, what to tell, and when to stop. */
type Attempt = Pick<Feed, 'address' | 'timeoutMs' | 'signal'> & {
  /** Undefined: only updates from now on. */
  readonly after: number | undefined;
  readonly onUpdate: (update: Update) => void;
  /** Called with the first message, whatever it says. */
  readonly onAlive: () => void;
  /** Asks a transport to end with the answer that is under way. */
  readonly retire?: AbortSignal;
};

/** Resolves when the feed has ended; rejects with the reason why this transport won't do. */
type Transport = { readonly name: string; readonly follow: (feed: Attempt) => Promise<void> };

const webSocket: Transport = { name: 'WebSocket', follow: overWebSocket };
const eventStream: Transport = { name: 'event stream', follow: overEventStream };
const longPolling: Transport = { name: 'long polling', follow: overLongPolling };

/** Tries one transport; resolves to its name when the feed has ended. */
type Try = (
  transport: Transport,
  how?: Partial<Pick<Attempt, 'onAlive' | 'retire'>> & { readonly stop?: AbortSignal },
) => Promise<string>;

/** Follows the feed over a transport that survives, and says which one that was. */
export async function climb(feed: Feed, saw: Saw): Promise<string | undefined> {
  const held = new Set<number>();
  const attempt: Try = async ({ name, follow }, { stop, ...how } = {}) => {
    const { signal } = feed;
    saw('try', { transport: name });
    try {
      await follow({
        address: feed.address,
        timeoutMs: feed.timeoutMs,
        after: feed.resume ? Math.max(0, ...held) : undefined,
        signal: stop === undefined ? signal : AbortSignal.any([signal, stop]),
        onAlive: () => undefined,
        ...how,
        onUpdate: (update) => {
          const isKnown = held.has(update.number);
          held.add(update.number);
          if (isKnown && feed.dropKnown) saw('again', { number: update.number, transport: name });
          else feed.onUpdate(update, name);
        },
      });
      return name;
    } catch (error) {
      if (!signal.aborted) saw('give-up', { transport: name, reason: (error as Error).message });
      throw error;
    }
  };
  try {
    if (feed.order === 'race') return await raceAll(attempt);
    if (feed.order === 'polling-first') return await pollingFirst(attempt);
  } catch {
    // What was chosen has failed later on: one after the other, from the best.
  }
  for (const transport of [webSocket, eventStream, longPolling]) {
    if (feed.signal.aborted) break;
    const name = await attempt(transport).catch(() => undefined);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** All at once: the first that says anything stays, the others are stopped. */
function raceAll(attempt: Try): Promise<string> {
  const runners = [webSocket, eventStream, longPolling].map((transport) => ({
    transport,
    stop: new AbortController(),
  }));
  return Promise.any(
    runners.map((runner) =>
      attempt(runner.transport, {
        stop: runner.stop.signal,
        onAlive: () => {
          if (runner.stop.signal.aborted) return;
          for (const { stop } of runners.filter((other) => other !== runner))
            stop.abort(new Error('another was first'));
        },
      }),
    ),
  );
}

/** Engine.IO's order: what works everywhere first, then up, and only once the WebSocket has spoken. */
async function pollingFirst(attempt: Try): Promise<string> {
  const polls = new AbortController();
  const probe = new AbortController();
  let upgrade: Promise<string> | undefined;
  try {
    const takeOver = () => polls.abort(new Error('the WebSocket took over'));
    const name = await attempt(longPolling, {
      // The answer under way is waited for: what it brings is sent already.
      retire: polls.signal,
      onAlive: () => {
        upgrade = attempt(webSocket, { stop: probe.signal, onAlive: takeOver });
        upgrade.catch(() => undefined); // It wasn't needed: polling goes on.
      },
    });
    probe.abort(new Error('the feed has ended'));
    return name;
  } catch (error) {
    if (upgrade === undefined) throw error;
    return upgrade;
  }
}

function overWebSocket(attempt: Attempt): Promise<void> {
  const { address, timeoutMs, after, onUpdate, onAlive, signal } = attempt;
  const socket = new WebSocket(feedUrl(address.replace(/^http/, 'ws'), 'feed/ws', after));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A box can accept the upgrade and then swallow everything: the socket stays open, and silent.
  const silence = setTimeout(() => {
    const state = socket.readyState === WebSocket.OPEN ? 'open, but' : 'not open, and';
    reject(new Error(`${state} no message in ${timeoutMs} ms`));
  }, timeoutMs);

  socket.onmessage = ({ data }) => {
    clearTimeout(silence);
    onAlive();
    const message = JSON.parse(String(data)) as Update | { hello: true };
    if ('number' in message) onUpdate(message);
  };
  socket.onclose = ({ code }) =>
    code === 1000
      ? resolve()
      : reject(new Error(`closed with ${code}, and the browser says no more`));
  signal.addEventListener('abort', () => reject(signal.reason as Error));

  return promise.finally(() => {
    clearTimeout(silence);
    // What was not open in time has failed; who is called off may still be on the way.
    if (signal.aborted) hangUp(socket);
    else socket.close();
  });
}

function overEventStream(attempt: Attempt): Promise<void> {
  const { address, timeoutMs, after, onUpdate, onAlive, signal } = attempt;
  const source = new EventSource(feedUrl(address, 'feed/events', after));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // A box that buffers holds the stream until it ends, which is the one thing a stream doesn't do.
  const silence = setTimeout(() => {
    reject(new Error(`no event in ${timeoutMs} ms`));
  }, timeoutMs);

  source.addEventListener('hello', () => {
    clearTimeout(silence);
    onAlive();
  });
  source.onmessage = ({ data }) => onUpdate(JSON.parse(String(data)) as Update);
  source.addEventListener('done', () => resolve());
  source.onerror = () => {
    // Otherwise it reconnects by itself, with Last-Event-ID.
    if (source.readyState === EventSource.CLOSED) reject(new Error('refused'));
  };
  signal.addEventListener('abort', () => reject(signal.reason as Error));

  return promise.finally(() => {
    clearTimeout(silence);
    source.close();
  });
}

async function overLongPolling(attempt: Attempt): Promise<void> {
  const { address, timeoutMs, after, onUpdate, onAlive, retire, signal } = attempt;
  const waitSeconds = 20;
  for (let last = after, done = false, polls = 1; !done; polls += 1) {
    const url = feedUrl(address, 'feed/poll', last);
    url.searchParams.set('wait', String(waitSeconds));
    const silence = AbortSignal.timeout(waitSeconds * 1000 + timeoutMs);
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, silence]),
      cache: 'no-store',
    });
    if (!response.ok) throw new Error(`answered with ${response.status}`);
    const page = (await response.json()) as { updates: Update[]; last: number; done: boolean };
    page.updates.forEach(onUpdate);
    ({ last, done } = page);
    retire?.throwIfAborted();
    if (polls === 1) onAlive();
  }
}

function feedUrl(address: string, path: string, after: number | undefined): URL {
  const url = new URL(path, address);
  if (after !== undefined) url.searchParams.set('after', String(after));
  return url;
}
