import { Agent, request, type ClientRequest } from 'node:http';
import type { Socket } from 'node:net';

import type { ConnectionOrigin } from '#demo-server/runs/connection-capture.ts';

/** Where all boxes connect to: the internal listener, never an address from a request. */
export type NextHop = {
  /** Opens a connection there; it takes no address, for there is only one. */
  connect(origin: ConnectionOrigin): Socket;
};

/**
 * The one connection to the next hop that belongs to one connection of a client.
 *
 * It is opened when first needed, opened anew if it was lost, and never shared with another client or
 * run.
 */
export class Upstream {
  readonly #agent: UpstreamAgent;
  readonly #runEnded: AbortSignal | undefined;
  readonly #endWithRun = () => {
    this.destroy();
  };

  /** @param runEnded ends it too, for who has nobody else to end it with */
  constructor(nextHop: NextHop, origin: ConnectionOrigin, runEnded?: AbortSignal) {
    this.#agent = new UpstreamAgent(nextHop, origin);
    this.#runEnded = runEnded;
    runEnded?.addEventListener('abort', this.#endWithRun);
  }

  /** Begins a request to the next hop with exactly these raw fields. */
  request(method: string, requestTarget: string, rawFields: readonly string[]): ClientRequest {
    return request({
      agent: this.#agent,
      method,
      path: requestTarget,
      headers: rawFields,
      setHost: false,
    });
  }

  /** Ends it, whatever is under way. */
  destroy(): void {
    this.#runEnded?.removeEventListener('abort', this.#endWithRun);
    this.#agent.destroyAll();
  }
}

class UpstreamAgent extends Agent {
  readonly #nextHop: NextHop;
  readonly #origin: ConnectionOrigin;
  /** Also those that an upgrade has taken out of the agent's own keeping. */
  readonly #sockets = new Set<Socket>();

  constructor(nextHop: NextHop, origin: ConnectionOrigin) {
    super({ keepAlive: true, maxSockets: 1 });
    this.#nextHop = nextHop;
    this.#origin = origin;
  }

  override createConnection(): Socket {
    const socket = this.#nextHop.connect(this.#origin);
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }

  destroyAll(): void {
    this.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }
}
