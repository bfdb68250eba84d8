import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

/** One coffee for one table. Only the id tells an order sent twice from two orders. */
export type Order = { readonly id?: string; readonly table: number };

export type Sending = {
  /** Where the batch is, boxes included; ends in `/`. */
  readonly address: string;
  readonly orders: readonly Order[];
  /** How long to wait for an answer; undefined: for ever. */
  readonly timeoutMs: number | undefined;
  /** How often an order may be sent: 1 is no retry. */
  readonly attempts: number;
  readonly signal: AbortSignal;
  readonly onSocket: (socket: WebSocket) => void;
};

/** Sends orders until each has its acknowledgement; what has none by then is sent anew. */
export async function overWebSocket(sending: Sending, saw: Saw): Promise<void> {
  const { orders, timeoutMs, attempts, signal } = sending;
  let pending = orders;
  for (let attempt = 1; pending.length > 0 && attempt <= attempts; attempt += 1) {
    const socket = await open(sending);
    socket.onmessage = ({ data }) => {
      const { ack } = JSON.parse(String(data)) as { ack: string };
      pending = pending.filter(({ id }) => id !== ack);
      saw('acknowledged', { id: ack });
      if (pending.length === 0) socket.close();
    };
    for (const order of pending) {
      socket.send(JSON.stringify(order));
      saw('send', { ...order, attempt });
    }
    await silence(socket, timeoutMs);
    socket.close();
    if (signal.aborted) return;
    if (pending.length > 0) saw('time-out', { attempt, unacknowledged: pending.length });
  }
}

function open({ address, signal, onSocket }: Sending): Promise<WebSocket> {
  const socket = new WebSocket(new URL('ws', address.replace(/^http/, 'ws')));
  onSocket(socket);
  return new Promise((resolve, reject) => {
    // Rejected before it is open: what is called off is not sent.
    signal.addEventListener('abort', () => {
      reject(new Error('called off'));
      hangUp(socket);
    });
    socket.onopen = () => resolve(socket);
    socket.onclose = ({ code }) => reject(new Error(`no connection, close code ${code}`));
  });
}

/** Resolves when the socket has closed, or when nothing has come for so long. */
function silence(socket: WebSocket, ms: number | undefined): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const listen = () => {
      clearTimeout(timer);
      if (ms !== undefined) timer = setTimeout(resolve, ms);
    };
    listen();
    socket.addEventListener('message', listen);
    socket.addEventListener('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Sends orders by one POST: its response is the acknowledgement of each. */
async function post(
  { address, timeoutMs, attempts, signal }: Sending,
  path: 'orders' | 'jobs' | 'lists',
  orders: readonly Order[],
  saw: Saw,
): Promise<void> {
  const content = path === 'lists' ? { orders } : orders[0];
  for (let attempt = 1; attempt <= attempts && !signal.aborted; attempt += 1) {
    for (const order of orders) saw('send', { ...order, attempt });
    const patience = timeoutMs === undefined ? [] : [AbortSignal.timeout(timeoutMs)];
    try {
      const response = await fetch(new URL(path, address), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(content),
        signal: AbortSignal.any([signal, ...patience]),
      });
      for (const order of orders) saw('answer', { ...order, statusCode: response.status });
      return;
    } catch (error) {
      // It was never sent, or it was made and the answer got lost: nobody here can tell which.
      const reason = (error as Error).name;
      if (!signal.aborted) saw('time-out', { table: orders[0]?.table, attempt, reason });
    }
  }
}

/** All at once: the browser has six connections to a host over HTTP/1.1, and orders race on them. */
export async function byPostAtOnce(sending: Sending, path: 'orders' | 'jobs', saw: Saw) {
  await Promise.all(sending.orders.map((order) => post(sending, path, [order], saw)));
}

/** One after the other: each waits for the answer to the one before. */
export async function byPostInTurn(sending: Sending, saw: Saw) {
  for (const order of sending.orders) await post(sending, 'orders', [order], saw);
}

/** All in one: the list says the order, and one response answers for all. */
export async function byPostInOne(sending: Sending, saw: Saw) {
  await post(sending, 'lists', sending.orders, saw);
}
