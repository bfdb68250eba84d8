import { createServer, type IncomingMessage } from 'node:http';
import net from 'node:net';

import type { PlacedBox } from '#demo-server/box-segment.ts';
import type { BoxContext } from '#demo-server/box.ts';
import { Upstream } from '#demo-server/boxes/upstream.ts';
import { loopbackAddresses } from '#demo-server/front/addresses.ts';
import { cutOutOfTurn, endSocket } from '#demo-server/front/answers.ts';
import { refusalOf } from '#demo-server/front/guard.ts';
import { listenOnLoopback } from '#demo-server/front/loopback.ts';
import { logLine } from '#demo-server/log/log-line.ts';

/** One box, and the port of this machine that it stands in front of. */
export type BoxAlone = {
  readonly placed: PlacedBox;
  readonly to: number;
  /** Where it listens; 0 is any that is free. */
  readonly port: number;
};

/**
 * Reads a port of this machine, also as `localhost:<port>` or `127.0.0.1:<port>`.
 *
 * @returns `undefined` for anything else, other hosts above all.
 */
export function localPort(value: string): number | undefined {
  const [, digits] = /^(?:(?:localhost|127\.0\.0\.1):)?(\d{1,5})$/.exec(value) ?? [];
  return digits === undefined || Number(digits) > 65_535 ? undefined : Number(digits);
}

/** Reads what a script was started with, or says what is wrong, how it is used, and ends it. */
export function readOrExit<T>(read: () => T, usage: string): T {
  try {
    return read();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

/** Serves one box on loopback, and prints its address and, on standard error, what it does. */
export async function serveAlone({ placed, to, port }: BoxAlone): Promise<void> {
  const { name, box, values } = placed;
  const run = { id: 'alone', ended: new AbortController().signal };
  const upstreams = new WeakMap<net.Socket, Upstream>();

  /** Loopback is not in the arguments' gift: the host is written here. */
  const nextHop = {
    connect() {
      const socket = net.connect({ port: to, host: '127.0.0.1', noDelay: true });
      return socket.on('error', () => undefined);
    },
  };

  const open = () => new Upstream(nextHop, { sender: 'BOX', hop: 1, box: name });

  function upstreamOf({ socket }: IncomingMessage): Upstream {
    const known = upstreams.get(socket);
    if (known !== undefined) return known;
    const upstream = open();
    upstreams.set(socket, upstream);
    socket.once('close', () => {
      upstream.destroy();
    });
    return upstream;
  }

  function contextOf(request: IncomingMessage): BoxContext {
    return {
      box: name,
      values,
      run,
      requestTarget: request.url ?? '/',
      upstream: upstreamOf(request),
      openUpstream: open,
      note: (note, data) => {
        process.stderr.write(
          logLine({ kind: note, box: name, ...Object.fromEntries(plain(data)) }),
        );
      },
    };
  }

  /** The demo server's guard, but that a client which is no browser may leave Origin out. */
  function isRefused(request: IncomingMessage, kind: 'request' | 'upgrade'): boolean {
    const { method = '', url = '', httpVersion, rawHeaders } = request;
    const hasOrigin = request.headers.origin !== undefined;
    const assumed = hasOrigin ? [] : ['Origin', `http://127.0.0.1:${String(actualPort)}`];
    const facts = { method, url, httpVersion, rawHeaders: [...rawHeaders, ...assumed] };
    return refusalOf(facts, kind, loopbackAddresses(actualPort)) !== undefined;
  }

  const server = createServer({ requireHostHeader: false });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
  });
  server.on('request', (request, response) => {
    if (isRefused(request, 'request')) response.writeHead(403, { Connection: 'close' }).end();
    else box.request(request, response, contextOf(request));
  });
  server.on('upgrade', (request, socket, head) => {
    if (cutOutOfTurn(socket)) return;
    if (isRefused(request, 'upgrade')) endSocket(socket, 403);
    else box.upgrade(request, socket, head, contextOf(request));
  });
  const actualPort = await listenOnLoopback(server, '127.0.0.1', port).catch((error: unknown) => {
    console.error(`The box can't listen: ${(error as Error).message}. Give another --port.`);
    process.exit(1);
  });
  console.log(`${name} is at http://127.0.0.1:${String(actualPort)}`);
}

/** Each value by itself, since the log cuts long ones; its name must not hide the note's own. */
function plain(data: Readonly<Record<string, unknown>>): [string, string | number][] {
  return Object.entries(data).map(([name, value]) => [
    name === 'kind' ? 'which' : name,
    typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value),
  ]);
}
