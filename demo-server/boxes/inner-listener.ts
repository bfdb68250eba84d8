import net, { type AddressInfo, type Server, type Socket } from 'node:net';

/** Opens a connection to a listener of ours, by its port: the one way out of the demo server. */
export function connectToOwn(port: number): Socket {
  return net.connect({ port, host: '127.0.0.1', noDelay: true });
}

/**
 * A listener on loopback, on a port of its own, that knows which connections are ours.
 *
 * It opens them itself.
 */
export class InnerListener<Caller> {
  readonly #server: Server;
  readonly #expected = new Map<number, Caller>();

  constructor(server: Server) {
    this.#server = server;
  }

  async listen(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    this.#server.once('error', reject);
    this.#server.listen(0, '127.0.0.1', () => {
      resolve(undefined);
    });
    await promise;
    this.#server.unref();
  }

  /** Opens one of our own connections to this listener. It can't be asked for any other address. */
  connect(caller: Caller): Socket {
    const socket = connectToOwn(this.#port);
    let localPort = 0;
    // Comes before the first octet is written, so the listener knows the port when it reads one.
    socket.once('connect', () => {
      localPort = socket.localPort ?? 0;
      this.#expected.set(localPort, caller);
    });
    socket.on('error', () => undefined);
    socket.once('close', () => this.#expected.delete(localPort));
    return socket;
  }

  /** Says who opened an accepted connection; `undefined` if nobody of ours did. */
  callerOf(socket: Socket): Caller | undefined {
    return this.#expected.get(socket.remotePort ?? 0);
  }

  get #port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
}
