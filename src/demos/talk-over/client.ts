import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

/** A side's own number, and the last one that it had heard of the other side by then. */
export type Said = { readonly n: number; readonly heard: number };

export type Talk = {
  /** Where the talk is, boxes included; ends in `/`. */
  readonly address: string;
  /** How many numbers the page says, and how long it waits before each. */
  readonly count: number;
  readonly everyMs: number;
  /** Last number that has come from the server. */
  readonly heard: () => number;
  readonly onNumber: (said: Said) => void;
  readonly signal: AbortSignal;
};

/** One connection; each side sends when it likes. */
export async function overWebSocket(talk: Talk, saw: Saw): Promise<void> {
  const socket = new WebSocket(new URL('ws', talk.address.replace(/^http/, 'ws')));
  socket.onmessage = ({ data }) => talk.onNumber(JSON.parse(String(data)) as Said);
  talk.signal.addEventListener('abort', () => hangUp(socket));
  // From the beginning: the server may close it in the midst, and the event is fired once.
  const lost = new AbortController();
  const closed = new Promise<void>((resolve) => {
    socket.onclose = ({ code }) => {
      lost.abort(new Error(`the WebSocket closed with ${code}`));
      resolve();
    };
  });
  await opened(socket);
  const signal = AbortSignal.any([talk.signal, lost.signal]);
  await count({ ...talk, signal }, saw, (said) => socket.send(JSON.stringify(said)));
  socket.close();
  await closed;
}

/** An answer without an end brings the server's numbers; each of ours is a request beside it. */
export async function overEventsAndPosts(talk: Talk, saw: Saw): Promise<void> {
  const source = new EventSource(new URL('events', talk.address));
  source.onmessage = ({ data }) => talk.onNumber(JSON.parse(String(data)) as Said);
  talk.signal.addEventListener('abort', () => source.close());
  try {
    await opened(source);
    const posts: Promise<unknown>[] = [];
    await count(talk, saw, (said) => void posts.push(post('numbers', said, talk)));
    await Promise.all(posts);
  } finally {
    source.close();
  }
}

/** A request, its answer, the next request: the server's numbers wait for an answer to be in. */
export async function inTurn(talk: Talk, saw: Saw): Promise<void> {
  await count(talk, saw, async (said) => {
    const response = await post('exchange', said, talk);
    const { numbers } = (await response.json()) as { numbers: Said[] };
    numbers.forEach(talk.onNumber);
  });
}

/** By the name of the choice. */
export const ways: Readonly<Record<string, typeof overWebSocket>> = {
  websocket: overWebSocket,
  events: overEventsAndPosts,
  turns: inTurn,
};

/** Says one number after another; waits for `send` if it takes its time. */
async function count(talk: Talk, saw: Saw, send: (said: Said) => void | Promise<void>) {
  for (let n = 1; n <= talk.count; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, talk.everyMs));
    talk.signal.throwIfAborted();
    const said = { n, heard: talk.heard() };
    saw('said', said);
    await send(said);
  }
}

async function post(path: string, said: Said, { address, signal }: Talk): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify(said);
  const response = await fetch(new URL(path, address), { method: 'POST', headers, body, signal });
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  return response;
}

function opened(channel: WebSocket | EventSource): Promise<unknown> {
  return new Promise((resolve, reject) => {
    channel.onopen = resolve;
    channel.onerror = () => reject(new Error('the connection was refused'));
  });
}
