import {
  performServerHandshake,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer, type Server, type Socket } from 'node:net';
import { Duplex } from 'node:stream';

import { InnerListener } from '#demo-server/boxes/inner-listener.ts';
import type { Connections } from '#demo-server/runs/connections.ts';
import type { Run } from '#demo-server/runs/run.ts';

/** Serves one stream of a run; `connection` is the number of the connection that it is on. */
export type StreamHandler = (
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  run: Run,
  connection: number,
) => void;

/** Of a session, in MB: it holds no more than a few heads and one short message. */
const MAX_SESSION_MEMORY = 1;

/**
 * The third listener: HTTP/2 without TLS, for our robot alone. Whoever knows beforehand that a server
 * speaks it may begin with the preface (RFC 9113 §3.3). Browsers want TLS, so the robot does it.
 *
 * Only connections that it has opened to itself are answered, each in the run that it was opened for.
 */
export class Http2Listener {
  readonly server: Server = createServer((socket) => {
    this.#accept(socket);
  });
  readonly #inner = new InnerListener<Run>(this.server);
  readonly #connections: Connections;
  readonly #handle: StreamHandler;

  constructor(connections: Connections, handle: StreamHandler) {
    this.#connections = connections;
    this.#handle = handle;
  }

  listen(): Promise<void> {
    return this.#inner.listen();
  }

  /** Opens one of our own connections for a run. It can't be asked for any other address. */
  connect(run: Run): Socket {
    return this.#inner.connect(run);
  }

  #accept(socket: Socket): void {
    this.#connections.acceptFor(socket, () => this.#inner.callerOf(socket));
    // Nothing is said before the first octet has come: only then it is known who this is.
    socket.once('readable', () => {
      const run = this.#inner.callerOf(socket);
      if (run === undefined) socket.destroy();
      else this.#serve(socket, run);
    });
  }

  #serve(socket: Socket, run: Run): void {
    const connection = this.#connections.numberOf(socket);
    // Given the socket itself, nghttp2 would read and write its handle, past the tap.
    const session = performServerHandshake(Duplex.from({ readable: socket, writable: socket }), {
      settings: { enableConnectProtocol: true },
      maxSessionMemory: MAX_SESSION_MEMORY,
    });
    const end = () => {
      socket.destroy();
    };
    run.ended.addEventListener('abort', end);
    socket.once('close', () => {
      run.ended.removeEventListener('abort', end);
      session.destroy();
    });
    session.on('error', end);
    session.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      this.#handle(stream, headers, run, connection);
    });
  }
}
