import type { WebSocket } from 'ws';

import { sayGoingAway } from './going-away.ts';

/** A browser opens at most 255 of them from one page. */
export const MAX_WEB_SOCKETS = 256;

/**
 * The demos' WebSockets of one server, the longest idle first.
 *
 * There are no heartbeats: pings that nobody asked for would stand in the reader's own capture, and on
 * loopback a peer that is gone closes its connection.
 */
export class OpenWebSockets {
  readonly #open = new Set<WebSocket>();
  readonly #max: number;

  constructor(max = MAX_WEB_SOCKETS) {
    this.#max = max;
  }

  /** Takes in a new one; if there are too many, the longest idle one goes with 1013, "try again later". */
  adopt(webSocket: WebSocket): void {
    const [longestIdle] = this.#open;
    if (longestIdle !== undefined && this.#open.size >= this.#max) {
      longestIdle.close(1013, 'Too many WebSockets are open.');
      this.#open.delete(longestIdle);
    }
    const use = () => {
      if (this.#open.delete(webSocket)) this.#open.add(webSocket);
    };
    this.#open.add(webSocket);
    webSocket.on('message', use);
    webSocket.on('pong', use);
    webSocket.on('close', () => this.#open.delete(webSocket));
  }

  /** Closes all with 1001; resolves when they are closed. */
  close(): Promise<void> {
    return sayGoingAway(this.#open);
  }
}
