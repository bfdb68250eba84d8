import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import { isReaderTarget } from '#demo-server/robot/readers.ts';
import { isRobotTarget } from '#demo-server/robot/robot.ts';
import type { ConnectionOrigin } from '#demo-server/runs/connection-capture.ts';

import { InnerListener } from './inner-listener.ts';
import type { NextHop } from './upstream.ts';

/** Who serves what our boxes and our robot ask for. */
export type OriginHandlers = {
  readonly connection: (socket: Socket) => void;
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

/**
 * The second listener, on loopback and a port of its own: the demos as boxes and the robot reach them.
 *
 * Only connections that it has opened to itself are answered, so that it is no way round the guard.
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
  readonly #inner = new InnerListener<ConnectionOrigin>(this.server);

  listen(): Promise<void> {
    return this.#inner.listen();
  }

  /** Brings what is asked on them to its handlers; any other connection is cut without an answer. */
  serve(handlers: OriginHandlers): void {
    this.server.on('connection', handlers.connection);
    this.server.on('request', (request, response) => {
      if (!this.#mayAsk(request)) request.socket.destroy();
      else handlers.request(request, response);
    });
    this.server.on('upgrade', (request, socket, head) => {
      if (!this.#mayAsk(request)) socket.destroy();
      else handlers.upgrade(request, socket, head);
    });
  }

  /** Opens one of our own connections to this listener. It can't be asked for any other address. */
  connect(origin: ConnectionOrigin): Socket {
    return this.#inner.connect(origin);
  }

  /** Says who opened an accepted connection; `undefined` if nobody of ours did. */
  originOf(socket: Socket): ConnectionOrigin | undefined {
    return this.#inner.callerOf(socket);
  }

  /** Whether a robot of ours opened the connection. */
  isRobots(socket: Socket): boolean {
    return this.originOf(socket)?.sender === 'ROBOT';
  }

  /** A robot's requests ask for a demo of its run and no box, and that part is ours to write; this is the second line. */
  #mayAsk({ socket, url }: IncomingMessage): boolean {
    const origin = this.originOf(socket);
    return (
      origin !== undefined &&
      (origin.sender !== 'ROBOT' || isRobotTarget(url) || isReaderTarget(url))
    );
  }
}
