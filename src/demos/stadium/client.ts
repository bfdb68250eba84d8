import type { Saw } from '#demo/workbench.ts';

/** Robots at once, as the server lets them. */
export const MAX_ROBOTS = 200;
/** WebSockets that the page opens: no robot of ours holds many. */
export const MAX_SOCKETS = 20;
/** The score changes every five seconds. */
const PATIENCE_MS = 20_000;

export type Round = { readonly way: string; readonly readers: number; readonly lifetime: number };

/** How many of a crowd are really there. */
export function liveReaders(way: string, readers: number): number {
  return Math.min(readers, way === 'websocket' ? MAX_SOCKETS : MAX_ROBOTS);
}

/**
 * Lets everybody read once, and resolves when all have what they came for.
 *
 * @throws Error with a sentence for the reader.
 */
export async function readOnce(address: string, round: Round, saw: Saw): Promise<void> {
  const readers = liveReaders(round.way, round.readers);
  if (round.way === 'websocket') {
    saw('round', { way: round.way, readers });
    await Promise.all(Array.from({ length: readers }, () => oneMessage(address)));
    saw('round-over', { way: round.way });
    return;
  }
  const path = await pathOf(address, round);
  const via = round.way === 'shared-cache' || round.way === 'long-poll' ? 'shared-cache' : 'direct';
  const [, run = ''] = /\/live\/([^/]+)\//.exec(address) ?? [];
  saw('round', { way: round.way, readers, path });
  const response = await fetch(new URL(`/runs/${run}/readers`, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ path, robots: readers, via }),
  });
  if (!response.ok) throw new Error(`the robots were not sent: ${response.status}`);
  saw('round-over', { way: round.way, ...((await response.json()) as object) });
}

async function pathOf(address: string, { way, lifetime }: Round): Promise<string> {
  if (way === 'events') return 'events';
  if (way !== 'long-poll') return `score?lifetime=${lifetime}`;
  const response = await fetch(new URL('score', address), { cache: 'no-store' });
  const { event } = (await response.json()) as { readonly event: number };
  return `log?offset=${event}`;
}

function oneMessage(address: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = new WebSocket(new URL('ws', address.replace(/^http/, 'ws')));
  const timer = setTimeout(() => reject(new Error('no message came')), PATIENCE_MS);
  socket.onmessage = () => resolve();
  socket.onclose = ({ code }) => reject(new Error(`a socket was closed with ${code}`));
  return promise.finally(() => {
    clearTimeout(timer);
    socket.close();
  });
}
