import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** Octets as one side sent them. */
export type Arrival = {
  readonly direction: 'up' | 'down';
  readonly octets: Uint8Array<ArrayBuffer>;
};

export type RecordingRelay = {
  readonly port: number;
  /** Of the connections in the order in which they were opened. */
  readonly connections: readonly Arrival[][];
  close(): Promise<void>;
};

/** Relays TCP connections to a port of 127.0.0.1 and keeps a copy of every octet. */
export async function recordingRelay(targetPort: number): Promise<RecordingRelay> {
  const connections: Arrival[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const arrivals: Arrival[] = [];
    connections.push(arrivals);
    const target = connect(targetPort, '127.0.0.1');
    const pairs = [
      [client, target, 'up'],
      [target, client, 'down'],
    ] as const;
    for (const [from, to, direction] of pairs) {
      sockets.add(from);
      from.on('data', (octets: Buffer) => {
        arrivals.push({ direction, octets: Uint8Array.from(octets) });
        to.write(octets);
      });
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
