import type { WebSocket } from 'ws';

import { sayGoingAway } from './going-away.ts';

/** A browser opens at most 255 of them from one page. */
export const MAX_WEB_SOCKETS = 256;

/** When one was last used, by a count of uses. */
type LastUse = { use: number };

/**
 * The demos' WebSockets of one server; the longest idle one makes room for a newcomer.
 *
 * There are no heartbeats: pings that nobody asked for would stand in the reader's own capture, and on
 * loopback a peer that is gone closes its connection.
 */
export class OpenWebSockets {
  readonly #open = new Map<WebSocket, LastUse>();
  #uses = 0;
  readonly #max: number;

  constructor(max = MAX_WEB_SOCKETS) {
    this.#max = max;
  }

  /** Takes in a new one; if there are too many, the longest idle one goes with 1013, "try again later". */
  adopt(webSocket: WebSocket): void {
    const longestIdle = this.#open.size >= this.#max ? this.#longestIdle() : undefined;
    if (longestIdle !== undefined) {
      longestIdle.close(1013, 'Too many WebSockets are open.');
      this.#open.delete(longestIdle);
    }
    const lastUse: LastUse = { use: 0 };
    const use = () => {
      this.#uses += 1;
      lastUse.use = this.#uses;
    };
    use();
    this.#open.set(webSocket, lastUse);
    webSocket.on('message', use);
    webSocket.on('pong', use);
    webSocket.on('close', () => this.#open.delete(webSocket));
  }

  #longestIdle(): WebSocket | undefined {
    let found: WebSocket | undefined;
    let least = Infinity;
    for (const [webSocket, { use }] of this.#open) {
      if (use >= least) continue;
      least = use;
      found = webSocket;
    }
    return found;
  }

  /** Closes all with 1001; resolves when they are closed. */
  close(): Promise<void> {
    return sayGoingAway(this.#open.keys());
  }
}
