/** How long each took, in milliseconds from the call to the event. */
export type Waits = { readonly fetchMs: number; readonly webSocketMs: number };

/**
 * Starts both at once.
 *
 * A browser keeps connections for requests with credentials and for those without apart (WHATWG Fetch,
 * "obtain a connection"). So a request without them finds none that is open, as on a first visit.
 */
export async function race(
  address: string,
  round: number,
  open: 'nothing' | 'http1',
): Promise<Waits> {
  if (open === 'http1') await ask(urlOf(address, 'event', 0), 'same-origin');
  const url = urlOf(address, 'event', round);
  if (open === 'nothing') url.searchParams.set('last', '');
  const [fetchMs, webSocketMs] = await Promise.all([
    timed(() => ask(url, open === 'nothing' ? 'omit' : 'same-origin')),
    timed(() => listen(urlOf(address, 'events', round))),
  ]);
  return { fetchMs, webSocketMs };
}

async function ask(url: URL, credentials: RequestCredentials): Promise<void> {
  const response = await fetch(url, { credentials, cache: 'no-store' });
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  await response.json();
}

/** A WebSocket of HTTP/1.1 has a new connection, whatever is open. */
function listen(url: URL): Promise<void> {
  const socket = new WebSocket(url);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.onmessage = () => {
    resolve();
    socket.close();
  };
  socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
  return promise;
}

/**
 * Sends our robot to do the same on one HTTP/2 connection that it has opened before. A browser would
 * need TLS for it, and a certificate that it trusts.
 */
export async function raceByRobot(address: string, delayMs: number): Promise<Waits> {
  const [, run = ''] = /\/live\/([^/]+)\//.exec(address) ?? [];
  const response = await fetch(new URL(`/runs/${run}/robot`, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ delayMs }),
  });
  const report = (await response.json()) as Partial<Waits> & { readonly error?: string };
  const { fetchMs, webSocketMs, error = 'the robot came back with nothing' } = report;
  if (fetchMs === undefined || webSocketMs === undefined) throw new Error(error);
  return { fetchMs, webSocketMs };
}

async function timed(act: () => Promise<void>): Promise<number> {
  const beganAt = performance.now();
  await act();
  return Math.round((performance.now() - beganAt) * 10) / 10;
}

function urlOf(address: string, path: string, round: number): URL {
  const url = new URL(path, address);
  url.searchParams.set('round', String(round));
  return url;
}
