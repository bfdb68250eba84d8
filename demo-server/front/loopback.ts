import type { Server } from 'node:http';
import net, { type AddressInfo, type Server as NetServer } from 'node:net';

/** Where a server listens: on both addresses of this machine to itself, or on one of them. */
export type LoopbackHost = 'localhost' | '127.0.0.1' | '::1';

/**
 * Listens on loopback and nowhere else; resolves with the port.
 *
 * Browsers try `::1` for `localhost` too, so that address is taken where the machine has it: else some
 * other program's server could answer there.
 *
 * @throws the `listen` error, with its `code`.
 */
export async function listenOnLoopback(
  server: Server,
  host: LoopbackHost,
  port: number,
): Promise<number> {
  await listen(server, host === '::1' ? '::1' : '127.0.0.1', port);
  const actualPort = (server.address() as AddressInfo).port;
  if (host === 'localhost') await listenOnSecondAddress(server, actualPort, port === 0);
  return actualPort;
}

async function listenOnSecondAddress(
  server: Server,
  port: number,
  anyPort: boolean,
): Promise<void> {
  // Like http's own listener: a client may end its side and still wait for the answer.
  const second = net.createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    server.emit('connection', socket);
  });
  try {
    await listen(second, '::1', port);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!isTaken || anyPort) return;
    server.close();
    throw error;
  }
  second.unref();
  server.once('close', () => second.close());
}

async function listen(server: Server | NetServer, host: string, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  server.once('error', reject);
  server.listen({ host, port, ipv6Only: true }, () => {
    server.off('error', reject);
    resolve(undefined);
  });
  await promise;
}
