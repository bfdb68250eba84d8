import type { WebSocket } from 'ws';

import { sayGoingAway } from './going-away.ts';

/** A browser opens at most 255 of them from one page. */
export const MAX_WEB_SOCKETS = 256;

/** When a WebSocket's client was last heard; any clock that all of them share. */
type LastHeard = () => number;

/**
 * The demos' WebSockets of one server; the longest idle one makes room for a newcomer.
 *
 * There are no heartbeats: pings that nobody asked for would stand in the reader's own capture, and on
 * loopback a peer that is gone closes its connection.
 */
export class OpenWebSockets {
  readonly #open = new Map<WebSocket, LastHeard>();
  readonly #max: number;

  constructor(max = MAX_WEB_SOCKETS) {
    this.#max = max;
  }

  /**
   * Takes in a new one; if there are too many, the longest idle one goes with 1013, "try again later".
   *
   * @param lastHeard asked when one has to go: to note every message would cost each of them a listener
   */
  adopt(webSocket: WebSocket, lastHeard: LastHeard): void {
    const longestIdle = this.#open.size >= this.#max ? this.#longestIdle() : undefined;
    if (longestIdle !== undefined) {
      longestIdle.close(1013, 'Too many WebSockets are open.');
      this.#open.delete(longestIdle);
    }
    this.#open.set(webSocket, lastHeard);
    webSocket.on('close', () => this.#open.delete(webSocket));
  }

  #longestIdle(): WebSocket | undefined {
    let found: WebSocket | undefined;
    let least = Infinity;
    for (const [webSocket, lastHeard] of this.#open) {
      const at = lastHeard();
      if (at >= least) continue;
      least = at;
      found = webSocket;
    }
    return found;
  }

  /** Closes all with 1001; resolves when they are closed. */
  close(): Promise<void> {
    return sayGoingAway(this.#open.keys());
  }
}
