import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import type { ConnectionOrigin } from '#demo-server/runs/connection-capture.ts';

import type { NextHop } from './upstream.ts';

/** Who serves what our boxes ask for. */
export type OriginHandlers = {
  readonly connection: (socket: Socket) => void;
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

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

  /** Brings what our boxes ask to its handlers; anyone else's connection is cut without an answer. */
  serve(handlers: OriginHandlers): void {
    this.server.on('connection', handlers.connection);
    this.server.on('request', (request, response) => {
      if (this.originOf(request.socket) === undefined) request.socket.destroy();
      else handlers.request(request, response);
    });
    this.server.on('upgrade', (request, socket, head) => {
      if (this.originOf(request.socket) === undefined) socket.destroy();
      else handlers.upgrade(request, socket, head);
    });
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
