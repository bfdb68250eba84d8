import type { IncomingMessage, ServerResponse } from 'node:http';
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import type { WebSocket } from 'ws';

import type { BoxContext } from '#demo-server/box.ts';
import type { Http2Errand } from '#demo-server/robot/http2-errands.ts';
import type { RawAnswer } from '#demo-server/robot/raw-listener.ts';
import type { Run } from '#demo-server/runs/run.ts';
import type { RequestHead } from '#protocol/http/head.ts';

import type { Reading } from './reading.ts';

/** What a demo's server side gets with each request: where it is, and how to say what it saw. */
export type DemoContext = {
  /** A key for what the demo keeps per run; reads `ended` to let go of it. */
  readonly run: Pick<Run, 'id' | 'ended'>;
  /** Milliseconds since the run began, as on the timeline. */
  now(): number;
  /** For a demo whose reader has to name the box behind `via/hidden/`. */
  readonly guessing: Pick<Run, 'hidden' | 'hide' | 'reveal'>;
  /** The path after `/live/<run>/<demo>/`, for example `feed/ws`. */
  readonly rest: string;
  readonly query: URLSearchParams;
  /** Number of the connection that the request came on. */
  readonly connection: number;
  /** Puts on the timeline what this program saw or did; `connection` when it was on one. */
  note(name: string, data: Readonly<Record<string, unknown>>, connection?: number): void;
  /**
   * Counts a WebSocket among those of the server, which closes it with 1001 when it ends itself, and
   * its messages among those of the run. Who wants to pause it holds the returned reading.
   */
  adopt(webSocket: WebSocket): Reading;
  /**
   * Makes the demo a box on the path, with this name: what it passes on goes over a connection that
   * `connect` opens, and is captured as the hop behind it.
   */
  asBox(box: string, connect: () => Socket): BoxContext;
};

/**
 * A demo's server side: the one export, `demo`, of a file in `demo-server/demos`.
 *
 * It throws a `RequestError` for whatever it can't serve.
 */
export type DemoServer = {
  /** Whether a robot may open this demo's WebSocket, at the address `ws`, in a run of its own. */
  readonly takesRobots?: boolean;
  /** Whether a robot may ask for this demo's own address, with field lines of the reader's, instead. */
  readonly takesFieldLines?: boolean;
  /** Whether a robot may come as one of our known clients, for the demo's badge or its WebSocket, instead. */
  readonly takesVisits?: boolean;
  /** Whether a robot may ask for this demo through a box, in the clear or inside TLS, instead. */
  readonly takesBoxErrands?: boolean;
  /** What a robot may do in a run of this demo over HTTP/2, instead. */
  readonly http2Errand?: Http2Errand;
  request?(
    request: IncomingMessage,
    response: ServerResponse,
    context: DemoContext,
  ): void | Promise<void>;
  upgrade?(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    context: DemoContext,
  ): void | Promise<void>;
  /** Serves one stream of HTTP/2, which only our robot speaks here. */
  stream?(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, context: StreamContext): void;
  /**
   * Answers a request of our robot that came past Node's parser. A demo with this takes robots that
   * are told a method.
   */
  raw?(head: RequestHead, context: StreamContext): RawAnswer;
};

/** What a demo gets with each stream, or with a request past Node's parser. */
export type StreamContext = Pick<DemoContext, 'run' | 'connection' | 'note'>;

/**
 * What every demo's WebSocketServer begins with. `ws` would take 100 MiB by default; a MiB is enough
 * to show 1009 (SECURITY.md). Compression is off where it isn't the lesson: it hides the octets.
 */
export const webSocketOptions = {
  noServer: true,
  perMessageDeflate: false,
  maxPayload: 1_048_576,
  maxFragments: 4096,
  maxBufferedChunks: 16_384,
};
