import type { Socket } from 'node:net';

import type { Direction } from '#capture/wire-event.ts';
import { tapSocket, type WireTap, type WireTapListener } from '#demo-server/wire-tap/wire-tap.ts';

import { ConnectionCapture, type ConnectionOrigin } from './connection-capture.ts';
import type { RunStore } from './run-store.ts';
import type { Run } from './run.ts';
import { WholeCapture } from './whole-capture.ts';

/** How the listener that accepted a socket says who opened it. */
export type OriginOf = (socket: Socket) => ConnectionOrigin;

type Connection = { readonly number: number; readonly tap: WireTap; readonly originOf: OriginOf };

/** Every accepted connection, of all listeners: numbered, tapped, its octets given to their runs. */
export class Connections {
  readonly #runs: RunStore;
  readonly #open = new Map<Socket, Connection>();
  #count = 0;

  constructor(runs: RunStore) {
    this.#runs = runs;
  }

  /** Hooks a socket that was just accepted; one that is known already stays as it is. */
  accept(socket: Socket, originOf: OriginOf): void {
    this.#hook(
      socket,
      originOf,
      (number) => new ConnectionCapture(number, () => originOf(socket), this.#runs),
    );
  }

  /** Hooks a socket of our robot's, all of which belongs to one run; asked for it with the first octet. */
  acceptFor(
    socket: Socket,
    runOf: () => Run | undefined,
    originOf: OriginOf = () => ({ sender: 'ROBOT', hop: 0 }),
  ): void {
    this.#hook(
      socket,
      originOf,
      (number) => new WholeCapture(number, () => originOf(socket), runOf),
    );
  }

  /** Hooks a socket that we have opened ourselves: what it writes goes up. */
  opened(socket: Socket, originOf: OriginOf): void {
    this.#hook(socket, originOf, (number) =>
      fromClientSide(new ConnectionCapture(number, () => originOf(socket), this.#runs)),
    );
  }

  #hook(
    socket: Socket,
    originOf: OriginOf,
    captureFor: (connection: number) => WireTapListener,
  ): void {
    if (this.#open.has(socket) || socket.destroyed) return;
    this.#count += 1;
    const number = this.#count;
    const capture = captureFor(number);
    this.#open.set(socket, { number, tap: tapSocket(socket, capture), originOf });
    // Without a listener, the reset of a refused connection would end the process.
    socket.on('error', () => undefined);
    socket.once('close', () => this.#open.delete(socket));
  }

  /** Says whether a connection is hooked. */
  has(socket: Socket): boolean {
    return this.#open.has(socket);
  }

  /** Number of a connection, unique in the server's life; 0 for one that was never accepted. */
  numberOf(socket: Socket): number {
    return this.#open.get(socket)?.number ?? 0;
  }

  /** When the other end was last heard, on the clock of `performance.now()`; 0 for one never accepted. */
  lastHeard(socket: Socket): number {
    return this.#open.get(socket)?.tap.lastRead ?? 0;
  }

  /** How many boxes of ours lie between the page and this connection. */
  hopOf(socket: Socket): number {
    return this.#open.get(socket)?.originOf(socket).hop ?? 0;
  }

  /** Captures nothing more of a connection that belongs to no run, such as a wire channel. */
  release(socket: Socket): void {
    this.#open.get(socket)?.tap.release();
    this.#open.delete(socket);
  }

  /** Ends every connection at once, but for the released ones. */
  destroyAll(): void {
    for (const socket of this.#open.keys()) socket.destroy();
  }
}

/** A tap names directions as the one who accepted a connection sees them. */
function fromClientSide(capture: WireTapListener): WireTapListener {
  const other = (direction: Direction) => (direction === 'up' ? 'down' : 'up');
  return {
    octets: (direction, octets, t) => {
      capture.octets(other(direction), octets, t);
    },
    end: (direction, t) => {
      capture.end(other(direction), t);
    },
    close: (hadError, t) => {
      capture.close(hadError, t);
    },
  };
}
