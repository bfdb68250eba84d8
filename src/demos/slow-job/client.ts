import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

/** A cake as the server tells of it. */
export type Cake = {
  readonly cake: number;
  readonly state: 'baking' | 'baked';
  /** When it was baked, in milliseconds on the run's clock. */
  readonly at?: number;
  /** Where to ask how it stands; a 202 says it. */
  readonly monitor?: string;
};

export type Ordering = {
  /** Of the bakery, a box on the way included; ends in `/`. */
  readonly address: string;
  readonly bakesMs: number;
  /** From one look at the monitor to the next. */
  readonly everyMs: number;
  readonly signal: AbortSignal;
};

/** One request, one answer: the connection is held until the cake is baked. */
export async function byWaiting(ordering: Ordering, saw: Saw): Promise<Cake | undefined> {
  return order(ordering, 'when-baked', saw);
}

/** The answer is a promise, and an address to ask whether it was kept. */
export async function byAsking(ordering: Ordering, saw: Saw): Promise<Cake | undefined> {
  const { address, everyMs, signal } = ordering;
  const accepted = await order(ordering, 'at-once', saw);
  while (accepted?.monitor !== undefined && !signal.aborted) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    const response = await fetch(new URL(accepted.monitor, address), { signal });
    if (!response.ok) throw new Error(`the monitor answered with ${response.status}`);
    const cake = (await response.json()) as Cake;
    saw('asked', { cake: cake.cake, state: cake.state });
    if (cake.state === 'baked') return cake;
  }
  return undefined;
}

/** The answer is a promise; the outcome comes by itself, over what was opened before. */
export async function byPush(
  ordering: Ordering,
  listen: Listen,
  saw: Saw,
): Promise<Cake | undefined> {
  const { address, signal } = ordering;
  const heard = new Map<number, Cake>();
  const opened = Promise.withResolvers<void>();
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  let look = () => undefined as void;
  const close = listen(address, {
    opened: opened.resolve,
    failed: (reason) => failed.reject(new Error(reason)),
    hear: (cake) => {
      heard.set(cake.cake, cake);
      look();
    },
  });
  signal.addEventListener('abort', () => failed.reject(new Error('called off')));
  try {
    await Promise.race([opened.promise, failed.promise]);
    const accepted = await order(ordering, 'at-once', saw);
    if (accepted === undefined) return undefined;
    const told = new Promise<Cake>((resolve) => {
      look = () => {
        const cake = heard.get(accepted.cake);
        if (cake !== undefined) resolve(cake);
      };
    });
    look();
    return await Promise.race([told, failed.promise]);
  } finally {
    close();
  }
}

type Listener = {
  readonly opened: () => void;
  readonly hear: (cake: Cake) => void;
  readonly failed: (reason: string) => void;
};

/** Opens a way for outcomes; returns how to close it. */
export type Listen = (address: string, listener: Listener) => () => void;

export const overEventStream: Listen = (address, { opened, hear, failed }) => {
  const source = new EventSource(new URL('outcomes', address));
  source.onopen = opened;
  source.onmessage = ({ data }) => hear(JSON.parse(String(data)) as Cake);
  // CONNECTING: it tries again by itself, and tells the server the last id that it had.
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) failed('the event stream was refused');
  };
  return () => source.close();
};

export const overWebSocket: Listen = (address, { opened, hear, failed }) => {
  const socket = new WebSocket(new URL('ws', address.replace(/^http/, 'ws')));
  socket.onopen = opened;
  socket.onmessage = ({ data }) => hear(JSON.parse(String(data)) as Cake);
  socket.onclose = ({ code }) => failed(`the WebSocket closed with ${code}`);
  return () => {
    socket.onclose = null;
    hangUp(socket);
  };
};

/** @returns the cake as the answer has it; undefined when the answer has none. */
async function order(
  { address, bakesMs, signal }: Ordering,
  answer: 'at-once' | 'when-baked',
  saw: Saw,
): Promise<Cake | undefined> {
  const response = await fetch(new URL('cakes', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ bakesMs, answer }),
    signal,
  });
  const cake = response.ok ? ((await response.json()) as Cake) : undefined;
  saw('answer', { statusCode: response.status, ...(cake && { cake: cake.cake }) });
  return cake;
}
