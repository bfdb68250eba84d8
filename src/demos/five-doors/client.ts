import type { Saw } from '#demo/workbench.ts';

/** What is asked for, and whether a cache is on the path. */
export type Place = { readonly what: string; readonly way: string };

/** Where that is, below the demo's address. */
export function addressOf(address: string, { what, way }: Place): string {
  if (what === 'ws') return new URL('ws', address).href;
  return new URL(`${way === 'direct' ? '' : 'via/shared-cache/'}readers/badge`, address).href;
}

/** The door that every browser has, without a line of code. */
export function openInTab(address: string, saw: Saw): void {
  saw('open-tab');
  // Without an opener it can be no one's window to talk to.
  window.open(address, '_blank', 'noopener');
}

/** Sends our robot with exactly the head that this client sends. */
export async function sendVisitor(address: string, visitor: string, place: Place): Promise<void> {
  const [, run = ''] = /\/live\/([^/]+)\//.exec(address) ?? [];
  const badge = place.way === 'direct' ? 'badge' : 'cached-badge';
  const response = await fetch(new URL(`/runs/${run}/robot`, address), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ visitor, place: place.what === 'ws' ? 'ws' : badge }),
  });
  if (!response.ok) throw new Error(`the robot was not sent: ${response.status}`);
}

/** The one client that a WebSocket is made for. */
export function openWebSocket(address: string, saw: Saw): WebSocket {
  const socket = new WebSocket(address.replace(/^http/, 'ws'));
  socket.onopen = () => saw('open');
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    saw('message', { type: 'text', length: data.length, data });
    socket.close(1000);
  };
  socket.onerror = () => saw('error');
  socket.onclose = ({ code, wasClean }) => saw('close', { code, wasClean });
  return socket;
}
