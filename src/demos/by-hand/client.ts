import type { Saw } from '#demo/workbench.ts';

/** Opens a WebSocket whose handshake the server will hold; reports what the page is told. */
export function connect(address: string, saw: Saw): WebSocket {
  const socket = new WebSocket(new URL('ws', address.replace(/^http/, 'ws')));
  saw('connect', { readyState: 'CONNECTING' });
  socket.onopen = () => saw('open', { readyState: 'OPEN' });
  socket.onmessage = ({ data }) => saw('message', { text: String(data) });
  socket.onerror = () => saw('error');
  socket.onclose = ({ code, wasClean }) => saw('close', { readyState: 'CLOSED', code, wasClean });
  return socket;
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
