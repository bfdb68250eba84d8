// Starts one box alone, in front of a port of this machine, for people who want to check it with
// their own client and their own server. The demo server does not contain this.
import { createServer, type IncomingMessage } from 'node:http';
import net from 'node:net';
import { parseArgs } from 'node:util';

import { readBoxSegment } from '#demo-server/box-segment.ts';
import type { BoxContext, BoxServer } from '#demo-server/box.ts';
import { Upstream } from '#demo-server/boxes/upstream.ts';
import { importFolder } from '#demo-server/folder.ts';
import { loopbackAddresses } from '#demo-server/front/addresses.ts';
import { endSocket } from '#demo-server/front/answers.ts';
import { refusalOf } from '#demo-server/front/guard.ts';
import { listenOnLoopback } from '#demo-server/front/loopback.ts';
import { logLine } from '#demo-server/log/log-line.ts';

const boxes = await importFolder<BoxServer>('boxes', 'box');

const USAGE = `Usage: node scripts/serve-box.ts --box <name> --to <port> [--port <port>]

  --box   ${[...boxes.keys()].join(', ')};
          with its parameters as in an address: --box 'slow;delayMs=50;jitterMs=10'
  --to    where it forwards: a port of this machine, also as localhost:<port> or 127.0.0.1:<port>
  --port  where it listens, on 127.0.0.1; any that is free when left out

Prints its address on standard output and, as JSON lines on standard error, what it does and why.
Ctrl-C ends it.`;

function readArguments() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { box: text, to: text, port: text } });
  if (values.box === undefined) throw new Error('--box takes the name of a box.');
  const placed = readBoxSegment(values.box, boxes);
  const [, to] = /^(?:(?:localhost|127\.0\.0\.1):)?(\d{1,5})$/.exec(values.to ?? '') ?? [];
  if (to === undefined) throw new Error('--to takes a port of this machine, and no other host.');
  const port = values.port ?? '0';
  if (![to, port].every((digits) => /^\d{1,5}$/.test(digits) && Number(digits) <= 65_535)) {
    throw new Error('A port is a number from 0 to 65535.');
  }
  return { placed, to: Number(to), port: Number(port) };
}

function readOrExit() {
  try {
    return readArguments();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { placed, to, port } = readOrExit();
const { name, box, values } = placed;
/** All who come here are one reader's. */
const run = { id: 'alone', ended: new AbortController().signal };
const upstreams = new WeakMap<net.Socket, Upstream>();

/** Loopback is not in the arguments' gift: the host is written here. */
const nextHop = {
  connect() {
    const socket = net.connect({ port: to, host: '127.0.0.1', noDelay: true });
    return socket.on('error', () => undefined);
  },
};

function upstreamOf({ socket }: IncomingMessage): Upstream {
  const known = upstreams.get(socket);
  if (known !== undefined) return known;
  const upstream = new Upstream(nextHop, { sender: 'BOX', hop: 1, box: name });
  upstreams.set(socket, upstream);
  socket.once('close', () => {
    upstream.destroy();
  });
  return upstream;
}

function contextOf(request: IncomingMessage): BoxContext {
  return {
    run,
    box: name,
    values,
    requestTarget: request.url ?? '/',
    upstream: upstreamOf(request),
    note: (note, data) => {
      process.stderr.write(logLine({ kind: note, box: name, data: JSON.stringify(data) }));
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
  if (isRefused(request, 'upgrade')) endSocket(socket, 403);
  else box.upgrade(request, socket, head, contextOf(request));
});
const actualPort = await listenOnLoopback(server, '127.0.0.1', port).catch((error: unknown) => {
  console.error(`The box can't listen: ${(error as Error).message}. Give another --port.`);
  process.exit(1);
});
console.log(`${name} is at http://127.0.0.1:${String(actualPort)}`);
