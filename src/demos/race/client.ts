import { hangUp } from '#demo/hang-up.ts';

/** One event of the feed; `at` is when the server published it, on the run's clock. */
export type FeedEvent = { readonly number: number; readonly at: number };

/** What one lane has to do with: the same for all of them. */
export type Course = {
  /** Where the feed is, ends in `/`; the box on the path is in it. */
  readonly address: string;
  /** Number of the feed. */
  readonly feed: number;
  /** Events that it has. */
  readonly count: number;
  /** To be called once the lane is ready for the first event. */
  readonly onOpen: () => void;
  /** Resolves when the server is told to begin. */
  readonly begun: Promise<void>;
  readonly onEvents: (events: readonly FeedEvent[]) => void;
  readonly signal: AbortSignal;
};

/** Asks by the clock, whether there is anything or not. */
export async function shortPoll(course: Course, everyMs: number): Promise<void> {
  course.onOpen();
  await course.begun;
  const beganAt = performance.now();
  let last = 0;
  for (let round = 0; last < course.count; round++) {
    const waitMs = beganAt + round * everyMs - performance.now();
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
    last = await ask('poll', last, course);
  }
}

/** Asks, and the server answers when there is something; then asks again. */
export async function longPoll(course: Course): Promise<void> {
  course.onOpen();
  let last = 0;
  while (last < course.count) last = await ask('long', last, course);
}

async function ask(path: string, since: number, course: Course): Promise<number> {
  const { signal, onEvents } = course;
  signal.throwIfAborted();
  // Without no-store, the browser would let equal questions wait for each other.
  const response = await fetch(urlOf(course, path, since), { signal, cache: 'no-store' });
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  const events = (await response.json()) as FeedEvent[];
  onEvents(events);
  return events.at(-1)?.number ?? since;
}

/** One answer that goes on, read by the browser's own parser of event streams. */
export function eventStream(course: Course): Promise<void> {
  const source = new EventSource(urlOf(course, 'events'));
  source.onopen = course.onOpen;
  return until(course, (end, fail) => {
    source.onmessage = ({ data }) => take(String(data), course, end);
    source.onerror = () => fail(new Error('the event stream broke off'));
  }).finally(() => source.close());
}

/** The same without that parser: one JSON text in each line. */
export async function fetchStream(course: Course): Promise<void> {
  const { signal, count, onEvents, onOpen } = course;
  const response = await fetch(urlOf(course, 'stream'), { signal, cache: 'no-store' });
  if (!response.ok || response.body === null) throw new Error(`answered with ${response.status}`);
  onOpen();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let last = 0; last < count;) {
    const { value, done } = await reader.read();
    if (done) throw new Error('the stream ended early');
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    const events = lines.map((line) => JSON.parse(line) as FeedEvent);
    onEvents(events);
    last = events.at(-1)?.number ?? last;
  }
  await reader.cancel();
}

/** One handshake, then a message for each event; `deflate` is where the server compresses them. */
export function webSocket(course: Course, path: 'ws' | 'deflate'): Promise<void> {
  const socket = new WebSocket(urlOf(course, path));
  socket.onopen = course.onOpen;
  return until(course, (end, fail) => {
    socket.onmessage = ({ data }) => take(String(data), course, end);
    socket.onclose = ({ code }) => fail(new Error(`closed with ${code}`));
  }).finally(() => hangUp(socket));
}

function take(text: string, { count, onEvents }: Course, end: () => void): void {
  const event = JSON.parse(text) as FeedEvent;
  onEvents([event]);
  if (event.number >= count) end();
}

function until(
  { signal }: Course,
  run: (end: () => void, fail: (error: Error) => void) => void,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => reject(new Error('stopped')));
  run(resolve, reject);
  return promise;
}

function urlOf({ address, feed }: Course, path: string, since?: number): URL {
  const url = new URL(path, address);
  url.searchParams.set('feed', String(feed));
  if (since !== undefined) url.searchParams.set('since', String(since));
  return url;
}
