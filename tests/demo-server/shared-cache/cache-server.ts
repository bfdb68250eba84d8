import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { after } from 'node:test';

import type { BoxContext } from '#demo-server/box.ts';
import { Upstream } from '#demo-server/boxes/upstream.ts';
import type { ResponseStore } from '#demo-server/shared-cache/response-store.ts';
import { createSharedCache } from '#demo-server/shared-cache/shared-cache.ts';

/** What the cache said that it did. */
export type Note = { readonly name: string; readonly data: Readonly<Record<string, unknown>> };

/** A shared cache of its own in front of a port, with a clock that only tests move. */
export async function startCache(toPort: number, store?: ResponseStore) {
  const notes: Note[] = [];
  const upstreams = new WeakMap<net.Socket, Upstream>();
  const run = { id: 'alone', ended: new AbortController().signal };
  let nowMs = Date.parse('Mon, 23 Nov 2026 12:00:00 GMT');
  const now = () => nowMs;
  const box = createSharedCache({ now, ...(store && { store }) });
  const connect = () => {
    const socket = net.connect({ port: toPort, host: '127.0.0.1', noDelay: true });
    return socket.on('error', () => undefined);
  };
  const open = () => new Upstream({ connect }, { sender: 'BOX', hop: 1, box: 'test' });
  const upstreamOf = ({ socket }: IncomingMessage): Upstream => {
    const upstream = upstreams.get(socket) ?? open();
    if (!upstreams.has(socket)) socket.once('close', () => upstream.destroy());
    upstreams.set(socket, upstream);
    return upstream;
  };
  const contextOf = (request: IncomingMessage): BoxContext => ({
    box: 'shared-cache',
    values: {},
    run,
    requestTarget: request.url ?? '/',
    upstream: upstreamOf(request),
    openUpstream: open,
    note: (name, data) => notes.push({ name, data }),
  });
  const server = createServer((request, response) => {
    box.request(request, response, contextOf(request));
  });
  server.on('upgrade', (request, socket, head) => {
    box.upgrade(request, socket, head, contextOf(request));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${String(port)}`,
    run,
    notes,
    now,
    advance: (seconds: number) => {
      nowMs += seconds * 1000;
      return Promise.resolve();
    },
  };
}
