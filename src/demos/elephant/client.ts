import { hangUp } from '#demo/hang-up.ts';
import type { Saw } from '#demo/workbench.ts';

/** What the server shall send, and how. */
export type Order = {
  readonly transfer: number;
  readonly way: string;
  readonly sizeKiB: number;
  readonly pieceKiB: number;
};

/**
 * Opens a WebSocket and takes what comes, until the server closes it.
 *
 * Pings are answered by the browser: no script sees them.
 *
 * @param now milliseconds on the run's clock
 */
export function take(
  address: string,
  order: Order,
  now: () => number,
  saw: Saw,
  signal: AbortSignal,
): Promise<void> {
  const { transfer, sizeKiB } = order;
  const url = new URL('ws', address);
  for (const [name, value] of Object.entries(order)) url.searchParams.set(name, String(value));
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  let [beganAt, bytes, messages] = [0, 0, 0];
  socket.onopen = () => (beganAt = now());
  const afterMs = () => Math.round(now() - beganAt);
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer | string>) => {
    if (typeof data === 'string') {
      saw('small', { transfer, afterMs: afterMs() });
      return;
    }
    bytes += data.byteLength;
    messages += 1;
    if (bytes === sizeKiB * 1024) saw('large', { transfer, bytes, messages, afterMs: afterMs() });
  };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.onclose = ({ code }) => {
    if (code === 1000) resolve();
    else reject(new Error(`closed with ${code}`));
  };
  signal.addEventListener('abort', () => {
    hangUp(socket);
    reject(new Error('stopped'));
  });
  return promise;
}
