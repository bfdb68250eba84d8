import type { Saw } from '#demo/workbench.ts';

/** Opens a WebSocket and reports everything that a script is told about it. */
export function openEcho(address: string, echo: string, saw: Saw): WebSocket {
  const url = new URL('ws', address.replace(/^http/, 'ws'));
  if (echo !== 'whole') url.searchParams.set('fragments', echo);

  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => saw('open'));
  socket.addEventListener('message', ({ data }) => saw('message', describe(data)));
  socket.addEventListener('error', () => saw('error'));
  socket.addEventListener('close', ({ code, reason, wasClean }) =>
    saw('close', { code, reason, wasClean }),
  );
  return socket;
}

/** Sends one message. There is nothing to ask for frames, masks or fragments: that is all there is. */
export function sendMessage(socket: WebSocket, text: string, as: string, saw: Saw): void {
  const message = as === 'binary' ? new TextEncoder().encode(text) : text;
  saw('send', describe(message));
  socket.send(message);
}

/** A script can't send a ping: RFC 6455 §5.5.2 has them, the browser's API doesn't. So it asks. */
export function askForPing(address: string): Promise<Response> {
  return post(new URL('ping', address), {});
}

/** Asks the server to begin the closing handshake. */
export function askForClose(address: string, code: number, reason: string): Promise<Response> {
  return post(new URL('close', address), { code, reason });
}

/** Repeats a text until it takes exactly so many bytes in UTF-8; 0 leaves it as it is. */
export function fillUp(text: string, size: number): string {
  if (size === 0) return text;
  const length = new TextEncoder().encode(text).length;
  const times = length === 0 ? 0 : Math.floor(size / length);
  return text.repeat(times) + '.'.repeat(size - times * length);
}

function post(url: URL, body: object): Promise<Response> {
  const headers = { 'Content-Type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

function describe(data: unknown): { type: string; length: number; text?: string } {
  if (typeof data !== 'string') {
    return { type: 'binary', length: (data as ArrayBuffer | Uint8Array).byteLength };
  }
  return { type: 'text', length: new TextEncoder().encode(data).length, text: data.slice(0, 100) };
}
