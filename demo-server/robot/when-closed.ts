import type { Socket } from 'node:net';

/** Resolves when a socket is closed; also by a reset, of which `once` of node:events makes a rejection. */
export function whenClosed(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (socket.closed) resolve();
  else {
    socket.once('close', () => {
      resolve();
    });
  }
  return promise;
}
