import { Agent, request, type ClientRequest } from 'node:http';
import net, { type Socket } from 'node:net';

import type { ConnectionOrigin } from '#demo-server/runs/connection-capture.ts';

/** Where all boxes connect to: the internal listener, never an address from a request. */
export type NextHop = {
  readonly port: number;
  /** Lets in the connection from this local port, and says who opened it. */
  expect(localPort: number, origin: ConnectionOrigin): void;
  forget(localPort: number): void;
};

/**
 * The one connection to the next hop that belongs to one connection of a client.
 *
 * It is opened when first needed, opened anew if it was lost, and never shared with another client or
 * run.
 */
export class Upstream {
  readonly #agent: UpstreamAgent;

  constructor(nextHop: NextHop, origin: ConnectionOrigin) {
    this.#agent = new UpstreamAgent(nextHop, origin);
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
    const socket = net.connect(this.#nextHop.port, '127.0.0.1');
    this.#sockets.add(socket);
    let localPort = 0;
    // Comes before the first octet is written, so the listener knows the port when it reads one.
    socket.once('connect', () => {
      localPort = socket.localPort ?? 0;
      this.#nextHop.expect(localPort, this.#origin);
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#nextHop.forget(localPort);
    });
    return socket;
  }

  destroyAll(): void {
    this.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }
}
