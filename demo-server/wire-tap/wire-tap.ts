import type { Socket } from 'node:net';

import type { Direction } from '#capture/wire-event.ts';

/**
 * The tap: copies what one accepted socket reads and writes, and knows nothing of protocols.
 *
 * It hooks the four methods of the socket through which every octet goes, so each kernel read and each
 * write is seen once, in its own size, and the pattern of writes stays as it would be without a tap.
 * The price: these hooks sit beside Node's internals. `tests/demo-server/wire-tap` holds them to the
 * octet on every supported Node.
 */

/** Told of everything, with times of `performance.now()`. */
export type WireTapListener = {
  /** Octets of one read or one write, copied: whoever reads the socket may change its own in place. */
  octets(direction: Direction, octets: Uint8Array, t: number): void;
  /** One side sends no more (TCP FIN). */
  end(direction: Direction, t: number): void;
  /** The socket is gone; `hadError` by a reset or another failure. */
  close(hadError: boolean, t: number): void;
};

/** A hooked socket. */
export type WireTap = {
  /** Takes the hooks off: this connection is seen no more, and costs nothing more. */
  release(): void;
};

/** The methods of a socket that carry its octets; Node's types keep them protected or leave them out. */
type SocketInternals = {
  push: (chunk: Buffer | null, encoding?: BufferEncoding) => boolean;
  _write: (chunk: Buffer | string, encoding: BufferEncoding, done: () => void) => void;
  _writev: (chunks: readonly WrittenChunk[], done: () => void) => void;
  _final: (done: () => void) => void;
};
type WrittenChunk = { readonly chunk: Buffer | string; readonly encoding: BufferEncoding };

const hookedMethods = ['push', '_write', '_writev', '_final'] as const;

/** Hooks a socket that a server has just accepted, before its first octet is read. */
export function tapSocket(socket: Socket, listener: WireTapListener): WireTap {
  const internals = socket as unknown as SocketInternals;
  Object.assign(internals, hooksFor(internals, listener));
  takeFromNativeParser(socket);
  const onClose = (hadError: boolean) => {
    listener.close(hadError, performance.now());
  };
  socket.on('close', onClose);
  return {
    release() {
      // The hooks are own properties over the prototype's methods.
      for (const name of hookedMethods) Reflect.deleteProperty(internals, name);
      socket.off('close', onClose);
    },
  };
}

function hooksFor(internals: SocketInternals, listener: WireTapListener): SocketInternals {
  const { push, _write, _writev, _final } = internals;
  return {
    push(chunk, encoding) {
      if (chunk === null) listener.end('up', performance.now());
      else listener.octets('up', Buffer.from(chunk), performance.now());
      return push.call(internals, chunk, encoding);
    },
    _write(chunk, encoding, done) {
      listener.octets('down', copyOf({ chunk, encoding }), performance.now());
      _write.call(internals, chunk, encoding, done);
    },
    _writev(chunks, done) {
      listener.octets('down', Buffer.concat(chunks.map(copyOf)), performance.now());
      _writev.call(internals, chunks, done);
    },
    _final(done) {
      listener.end('down', performance.now());
      _final.call(internals, done);
    },
  };
}

function copyOf({ chunk, encoding }: WrittenChunk): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding) : Buffer.from(chunk);
}

/**
 * Node's HTTP parser reads the socket's handle natively, past `push`. A `data` listener makes it give
 * the handle back, for good.
 */
function takeFromNativeParser(socket: Socket): void {
  const listen = () => undefined;
  socket.on('data', listen);
  socket.off('data', listen);
}
