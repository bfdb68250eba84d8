import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

const EVERY_MS = 1000;
/** Nobody stays longer, whatever happens to the page. */
const MAX_ROUND_MS = 120_000;
/** How long the count waits for what is still under way. */
const PATIENCE_MS = 3000;
/** When all come back at once, they come over such a time. */
const SPREAD_MS = 200;

/** Sends numbered messages over a WebSocket, and connects again when that is closed. */
class Client {
  readonly #number: number;
  readonly #address: string;
  readonly #resend: () => boolean;
  readonly #saw: Saw;
  #socket: WebSocket | undefined;
  #sent = 0;
  /** Sent, and not acknowledged. */
  readonly #open = new Set<number>();
  /** Not sent yet: there was no connection. */
  #waiting: number[] = [];
  #isOver = false;

  constructor(number: number, address: string, resend: () => boolean, saw: Saw) {
    this.#number = number;
    this.#address = address;
    this.#resend = resend;
    this.#saw = saw;
    this.#connect();
  }

  get number(): number {
    return this.#number;
  }

  get sent(): number {
    return this.#sent;
  }

  get isQuiet(): boolean {
    return this.#open.size === 0 && this.#waiting.length === 0;
  }

  sendNext(): void {
    this.#sent += 1;
    this.#send(this.#sent);
  }

  leave(): void {
    this.#isOver = true;
    if (this.#socket) hangUp(this.#socket, 1000);
  }

  #send(message: number): void {
    const socket = this.#socket;
    if (socket?.readyState !== WebSocket.OPEN) this.#waiting.push(message);
    else {
      this.#open.add(message);
      socket.send(JSON.stringify({ n: message }));
    }
  }

  #connect(): void {
    const url = new URL(`ws?client=${this.#number}`, this.#address.replace(/^http/, 'ws'));
    const socket = (this.#socket = new WebSocket(url));
    socket.onopen = () => {
      if (this.#isOver) return;
      const waiting = this.#waiting;
      this.#waiting = [];
      if (!this.#resend()) this.#open.clear();
      for (const message of [...this.#open, ...waiting]) this.#send(message);
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const { done } = JSON.parse(data) as { readonly done: number };
      this.#open.delete(done);
    };
    socket.onclose = ({ code }) => {
      if (this.#isOver) return;
      this.#saw('close', { client: this.#number, code });
      setTimeout(() => {
        if (!this.#isOver) this.#connect();
      }, Math.random() * SPREAD_MS);
    };
  }
}

export type Round = {
  /** Lets every client finish, counts on the server what has been done, and ends the round. */
  count(): Promise<void>;
};

/**
 * Starts two servers, and clients that send a message a second each, one after the other; all of them
 * leave when the signal is aborted.
 */
export async function beginRound(
  address: string,
  { clients: count, rule }: { readonly clients: number; readonly rule: string },
  resend: () => boolean,
  saw: Saw,
  signal: AbortSignal,
): Promise<Round> {
  await post(address, 'begin', { rule });
  // The servers are there; but whoever wanted them may be gone, and nobody would stop the clients.
  signal.throwIfAborted();
  saw('round', { clients: count });
  const clients = Array.from(
    { length: count },
    (_, index) => new Client(index + 1, address, resend, saw),
  );
  const timers = clients.map((client, index) => {
    let timer = setTimeout(
      () => {
        client.sendNext();
        timer = setInterval(() => client.sendNext(), EVERY_MS);
      },
      EVERY_MS * (index / count),
    );
    return () => clearTimeout(timer);
  });
  const rest = () => timers.forEach((end) => end());
  const stop = () => {
    clearTimeout(limit);
    rest();
    clients.forEach((client) => client.leave());
  };
  const limit = setTimeout(stop, MAX_ROUND_MS);
  signal.addEventListener('abort', stop);
  return {
    async count() {
      rest();
      await until(() => clients.every((client) => client.isQuiet), PATIENCE_MS);
      const sent = Object.fromEntries(clients.map((client) => [client.number, client.sent]));
      await post(address, 'count', { sent });
      stop();
    },
  };
}

/** Tells the balancer what to do with its servers. */
export async function post(address: string, path: string, content: object): Promise<void> {
  const response = await fetch(new URL(path, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(content),
  });
  if (response.ok) return;
  const { error } = (await response.json()) as { readonly error: string };
  throw new Error(error);
}

/** Asks who answers, so many times at once; the number of the round goes along. */
export async function askAround(address: string, times: number, round: number): Promise<void> {
  const ask = () => fetch(new URL(`whoami?round=${round}`, address), { cache: 'no-store' });
  const responses = await Promise.all(Array.from({ length: times }, ask));
  const failed = responses.find(({ ok }) => !ok);
  if (failed !== undefined) throw new Error(`a request was answered with ${failed.status}`);
}

async function until(isSo: () => boolean, patienceMs: number): Promise<void> {
  const begin = performance.now();
  while (!isSo() && performance.now() - begin < patienceMs) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
