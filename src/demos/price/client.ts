import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

/** So many messages of so many bytes, on one transport. */
export type Batch = {
  /** Where the demo's server side is; ends in `/`. */
  readonly address: string;
  readonly batch: number;
  readonly messages: number;
  readonly size: number;
  readonly signal: AbortSignal;
};

/** Sends a batch on one transport; resolves when its last message was received. */
export async function send(way: string, batch: Batch, saw: Saw): Promise<void> {
  batch.signal.throwIfAborted();
  saw('send', { way, batch: batch.batch, messages: batch.messages, size: batch.size });
  await (transports[way] ?? neverHeardOf)(way, batch);
}

const transports: Readonly<Record<string, (way: string, batch: Batch) => Promise<void>>> = {
  down: receiveFromSocket,
  up: sendOnSocket,
  events: listenToEvents,
  'events-plain': listenToEvents,
  long: (way, batch) => poll(way, batch, 1),
  short: (way, batch) => poll(way, batch, 2),
  http2: (_, batch) => pollByRobot(batch),
};

const neverHeardOf = (way: string) => Promise.reject(new Error(`no transport is called ${way}`));

/** A WebSocket on which the server speaks. */
function receiveFromSocket(way: string, batch: Batch): Promise<void> {
  const socket = open(way, batch);
  let received = 0;
  socket.onmessage = () => {
    received += 1;
    if (received === batch.messages) socket.close(1000);
  };
  return untilClosed(socket, batch.signal);
}

/** A WebSocket on which the page speaks. */
function sendOnSocket(way: string, batch: Batch): Promise<void> {
  const socket = open(way, batch);
  socket.onopen = () => {
    const text = 'Hello'.repeat(Math.ceil(batch.size / 5)).slice(0, batch.size);
    for (let count = 0; count < batch.messages; count++) socket.send(text);
    // Goes out behind them: RFC 6455 §5.5.1.
    socket.close(1000);
  };
  return untilClosed(socket, batch.signal);
}

/** One request, and an event for each message. */
function listenToEvents(way: string, batch: Batch): Promise<void> {
  const source = new EventSource(urlOf(way, batch));
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let received = 0;
  source.onmessage = () => {
    received += 1;
    if (received === batch.messages) resolve();
  };
  source.onerror = () => reject(new Error('the event stream ended early'));
  batch.signal.addEventListener('abort', () => reject(new Error('stopped')));
  // Otherwise it would ask again when the answer has ended.
  return promise.finally(() => source.close());
}

/** A request for each message; with `every` 2, another before it that finds nothing. */
async function poll(way: string, batch: Batch, every: number): Promise<void> {
  for (let ask = 1; ask <= batch.messages * every; ask++) {
    const url = urlOf(way, batch);
    url.searchParams.set('ask', String(ask));
    const response = await fetch(url, { signal: batch.signal });
    if (!response.ok) throw new Error(`answered with ${response.status}`);
    await response.text();
  }
}

/**
 * Sends our robot to poll over HTTP/2. A browser would, over TLS: none of them speaks HTTP/2 without
 * it, and this server has no certificate that your browser would trust.
 */
async function pollByRobot({ address, batch, messages, size, signal }: Batch): Promise<void> {
  const [, run = ''] = /\/live\/([^/]+)\//.exec(address) ?? [];
  const response = await fetch(new URL(`/runs/${run}/robot`, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ batch, messages, size }),
    signal,
  });
  if (!response.ok) throw new Error(`the robot was not sent: ${response.status}`);
  const { answered } = (await response.json()) as { readonly answered: number };
  if (answered < messages) throw new Error(`the robot got ${answered} of ${messages} messages`);
}

function open(way: string, batch: Batch): WebSocket {
  const url = urlOf(way, batch);
  url.protocol = url.protocol.replace('http', 'ws');
  return new WebSocket(url);
}

function untilClosed(socket: WebSocket, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.onclose = ({ code }) =>
    code === 1000 ? resolve() : reject(new Error(`the WebSocket closed with ${code}`));
  signal.addEventListener('abort', () => hangUp(socket), { once: true });
  return promise;
}

function urlOf(way: string, { address, batch, messages, size }: Batch): URL {
  const url = new URL(way, address);
  url.search = new URLSearchParams({
    batch: String(batch),
    messages: String(messages),
    size: String(size),
  }).toString();
  return url;
}
