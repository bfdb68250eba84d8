import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

/** So many messages of one kind, by one way. */
export type Batch = {
  /** Where the demo's server side is; ends in `/`. */
  readonly address: string;
  readonly batch: number;
  readonly messages: number;
  readonly kind: string;
  readonly signal: AbortSignal;
};

/** Receives a batch. A script cannot see whether anything was compressed: it gets the messages. */
export async function receive(way: string, batch: Batch, saw: Saw): Promise<void> {
  batch.signal.throwIfAborted();
  saw('receive', { way, kind: batch.kind, batch: batch.batch, messages: batch.messages });
  const received = await (way.startsWith('ws') ? fromSocket(way, batch) : fromEvents(way, batch));
  saw('received', { way, batch: batch.batch, bytes: received });
}

/** The browser offers permessage-deflate by itself; the server takes it or leaves it. */
function fromSocket(way: string, batch: Batch): Promise<number> {
  const url = urlOf(way, batch);
  url.protocol = url.protocol.replace('http', 'ws');
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let [count, bytes] = [0, 0];
  socket.onmessage = ({ data }) => {
    count += 1;
    bytes += lengthOf(data as string | ArrayBuffer);
    if (count === batch.messages) socket.close(1000);
  };
  socket.onclose = ({ code }) =>
    code === 1000 ? resolve(bytes) : reject(new Error(`the WebSocket closed with ${code}`));
  batch.signal.addEventListener('abort', () => hangUp(socket), { once: true });
  return promise;
}

/** The browser says Accept-Encoding: gzip by itself, and inflates what comes. */
function fromEvents(way: string, batch: Batch): Promise<number> {
  const source = new EventSource(urlOf(way, batch));
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let [count, bytes] = [0, 0];
  source.onmessage = ({ data }) => {
    count += 1;
    bytes += lengthOf(String(data));
    if (count === batch.messages) resolve(bytes);
  };
  source.onerror = () => reject(new Error('the event stream ended early'));
  batch.signal.addEventListener('abort', () => reject(new Error('stopped')));
  return promise.finally(() => source.close());
}

function lengthOf(data: string | ArrayBuffer): number {
  return typeof data === 'string' ? new TextEncoder().encode(data).length : data.byteLength;
}

function urlOf(way: string, { address, batch, messages, kind }: Batch): URL {
  const url = new URL(way, address);
  url.search = new URLSearchParams({
    batch: String(batch),
    messages: String(messages),
    kind,
  }).toString();
  return url;
}
