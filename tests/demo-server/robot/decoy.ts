import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { after } from 'node:test';

/** A program of the reader's that nobody of ours may reach; it counts who tries. */
export async function startDecoy() {
  let connections = 0;
  const accepted: Socket[] = [];
  const server = net.createServer((socket) => {
    connections += 1;
    accepted.push(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    for (const socket of accepted) socket.destroy();
  });
  const { port } = server.address() as AddressInfo;
  return { port, accepted, server, connections: () => connections };
}
