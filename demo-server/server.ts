import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import { attachDemoServer } from './attach.ts';
import { loopbackAddresses } from './front/addresses.ts';
import { cutOutOfTurn, endSocket } from './front/answers.ts';
import { ConnectionLimits } from './front/connection-limits.ts';
import { listenOnLoopback, type LoopbackHost } from './front/loopback.ts';
import { refuseRequest, refuseUpgrade } from './front/refuse.ts';
import { createSiteFiles } from './front/site-files.ts';
import { RequestLog } from './log/request-log.ts';

export { attachDemoServer, type AttachedDemoServer, type AttachOptions } from './attach.ts';

/** In milliseconds. Node would wait a minute for a head and five for a request (SECURITY.md). */
export const TIMEOUTS = {
  /** From the connection's or the last response's end to the last octet of a head. */
  headersTimeout: 10_000,
  /** To the last octet of a request's content. */
  requestTimeout: 15_000,
  /** How often Node looks for requests that are too late. */
  connectionsCheckingInterval: 1000,
  /** How long an idle connection is kept for a next request. */
  keepAliveTimeout: 5000,
};

export type DemoServerOptions = {
  /** 0 for any that is free. */
  readonly port: number;
  readonly host?: LoopbackHost;
  /** Folder of the built site. */
  readonly site: string;
  readonly buildId?: string;
  /** See `AttachOptions`. */
  readonly liftLimits?: boolean;
  /** Gets a line of JSON for every request and upgrade; without it there is no log. */
  readonly log?: (line: string) => void;
  /** In milliseconds, in place of {@link TIMEOUTS}. */
  readonly timeouts?: Readonly<Partial<typeof TIMEOUTS>>;
};

export type RunningDemoServer = {
  /** For a browser, for example `http://localhost:4321`. */
  readonly address: string;
  readonly port: number;
  /** Ends at once: WebSockets with 1001, everything else without a word. */
  close(): Promise<void>;
};

/** Serves the built site and its demos on one port of this machine, for this machine. */
export async function createDemoServer(options: DemoServerOptions): Promise<RunningDemoServer> {
  const { site, host = 'localhost', buildId = 'unknown', liftLimits = false } = options;
  let port = options.port;
  // The guard asks for Host itself, of upgrades too.
  const server = createServer({ ...TIMEOUTS, ...options.timeouts, requireHostHeader: false });
  if (options.log !== undefined) new RequestLog(options.log).watch(server);
  const limits = new ConnectionLimits();
  limits.watch(server);
  const demoServer = attachDemoServer(server, { port: () => port, buildId, liftLimits });
  const siteFiles = createSiteFiles(site);
  const addresses = () => loopbackAddresses(port);

  server.on('request', (request, response) => {
    if (demoServer.handle(request, response)) return;
    if (!refuseRequest(request, response, addresses())) siteFiles(request, response);
  });
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    if (refuseRequest(request, response, addresses())) return;
    response.writeContinue();
    server.emit('request', request, response);
  });
  server.on('upgrade', (request, socket) => {
    // The demo server has answered its own.
    if (demoServer.isOwn(request)) return;
    if (!refuseUpgrade(request, socket, addresses())) endSocket(socket, 404);
  });
  server.on('connect', (_request, socket) => {
    if (!cutOutOfTurn(socket)) endSocket(socket, 400);
  });
  server.on('clientError', (error, socket) => {
    answerClientError(error, socket, limits.isAnswering(socket as Socket));
  });
  try {
    port = await listenOnLoopback(server, host, port);
  } catch (error) {
    await demoServer.close();
    throw error;
  }
  await demoServer.ready;
  return {
    address: `http://${host === '::1' ? '[::1]' : host}:${String(port)}`,
    port,
    close: () => close(server, demoServer),
  };
}

async function close(server: Server, demoServer: { close(): Promise<void> }): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.close(() => {
    resolve(undefined);
  });
  await demoServer.close();
  server.closeAllConnections();
  await promise;
}

const CLIENT_ERROR_STATUS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is not HTTP, once: while another answer is under way there is nothing to say. */
function answerClientError(
  error: NodeJS.ErrnoException,
  socket: Duplex,
  isAnswering: boolean,
): void {
  if (isAnswering) socket.destroy();
  else endSocket(socket, CLIENT_ERROR_STATUS[error.code ?? ''] ?? 400);
}
