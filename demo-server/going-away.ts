import type { WebSocket } from 'ws';

/** How long a WebSocket may take to answer a close frame before its connection is cut. */
const GOODBYE_MS = 250;

/** Closes WebSockets with 1001, "going away", and resolves when all are closed. RFC 6455 §7.4.1. */
export async function sayGoingAway(webSockets: Iterable<WebSocket>): Promise<void> {
  await Promise.all([...webSockets].map(closeOne));
}

function closeOne(webSocket: WebSocket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const patience = setTimeout(() => {
    webSocket.terminate();
  }, GOODBYE_MS);
  webSocket.once('close', () => {
    clearTimeout(patience);
    resolve(undefined);
  });
  webSocket.close(1001, 'The server is going away.');
  return promise;
}
