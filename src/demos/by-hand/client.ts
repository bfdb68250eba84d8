import type { Saw } from '#demo/workbench.ts';

/**
 * Opens a WebSocket whose handshake the server will hold; reports what the page is told.
 *
 * @returns a function that lets go of it: what becomes of it then is not told, as another may have begun.
 */
export function connect(address: string, saw: Saw): () => void {
  // First: on a busy machine the request can be at the server before this function goes on.
  saw('connect', { readyState: 'CONNECTING' });
  const socket = new WebSocket(new URL('ws', address.replace(/^http/, 'ws')));
  const told = new AbortController();
  const { signal } = told;
  socket.addEventListener('open', () => saw('open', { readyState: 'OPEN' }), { signal });
  socket.addEventListener('message', ({ data }) => saw('message', { text: String(data) }), {
    signal,
  });
  socket.addEventListener('error', () => saw('error'), { signal });
  socket.addEventListener(
    'close',
    ({ code, wasClean }) => saw('close', { readyState: 'CLOSED', code, wasClean }),
    { signal },
  );
  return () => {
    told.abort();
    socket.close();
  };
}

/**
 * Tells the server what to answer the handshake that it holds.
 *
 * @throws Error with the server's sentence.
 */
export async function answer(address: string, statusCode: number, accept: string): Promise<void> {
  const response = await fetch(new URL('answer', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ statusCode, accept }),
  });
  if (response.ok) return;
  const { error } = (await response.json()) as { error?: string };
  throw new Error(error ?? `The server answered ${response.status}.`);
}

/**
 * Sets a cookie that only requests to this run's address carry, and that is gone in five minutes.
 * Once it resolves, the next request has it: what `document.cookie` is told may come after it.
 */
export async function setCookie(address: string): Promise<void> {
  const { pathname: path } = new URL(address);
  const expires = Date.now() + 300_000;
  await cookieStore.set({ name: 'demo', value: 'hello', path, expires, sameSite: 'strict' });
}
