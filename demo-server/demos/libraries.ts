import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import type { Socket } from 'socket.io';
import type { Connection, Server } from 'sockjs';

import type { DemoContext, DemoServer } from '#demo-server/demo.ts';
import { RequestError } from '#demo-server/front/answers.ts';

/** Of each library, of all runs together; a library keeps each for seconds after its client has gone. */
const MAX_CONNECTIONS = 64;
/** In octets: what is said here is one word. */
const MAX_MESSAGE = 1024;
/** In milliseconds. By itself Socket.IO would look every 25 seconds whether a client is still there. */
const TIMES = { pingInterval: 3000, pingTimeout: 3000, connectTimeout: 3000, upgradeTimeout: 5000 };
const GOODBYE_MS = 1000;

/** What a library does with the requests that this demo hands on to it. */
type Library = {
  /** Whether it takes no more clients. */
  readonly isFull: () => boolean;
  /** Whether a request begins a connection; all others belong to one. */
  readonly begins: (context: DemoContext) => boolean;
  readonly request: (request: IncomingMessage, response: ServerResponse) => void;
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
};

/** Loaded when the first reader asks. They listen nowhere: what they serve is handed to them. */
const load: Readonly<Record<string, () => Promise<Library>>> = {
  'socket.io': once(socketIo),
  sockjs: once(sockJs),
};

/** Which run a library's own request came for: Socket.IO keeps the request, SockJS its address. */
const ofRequest = new WeakMap<IncomingMessage, DemoContext>();
const ofAddress = new Map<string, DemoContext>();

/** Servers of libraries that bring a fallback along: each says back what it is told. */
export const demo: DemoServer = {
  async request(request, response, context) {
    const library = await libraryFor(request, context);
    // The run may have ended meanwhile, and the client gone.
    if (!context.run.ended.aborted && !response.destroyed) library.request(request, response);
  },

  async upgrade(request, socket, head, context) {
    socket.on('error', () => undefined);
    const library = await libraryFor(request, context);
    if (context.run.ended.aborted) socket.destroy();
    else library.upgrade(request, socket, head);
  },
};

async function libraryFor(request: IncomingMessage, context: DemoContext): Promise<Library> {
  const [, name = ''] = /^([^/]+)\//.exec(context.rest) ?? [];
  const loading = Object.hasOwn(load, name) ? load[name]?.() : undefined;
  if (loading === undefined) throw new RequestError(404, 'Try socket.io/ or sockjs/.');
  if (Number(request.headers['content-length'] ?? 0) > MAX_MESSAGE) {
    throw new RequestError(413, `Send at most ${String(MAX_MESSAGE)} octets.`);
  }
  if (request.headers['transfer-encoding'] !== undefined) {
    throw new RequestError(411, 'Say how long the content is.');
  }
  const library = await loading.catch(() => {
    throw new RequestError(501, `${name} is not installed here. Run npm ci with all packages.`);
  });
  if (library.isFull() && library.begins(context)) {
    throw new RequestError(503, 'Too many connections are open. Close a tab and try again.');
  }
  ofRequest.set(request, context);
  return library;
}

async function socketIo(): Promise<Library> {
  const [{ Server: SocketIo }, { createServer }] = await Promise.all([
    import('socket.io'),
    import('node:http'),
  ]);
  const io = new SocketIo(createServer(), {
    ...TIMES,
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_MESSAGE,
  });
  const { engine } = io;
  engine.on('connection', ({ transport }: { readonly transport: object }) => {
    // By itself a polling client that nothing can be said to any more is kept for thirty seconds.
    if ('closeTimeout' in transport) transport.closeTimeout = GOODBYE_MS;
  });
  io.on('connection', (socket) => {
    const context = ofRequest.get(socket.request);
    if (context === undefined) socket.disconnect(true);
    else serveSocketIo(socket, context);
  });
  return {
    isFull: () => engine.clientsCount >= MAX_CONNECTIONS,
    begins: ({ query }) => !query.has('sid'),
    request: (request, response) => {
      engine.handleRequest(request, response);
    },
    upgrade: (request, socket, head) => {
      engine.handleUpgrade(request, socket, head);
    },
  };
}

