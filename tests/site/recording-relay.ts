import { once } from 'node:events';
import net from 'node:net';

export type RecordedConnection = { readonly up: Buffer[]; readonly down: Buffer[] };

/**
 * A TCP relay in front of the demo server that knows no protocol and keeps every octet.
 *
 * The independent witness for what the page shows: a browser that is told to resolve the server's
 * host and port to this relay sends exactly what it would have sent to the server.
 */
export class RecordingRelay {
  readonly connections: RecordedConnection[] = [];
  #server: net.Server | undefined;
  #sockets = new Set<net.Socket>();

  get port(): number {
    const address = this.#server?.address();
    if (!address || typeof address === 'string') throw new Error('The relay is not listening.');
    return address.port;
  }

  async start(serverPort: number): Promise<void> {
    this.#server = net.createServer({ allowHalfOpen: true }, (client) => {
      const server = net.connect({ host: '127.0.0.1', port: serverPort, allowHalfOpen: true });
      const recorded: RecordedConnection = { up: [], down: [] };
      this.connections.push(recorded);
      this.#carry(client, server, recorded.up);
      this.#carry(server, client, recorded.down);
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  #carry(from: net.Socket, to: net.Socket, record: Buffer[]): void {
    this.#sockets.add(from);
    from.on('data', (chunk: Buffer) => {
      record.push(Buffer.from(chunk));
      to.write(chunk);
    });
    from.on('end', () => to.end());
    from.on('close', () => {
      this.#sockets.delete(from);
      to.destroySoon();
    });
    from.on('error', () => to.destroy());
  }

  /** All octets that a client sent on the one connection whose octets contain `mark`. */
  connectionWith(mark: string): { up: Buffer; down: Buffer } {
    const found = this.connections
      .map(({ up, down }) => ({ up: Buffer.concat(up), down: Buffer.concat(down) }))
      .filter(({ up }) => up.includes(mark));
    if (found.length !== 1 || !found[0]) {
      throw new Error(`${found.length} recorded connections contain ${JSON.stringify(mark)}, not 1.`);
    }
    return found[0];
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const server = this.#server;
    if (!server) return;
    server.close();
    await once(server, 'close');
  }
}
