import { Socket } from 'node:net';
// The global of the same name is a getter, which takes longer than the clock.
import { performance } from 'node:perf_hooks';

import type { Direction } from '#capture/wire-event.ts';

/**
 * The tap: copies what one accepted socket reads and writes, and knows nothing of protocols.
 *
 * It stands before the four methods of the socket through which every octet goes, so each kernel read
 * and each write is seen once, in its own size, and the pattern of writes stays as it would be without
 * a tap.
 * The price: these hooks sit beside Node's internals. `tests/demo-server/wire-tap` holds them to the
 * octet on every supported Node.
 */

/** Told of everything, with times of `performance.now()`. */
export type WireTapListener = {
  /**
   * Octets of one read or one write, on loan: whoever reads or writes the socket may change them as
   * soon as this returns, so a listener keeps a copy.
   */
  octets(direction: Direction, octets: Uint8Array, t: number): void;
  /** One side sends no more (TCP FIN). */
  end(direction: Direction, t: number): void;
  /** The socket is gone; `hadError` by a reset or another failure. */
  close(hadError: boolean, t: number): void;
};

/** A hooked socket. */
export type WireTap = {
  /** When octets were last read, before the first when it was hooked; as `performance.now()` says. */
  readonly lastRead: number;
  /** Takes the hooks off: this connection is seen no more, and costs nothing more. */
  release(): void;
};

/** The methods of a socket that carry its octets; Node's types keep them protected or leave them out. */
type SocketInternals = {
  push: (chunk: Buffer | null, encoding?: BufferEncoding) => boolean;
  _write: (chunk: Buffer | string, encoding: BufferEncoding | 'buffer', done: () => void) => void;
  _writev: (chunks: readonly WrittenChunk[], done: () => void) => void;
  _final: (done: () => void) => void;
};
type WrittenChunk = { readonly chunk: Buffer | string; readonly encoding: BufferEncoding };

/** What a hooked socket keeps; under symbols, so that no property of Node's is touched. */
const LISTENER = Symbol('listener of the tap');
const LAST_READ = Symbol('time of the last read');
type Tapped = SocketInternals & { readonly [LISTENER]: WireTapListener; [LAST_READ]: number };
const original = Socket.prototype as unknown as SocketInternals;

/**
 * Stands between a hooked socket and its class: one for all sockets, as closures of each would keep the
 * engine from optimising calls, and memory besides.
 */
const hooks = {
  push(this: Tapped, chunk: Buffer | null, encoding?: BufferEncoding): boolean {
    const t = performance.now();
    if (chunk === null) this[LISTENER].end('up', t);
    else {
      this[LAST_READ] = t;
      this[LISTENER].octets('up', chunk, t);
    }
    return original.push.call(this, chunk, encoding);
  },
  _write(this: Tapped, chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    const octets = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
    this[LISTENER].octets('down', octets, performance.now());
    original._write.call(this, chunk, encoding, done);
  },
  _writev(this: Tapped, chunks: readonly WrittenChunk[], done: () => void): void {
    // What was joined for the capture is what is written: Node writes one chunk faster than several.
    const octets = joined(chunks);
    this[LISTENER].octets('down', octets, performance.now());
    original._write.call(this, octets, 'buffer', done);
  },
  _final(this: Tapped, done: () => void): void {
    this[LISTENER].end('down', performance.now());
    original._final.call(this, done);
  },
};
Object.setPrototypeOf(hooks, Socket.prototype);

/** Hooks a socket that a server has just accepted, before its first octet is read. */
export function tapSocket(socket: Socket, listener: WireTapListener): WireTap {
  Object.assign(socket, { [LISTENER]: listener, [LAST_READ]: performance.now() });
  Object.setPrototypeOf(socket, hooks);
  keepFromNativeParser(socket);
  socket.on('close', tellClose);
  return new HookedSocket(socket);
}

/** A class, as closures would take more memory for each idle connection. */
class HookedSocket implements WireTap {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  get lastRead(): number {
    return (this.#socket as unknown as Tapped)[LAST_READ];
  }

  release(): void {
    Object.setPrototypeOf(this.#socket, Socket.prototype);
    this.#socket.off('close', tellClose);
  }
}

function tellClose(this: unknown, hadError: boolean): void {
  (this as Tapped)[LISTENER].close(hadError, performance.now());
}

const SHORT = 14;

/** The chunks of one write in one piece. */
function joined(chunks: readonly WrittenChunk[]): Buffer {
  let length = 0;
  for (const { chunk, encoding } of chunks) {
    length += typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
  }
  const octets = Buffer.allocUnsafe(length);
  let at = 0;
  for (const { chunk, encoding } of chunks) {
    if (typeof chunk === 'string') at += octets.write(chunk, at, encoding);
    else {
      // A frame's header is too short for what a call of `set` costs.
      if (chunk.length > SHORT) octets.set(chunk, at);
      else
        for (let index = 0; index < chunk.length; index += 1)
          octets[at + index] = chunk[index] ?? 0;
      at += chunk.length;
    }
  }
  return octets;
}

/**
 * Node's HTTP parser reads the socket's handle natively, past `push`. A `data` listener makes it give
 * the handle back, for good. Who gives a hooked socket to an HTTP server calls this afterwards.
 */
export function keepFromNativeParser(socket: Socket): void {
  socket.on('data', ignore);
  socket.off('data', ignore);
}

function ignore(): void {
  // Being a listener is all that it is for.
}