function serveSocketIo(socket: Socket, context: DemoContext): void {
  const transport = () => socket.conn.transport.name;
  context.note('connect', { library: 'Socket.IO', transport: transport() }, context.connection);
  socket.conn.on('upgrade', () => {
    context.note('upgrade', { library: 'Socket.IO', transport: transport() });
  });
  socket.on('say', (text: unknown, answer: unknown) => {
    context.note('said', { transport: transport() });
    if (typeof answer === 'function') (answer as (back: unknown) => void)(text);
  });
  endWithRun(context, socket, () => socket.disconnect(true));
}

/** What SockJS is asked for here; the rest of it is for pages of other origins. */
const SOCKJS_PATH =
  /^sockjs\/(?:info|\d{3}\/\w+\/(websocket|xhr|xhr_streaming|xhr_send|eventsource))$/;
/** What stands in its addresses before the name of a session. */
const SOCKJS_SERVER = /^\/live\/[^/]+\/libraries\/sockjs\/\d{3}\//;

async function sockJs(): Promise<Library> {
  const { default: sockjs } = await import('sockjs');
  const open = new Set<Connection>();
  const options = {
    prefix: '/live/[^/]+/libraries/sockjs',
    log: () => undefined,
    disconnect_delay: GOODBYE_MS,
    faye_server_options: { maxLength: MAX_MESSAGE },
  };
  const server = sockjs.createServer(options) as SockJsServer;
  // What its types leave out: a client that is gone by then is told of as null.
  server.on('connection', (connection: Connection | null) => {
    if (connection === null) return;
    const context = ofAddress.get(runOf(connection.url));
    if (context === undefined || open.size >= MAX_CONNECTIONS) {
      connection.close();
      return;
    }
    open.add(connection);
    connection.on('close', () => open.delete(connection));
    serveSockJs(connection, context);
  });
  const handle = server.middleware();
  const remember = (request: IncomingMessage) => {
    const context = ofRequest.get(request);
    if (context === undefined || !SOCKJS_PATH.test(context.rest)) return false;
    const { run } = context;
    if (!ofAddress.has(run.id)) {
      run.ended.addEventListener('abort', () => ofAddress.delete(run.id));
    }
    ofAddress.set(run.id, context);
    // It keeps one table of sessions for all, by the names that clients choose: ours begin with the run.
    request.url = request.url?.replace(SOCKJS_SERVER, `$&${run.id}-`);
    return true;
  };
  return {
    isFull: () => open.size >= MAX_CONNECTIONS,
    begins: ({ rest }) => !rest.endsWith('/xhr_send'),
    request: (request, response) => {
      if (!remember(request)) throw new RequestError(404, 'SockJS is asked for nothing else here.');
      withoutCors(response);
      handle(request, response);
    },
    upgrade: (request, socket, head) => {
      if (remember(request)) handle(request, socket, head);
      else socket.destroy();
    },
  };
}

/** What its types leave out. */
type SockJsServer = Server & {
  middleware(): (request: IncomingMessage, answer: ServerResponse | Duplex, head?: Buffer) => void;
};

const runOf = (address: string): string => /^\/live\/([^/]+)\//.exec(address)?.[1] ?? '';

/** SockJS lets any origin read what it says; this server lets none but its own. */
function withoutCors(response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (name, value) =>
    /^access-control-/i.test(name) ? response : setHeader(name, value);
}

function serveSockJs(connection: Connection, context: DemoContext): void {
  const { protocol: transport } = connection;
  context.note('connect', { library: 'SockJS', transport }, context.connection);
  connection.on('data', (text) => {
    context.note('said', { transport });
    connection.write(text);
  });
  endWithRun(context, connection, () => connection.close());
}

type Closing = {
  on(event: 'close' | 'disconnect', listener: (...reason: unknown[]) => void): unknown;
};

function endWithRun(context: DemoContext, closing: Closing, end: () => void): void {
  const { ended } = context.run;
  ended.addEventListener('abort', end);
  let isOver = false;
  const over = () => {
    ended.removeEventListener('abort', end);
    if (!isOver) context.note('disconnect', {});
    isOver = true;
  };
  closing.on('disconnect', over);
  closing.on('close', over);
}

/** Loads a thing when it is asked for, and again if that failed. */
function once<Thing>(begin: () => Promise<Thing>): () => Promise<Thing> {
  let loading: Promise<Thing> | undefined;
  return () => {
    loading ??= begin().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
}
