import {
  performServerHandshake,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';

import type { Connections } from '#demo-server/runs/connections.ts';
import type { Run } from '#demo-server/runs/run.ts';

import { RobotListener } from './robot-listener.ts';

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
 */
export class Http2Listener extends RobotListener {
  readonly #handle: StreamHandler;

  constructor(connections: Connections, handle: StreamHandler) {
    super(connections);
    this.#handle = handle;
  }

  protected serve(socket: Socket, run: Run, connection: number): void {
    // Given the socket itself, nghttp2 would read and write its handle, past the tap.
    const session = performServerHandshake(Duplex.from({ readable: socket, writable: socket }), {
      settings: { enableConnectProtocol: true },
      maxSessionMemory: MAX_SESSION_MEMORY,
    });
    socket.once('close', () => {
      session.destroy();
    });
    session.on('error', () => {
      socket.destroy();
    });
    session.on('stream', (stream, headers) => {
      stream.on('error', () => undefined);
      this.#handle(stream, headers, run, connection);
    });
  }
}
