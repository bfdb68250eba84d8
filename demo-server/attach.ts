import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import type { BoxServer } from './box.ts';
import { OriginListener } from './boxes/origin-listener.ts';
import type { DemoServer } from './demo.ts';
import { importFolder } from './folder.ts';
import { loopbackAddresses } from './front/addresses.ts';
import { answerError, answerJson, answerUpgradeError } from './front/answers.ts';
import { isOwnPath } from './front/own-paths.ts';
import { refuseRequest, refuseUpgrade } from './front/refuse.ts';
import { Live } from './live.ts';
import { MessageLimit } from './message-limit.ts';
import { BoxPort } from './robot/box-port.ts';
import { Http2Listener } from './robot/http2-listener.ts';
import { RawListener } from './robot/raw-listener.ts';
import { Robots } from './robot/robots.ts';
import { TlsEnd } from './robot/tls-end.ts';
import { Connections } from './runs/connections.ts';
import { RunStore } from './runs/run-store.ts';
import { RunsEndpoint } from './runs/runs-endpoint.ts';

const SWEEP_INTERVAL_MS = 30_000;

/** What an attached demo server needs to know of the server that it is attached to. */
export type AttachOptions = {
  /** The port by which pages address the server; asked for once it listens. */
  readonly port: () => number;
  /** Told to pages, which can then say that they are of another build. */
  readonly buildId: string;
  /** Lets a load test send more messages than a reader would; off by default. */
  readonly liftLimits?: boolean;
};

export type AttachedDemoServer = {
  /** Resolves when boxes can be used too. */
  readonly ready: Promise<void>;
  /** Says whether a request or an upgrade is the demo server's. */
  isOwn(request: IncomingMessage): boolean;
  /** Answers what is the demo server's; `false` leaves a request to someone else. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Closes WebSockets with 1001, ends all runs, and takes the demo server off. */
  close(): Promise<void>;
};

const demos = await importFolder<DemoServer>('demos', 'demo');
const boxes = await importFolder<BoxServer>('boxes', 'box');

/** Puts the demo server on an HTTP server that serves other things too: the site, or a dev server. */
export function attachDemoServer(server: Server, options: AttachOptions): AttachedDemoServer {
  const runs = new RunStore();
  const connections = new Connections(runs);
  const origin = new OriginListener();
  const messageLimit = options.liftLimits === true ? undefined : new MessageLimit();
  const live = new Live({ runs, connections, demos, boxes, nextHop: origin, messageLimit });
  const addresses = () => loopbackAddresses(options.port());
  const http2 = new Http2Listener(connections, (stream, headers, run, connection) => {
    live.stream(stream, headers, run, connection);
  });
  const raw = new RawListener(connections, (head, run, connection) => {
    return live.raw(head, run, connection);
  });
  const tlsEnd = new TlsEnd(connections, origin);
  const boxPort = new BoxPort(connections, tlsEnd, {
    request: (request, response) => {
      if (!refuseRequest(request, response, addresses())) live.request(request, response);
    },
    upgrade: (request, socket, head) => {
      if (!refuseUpgrade(request, socket, addresses())) live.upgrade(request, socket, head);
    },
  });
  const hops = { nextHop: origin, http2, raw, boxPort, tlsEnd };
  const robotListeners = [http2, raw, tlsEnd, boxPort];
  const robots = new Robots(hops, () => [...addresses().hosts][0] ?? '', demos);
  const endpoint = new RunsEndpoint(runs, demos, robots);

  const onConnection = (socket: Socket) => {
    connections.accept(socket, () => ({ sender: 'BROWSER', hop: 0 }));
  };
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = request.url ?? '';
    if (!url.startsWith('/live/')) connections.release(request.socket);
    // What is not ours is left to the other listeners, such as a dev server's.
    if (!isOwnPath(url) || refuseUpgrade(request, socket, addresses())) return;
    if (url.startsWith('/live/')) live.upgrade(request, socket, head);
    else answeringErrors(socket, () => endpoint.upgrade(request, socket, head));
  };
  server.on('connection', onConnection);
  server.on('upgrade', onUpgrade);
  // The same tap and the same guard once more, for what our own boxes and robots ask.
  origin.serve({
    connection: (socket) => {
      connections.accept(socket, () => origin.originOf(socket) ?? { sender: 'BOX', hop: 1 });
    },
    request: (request, response) => {
      if (refuseRequest(request, response, addresses(), ['1.1', '1.0'])) return;
      live.request(request, response);
    },
    upgrade: (request, socket, head) => {
      // A robot may speak HTTP/1.0: its reader wants to see what a WebSocket server makes of that.
      const httpVersion = origin.isRobots(request.socket) ? '1.1' : request.httpVersion;
      const { method, url, rawHeaders } = request;
      const facts = { method, url, rawHeaders, httpVersion };
      if (!refuseUpgrade(facts, socket, addresses())) live.upgrade(request, socket, head);
    },
  });
  const sweeping = setInterval(() => runs.sweep(), SWEEP_INTERVAL_MS).unref();

  return {
    ready: Promise.all([origin, ...robotListeners].map((one) => one.listen())).then(
      () => undefined,
    ),
    isOwn: ({ url }) => isOwnPath(url),
    handle(request, response) {
      const url = request.url ?? '';
      if (!isOwnPath(url)) return false;
      if (refuseRequest(request, response, addresses())) return true;
      // A connection older than the tap would be served unseen; the browser opens another.
      if (!connections.has(request.socket)) request.socket.destroy();
      else if (url.startsWith('/live/')) live.request(request, response);
      else if (url.startsWith('/version.json')) answerVersion(response, options.buildId);
      else {
        endpoint.request(request, response).catch((error: unknown) => {
          answerError(response, error);
        });
      }
      return true;
    },
    async close() {
      clearInterval(sweeping);
      server.off('connection', onConnection);
      server.off('upgrade', onUpgrade);
      await Promise.all([live.close(), endpoint.close()]);
      runs.clear();
      connections.destroyAll();
      origin.server.close();
      for (const { server: ownServer } of robotListeners) ownServer.close();
    },
  };
}

function answerVersion(response: ServerResponse, build: string): void {
  answerJson(response, 200, { mode: 'local', build });
}

function answeringErrors(socket: Duplex, upgrade: () => void): void {
  try {
    upgrade();
  } catch (error) {
    answerUpgradeError(socket, error);
  }
}
