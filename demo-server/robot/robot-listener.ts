import { createServer, type Server, type Socket } from 'node:net';

import { InnerListener } from '#demo-server/boxes/inner-listener.ts';
import type { ConnectionOrigin } from '#demo-server/runs/connection-capture.ts';
import type { Connections } from '#demo-server/runs/connections.ts';
import type { Run } from '#demo-server/runs/run.ts';

/**
 * A listener that no page can reach, on loopback and a port of its own.
 *
 * Only connections that it has opened to itself are served, each in the run that it was opened for.
 *
 * @typeParam Caller what is known of a connection when it is opened
 */
export abstract class OwnListener<Caller> {
  readonly server: Server = createServer((socket) => {
    this.#accept(socket);
  });
  readonly #inner = new InnerListener<Caller>(this.server);
  readonly #connections: Connections;

  constructor(connections: Connections) {
    this.#connections = connections;
  }

  protected abstract runOf(caller: Caller): Run;
  protected abstract originOf(caller: Caller | undefined): ConnectionOrigin;
  /** Serves a connection, whose first octets have come; it ends with its run. */
  protected abstract serve(socket: Socket, caller: Caller, connection: number): void;

  listen(): Promise<void> {
    return this.#inner.listen();
  }

  /** Opens one of our own connections. It can't be asked for any other address. */
  connect(caller: Caller): Socket {
    return this.#inner.connect(caller);
  }

  #accept(socket: Socket): void {
    // A small write would wait for the acknowledgement of the one before it (RFC 9293 §3.7.4).
    socket.setNoDelay();
    const callerOf = () => this.#inner.callerOf(socket);
    const runOf = () => {
      const caller = callerOf();
      return caller === undefined ? undefined : this.runOf(caller);
    };
    this.#connections.acceptFor(socket, runOf, () => this.originOf(callerOf()));
    // Nothing is said before the first octet has come: only then it is known who this is.
    socket.once('readable', () => {
      const caller = callerOf();
      if (caller === undefined) {
        socket.destroy();
        return;
      }
      endWithRun(socket, this.runOf(caller));
      this.serve(socket, caller, this.#connections.numberOf(socket));
    });
  }
}

/** A listener for our robot alone. */
export abstract class RobotListener extends OwnListener<Run> {
  protected runOf(run: Run): Run {
    return run;
  }

  protected originOf(): ConnectionOrigin {
    return { sender: 'ROBOT', hop: 0 };
  }
}

function endWithRun(socket: Socket, { ended }: Run): void {
  const end = () => {
    socket.destroy();
  };
  ended.addEventListener('abort', end);
  socket.once('close', () => {
    ended.removeEventListener('abort', end);
  });
  if (ended.aborted) end();
}
