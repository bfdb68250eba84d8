import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

/** One letter, and when it came: milliseconds since its mailbox was opened. */
export type Letter = { readonly number: number; readonly at: number };

export type Mailbox = {
  /** Where it is; ends in `/`. */
  readonly address: string;
  /** Number of the last letter that the page knows of. */
  readonly since: () => number;
  /** Called with what each answer brought: often a letter, sometimes several, maybe none. */
  readonly onAnswer: (letters: readonly Letter[]) => void;
  readonly signal: AbortSignal;
};

/** Asks again and again, by the clock. */
export async function askEvery(everyMs: number, mailbox: Mailbox, saw: Saw): Promise<never> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
    await ask(mailbox, 0, saw);
  }
}

/** Asks, and lets the server take its time to answer. */
export async function askAndWait(mailbox: Mailbox, saw: Saw): Promise<never> {
  for (;;) await ask(mailbox, 25, saw);
}

/** Asks once, for an answer that has no end. */
export function listenToEvents(mailbox: Mailbox, saw: Saw): Promise<never> {
  const { address, since, onAnswer, signal } = mailbox;
  const source = new EventSource(mailUrl(address, 'mail/stream', since()));
  const { promise, reject } = Promise.withResolvers<never>();
  // Opens again by itself after a lost connection: that is one more request.
  source.onopen = () => saw('open');
  source.onmessage = ({ data }) => onAnswer([JSON.parse(String(data)) as Letter]);
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) reject(new Error('the stream was refused'));
  };
  signal.addEventListener('abort', () => reject(new Error('stopped')));
  return promise.finally(() => source.close());
}

/** Asks once, for a connection on which either side may speak. */
export function listenToSocket(mailbox: Mailbox, saw: Saw): Promise<never> {
  const { address, since, onAnswer, signal } = mailbox;
  const socket = new WebSocket(mailUrl(address.replace(/^http/, 'ws'), 'mail/ws', since()));
  const { promise, reject } = Promise.withResolvers<never>();
  socket.onopen = () => saw('open');
  socket.onmessage = ({ data }) => onAnswer([JSON.parse(String(data)) as Letter]);
  socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
  signal.addEventListener('abort', () => reject(new Error('stopped')));
  return promise.finally(() => hangUp(socket));
}

async function ask({ address, since, onAnswer, signal }: Mailbox, wait: number, saw: Saw) {
  signal.throwIfAborted();
  const url = mailUrl(address, 'mail', since());
  if (wait > 0) url.searchParams.set('wait', String(wait));
  saw('ask');
  const response = await fetch(url, { signal, cache: 'no-store' });
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  const { letters } = (await response.json()) as { letters: Letter[] };
  onAnswer(letters);
}

function mailUrl(address: string, path: string, since: number): URL {
  const url = new URL(path, address);
  url.searchParams.set('since', String(since));
  return url;
}
