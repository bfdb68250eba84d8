import type { WebSocket } from 'ws';

/**
 * Whether a WebSocket's octets are read: not as long as anyone holds it.
 *
 * `pause` and `resume` of `ws` know no holders: who resumed last would undo what another has paused.
 */
export class Reading {
  readonly #webSocket: WebSocket;
  readonly #holders = new Set<string>();

  constructor(webSocket: WebSocket) {
    this.#webSocket = webSocket;
  }

  hold(holder: string): void {
    this.#holders.add(holder);
    this.#webSocket.pause();
  }

  /** Reads again, unless someone else still holds it. */
  release(holder: string): void {
    if (this.#holders.delete(holder) && this.#holders.size === 0) this.#webSocket.resume();
  }
}
