/** One jump: its number, and when it began, on the run’s clock. */
export type Jump = { readonly jump: number; readonly at: number };

/** What the server answers: how long a jump was on its way up. */
export type Landing = { readonly jump: number; readonly tookMs: number };

/** A browser opens no more HTTP/1.1 connections to one host. */
const POOL = 6;

/** By a request of its own, on whichever connection is idle. */
export async function byPost(address: string, jump: Jump): Promise<Landing> {
  const response = await fetch(new URL('jumps', address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(jump),
  });
  if (!response.ok) throw new Error(`answered with ${response.status}`);
  return (await response.json()) as Landing;
}

/** By a message on a socket that is open. */
export function bySocket(socket: WebSocket, jump: Jump): Promise<Landing> {
  const { promise, resolve, reject } = Promise.withResolvers<Landing>();
  const listening = new AbortController();
  const { signal } = listening;
  socket.addEventListener(
    'message',
    ({ data }) => {
      const landing = JSON.parse(String(data)) as Landing;
      if (landing.jump !== jump.jump) return;
      listening.abort();
      resolve(landing);
    },
    { signal },
  );
  socket.addEventListener('close', ({ code }) => reject(new Error(`closed with ${code}`)), {
    signal,
  });
  socket.send(JSON.stringify(jump));
  return promise;
}

/** Opens the socket on which all jumps go. */
export function openSocket(address: string): Promise<WebSocket> {
  const socket = new WebSocket(new URL('ws', address));
  return new Promise((resolve, reject) => {
    socket.onopen = () => resolve(socket);
    socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
  });
}

/**
 * Fills the browser’s pool with answers that take their time.
 *
 * Resolves when all six have begun; what it returns resolves when all have ended.
 */
export async function keepBusy(address: string, series: number): Promise<() => Promise<unknown>> {
  const requests = Array.from({ length: POOL }, (_, index) =>
    fetch(new URL(`busy/${series * POOL + index}`, address), { cache: 'no-store' }),
  );
  const answers = await Promise.all(requests);
  return () => Promise.all(answers.map((answer) => answer.text()));
}
