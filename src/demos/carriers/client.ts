/** Has the server set the cookie at a path, or take it away. */
export async function setCookie(address: string, at: string): Promise<void> {
  const response = await fetch(new URL('cookie', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ at }),
  });
  if (!response.ok) throw new Error(`answered with ${response.status}`);
}

/** Five requests, one after another. Not one of them says anything of cookies but the second. */
export async function sendAll(address: string): Promise<void> {
  await ask(fetch(new URL('page', address), { cache: 'no-store' }));
  await ask(fetch(new URL('bare', address), { cache: 'no-store', credentials: 'omit' }));
  await ask(fetch(new URL('page', address), { method: 'POST' }));
  await listen(new URL('events', address));
  await open(new URL('ws', address));
}

async function ask(answer: Promise<Response>): Promise<void> {
  const { ok, status } = await answer;
  if (!ok) throw new Error(`answered with ${status}`);
}

function listen(url: URL): Promise<void> {
  const source = new EventSource(url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  source.onmessage = () => resolve();
  source.onerror = () => reject(new Error('the event stream broke off'));
  return promise.finally(() => source.close());
}

function open(url: URL): Promise<void> {
  const socket = new WebSocket(url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.onopen = () => resolve();
  socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
  return promise.finally(() => socket.close());
}
