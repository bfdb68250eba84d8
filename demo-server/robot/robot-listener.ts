import { createServer, type Server, type Socket } from 'node:net';

import { InnerListener } from '#demo-server/boxes/inner-listener.ts';
import type { Connections } from '#demo-server/runs/connections.ts';
import type { Run } from '#demo-server/runs/run.ts';

/**
 * A listener for our robot alone, on loopback and a port of its own.
 *
 * Only connections that it has opened to itself are served, each in the run that it was opened for.
 */
export abstract class RobotListener {
  readonly server: Server = createServer((socket) => {
    this.#accept(socket);
  });
  readonly #inner = new InnerListener<Run>(this.server);
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  /** Serves a connection of a run, whose first octets have come. */
  protected abstract serve(socket: Socket, run: Run, connection: number): void;

  listen(): Promise<void> {
    return this.#inner.listen();
  }

  /** Opens one of our own connections for a run. It can't be asked for any other address. */
  connect(run: Run): Socket {
    return this.#inner.connect(run);
  }

  #accept(socket: Socket): void {
    this.#connections.acceptFor(socket, () => this.#inner.callerOf(socket));
    // Nothing is said before the first octet has come: only then it is known who this is.
    socket.once('readable', () => {
      const run = this.#inner.callerOf(socket);
      if (run === undefined) socket.destroy();
      else this.serve(socket, run, this.#connections.numberOf(socket));
    });
  }
}
