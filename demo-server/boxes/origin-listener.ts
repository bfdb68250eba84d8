import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import type { ConnectionOrigin } from '#demo-server/runs/connection-capture.ts';

import type { NextHop } from './upstream.ts';

/**
 * The second listener, on loopback and a port of its own: the demos as the boxes reach them.
 *
 * Only connections that our own boxes have opened are answered, so that it is no way round the guard.
 */
export class OriginListener implements NextHop {
  /** Idle connections stay: their boxes end them with their clients. */
  readonly server: Server = createServer({
    keepAliveTimeout: 0,
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    connectionsCheckingInterval: 1000,
    requireHostHeader: false,
  });
  readonly #expected = new Map<number, ConnectionOrigin>();

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async listen(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.server.once('error', reject);
    this.server.listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise;
    this.server.unref();
  }

  expect(localPort: number, origin: ConnectionOrigin): void {
    this.#expected.set(localPort, origin);
  }

  forget(localPort: number): void {
    this.#expected.delete(localPort);
  }

  /** Says who opened an accepted connection; `undefined` if none of our boxes did. */
  originOf(socket: Socket): ConnectionOrigin | undefined {
    return this.#expected.get(socket.remotePort ?? 0);
  }
}
