import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import net, { type AddressInfo, type Socket } from 'node:net';

import { whenClosed } from '#demo-server/robot/when-closed.ts';
import { tapSocket, type WireTap } from '#demo-server/wire-tap/wire-tap.ts';

type Direction = 'up' | 'down';

/** What the tap said of one connection. */
export type Tapped = {
  readonly events: {
    readonly direction: Direction;
    readonly octets: Uint8Array;
    readonly t: number;
  }[];
  readonly ends: Direction[];
  /** Resolves with `hadError` when the tap says that the connection is gone. */
  readonly closed: Promise<boolean>;
  readonly tap: WireTap;
  octetsOf(direction: Direction): Buffer;
};

export type TappedServer = {
  readonly port: number;
  readonly connection: Promise<Tapped>;
  close(): void;
};

/** A server of node:http, its first connection tapped. */
export async function startTappedServer(
  configure: (server: Server) => void,
): Promise<TappedServer> {
  const server = createServer();
  configure(server);
  const connection = new Promise<Tapped>((resolve) => {
    server.once('connection', (socket) => {
      resolve(record(socket));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connection,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function record(socket: Socket): Tapped {
  const events: Tapped['events'] = [];
  const ends: Direction[] = [];
  const { promise: closed, resolve } = Promise.withResolvers<boolean>();
  socket.on('error', () => undefined);
  const tap = tapSocket(socket, {
    octets: (direction, octets, t) =>
      events.push({ direction, octets: Uint8Array.from(octets), t }),
    end: (direction) => ends.push(direction),
    close: (hadError) => {
      resolve(hadError);
    },
  });
  const octetsOf = (direction: Direction) =>
    Buffer.concat(
      events.filter((event) => event.direction === direction).map(({ octets }) => octets),
    );
  return { events, ends, closed, tap, octetsOf };
}

/** A client below HTTP: it remembers every octet that it sent and received. */
export class RawClient {
  readonly socket: Socket;
  readonly #sent: Buffer[] = [];
  readonly #received: Buffer[] = [];
  #arrived = () => undefined as void;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (octets: Buffer) => {
      this.#received.push(Buffer.from(octets));
      this.#arrived();
    });
    socket.on('end', () => socket.end());
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#arrived();
    });
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = net.connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    const client = new RawClient(socket);
    await once(socket, 'connect');
    return client;
  }

  get sent(): Buffer {
    return Buffer.concat(this.#sent);
  }

  get received(): Buffer {
    return Buffer.concat(this.#received);
  }

  /** Sends and waits until the kernel has it. */
  async send(octets: string | Uint8Array): Promise<void> {
    const copy = Buffer.from(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets);
    this.#sent.push(copy);
    await new Promise<void>((resolve) => {
      this.socket.write(Buffer.from(copy), () => {
        resolve();
      });
    });
  }

  /** Waits until what was received satisfies a condition; fails if the connection ends before. */
  async until(isEnough: (received: Buffer) => boolean): Promise<void> {
    while (!isEnough(this.received)) {
      if (this.socket.destroyed)
        throw new Error(`Connection ended at:\n${this.received.toString()}`);
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  /** Waits until the text of what was received holds this many of the given part. */
  async untilText(part: string, times = 1): Promise<void> {
    await this.until((received) => received.toString('latin1').split(part).length > times);
  }

  async closed(): Promise<void> {
    await whenClosed(this.socket);
  }
}

/** A masked frame as a client sends it. RFC 6455 §5.2, written down here a second time on purpose. */
export function maskedFrame(firstOctet: number, payload: Uint8Array): Buffer {
  const key = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
  const length =
    payload.length < 126
      ? Buffer.from([0x80 | payload.length])
      : payload.length < 65_536
        ? Buffer.from([0xfe, payload.length >> 8, payload.length & 0xff])
        : Buffer.from([0xff, 0, 0, 0, 0, ...uint32(payload.length)]);
  const masked = payload.map((octet, index) => octet ^ (key[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([firstOctet]), length, key, masked]);
}

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** An opening handshake with the key of RFC 6455 §1.3. */
export const handshake = [
  'GET /ws HTTP/1.1',
  'Host: example.com',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n');
