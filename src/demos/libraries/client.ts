import type { Saw } from '#demo/workbench.ts';
import type { LibraryId } from './paths.ts';

/** What a library made of a path. */
export type Outcome = {
  /** Until the library said that it is connected; absent when it never did. */
  readonly connectedMs?: number;
  /** What the library spoke when it connected, and what in the end. */
  readonly first?: string;
  readonly last?: string;
  /** Whether a word that was sent came back. */
  readonly echoed: boolean;
  /** Why it gave up, in its own words. */
  readonly problem?: string;
};

export type Connect = {
  /** Of the demo behind its boxes; ends in `/`. */
  readonly address: string;
  readonly saw: Saw;
  readonly signal: AbortSignal;
};

/** A library gets this long to connect; then its own time-out would be longer than a reader waits. */
const PATIENCE_MS = 6000;
/** How long one that polls may take to find out whether something better works. */
const UPGRADE_MS = 3000;

/** Socket.IO polls first; told so, it begins with the WebSocket and goes on when that fails. */
const WEB_SOCKET_FIRST = { transports: ['websocket', 'polling'], tryAllTransports: true };

type Options = { readonly transports?: string[]; readonly tryAllTransports?: boolean };

async function socketIo({ address, saw, signal }: Connect, options: Options): Promise<Outcome> {
  // Most readers never press the button: loaded for those who do.
  const { io } = await import('socket.io-client');
  signal.throwIfAborted();
  const { origin, pathname } = new URL(address);
  const beganAt = performance.now();
  const socket = io(origin, {
    path: `${pathname}socket.io/`,
    ...options,
    forceNew: true,
    reconnection: false,
    timeout: PATIENCE_MS,
  });
  const { engine } = socket.io;
  const transport = () => engine.transport.name;
  const settled = new Promise<void>((resolve) => {
    socket.on('connect', () => {
      if (transport() === 'websocket') resolve();
    });
    socket.on('connect_error', () => resolve());
    engine.on('upgrade', () => resolve());
    engine.on('upgradeError', () => resolve());
  });
  // As `hangUp`, which has no hand on a library's WebSocket: what is being opened is left when it is open.
  const leave = async () => {
    if (signal.aborted) await Promise.race([settled, pause(UPGRADE_MS)]);
    socket.disconnect();
  };
  try {
    await first(
      (resolve, reject) => {
        socket.on('connect', resolve);
        socket.on('connect_error', (error) => reject(error));
      },
      PATIENCE_MS + 500,
      signal,
    );
    const connectedMs = Math.round(performance.now() - beganAt);
    const begun = transport();
    saw('connect', { transport: begun, afterMs: connectedMs });
    const upgraded = first((resolve) => void settled.then(resolve), UPGRADE_MS, signal).catch(
      () => undefined,
    );
    const text: unknown = await socket.timeout(PATIENCE_MS).emitWithAck('say', 'Hello');
    signal.throwIfAborted();
    saw('echo', { text, transport: transport() });
    await upgraded;
    return { connectedMs, first: begun, last: transport(), echoed: text === 'Hello' };
  } catch (error) {
    return { echoed: false, problem: (error as Error).message };
  } finally {
    void leave();
  }
}

/** In SockJS's own order; what it has for old browsers and other origins is left out. */
const SOCKJS_TRANSPORTS = ['websocket', 'xhr-streaming', 'eventsource', 'xhr-polling'];

/** SockJS: each transport for as long as the path's round trip lets it expect, then the next. */
async function sockJs({ address, saw, signal }: Connect): Promise<Outcome> {
  // A plain script, which sets a global. Bundled, it would bring helpers into every page with a bench.
  const { default: script } = await import('sockjs-client/dist/sockjs.min.js?url');
  await import(/* @vite-ignore */ script);
  signal.throwIfAborted();
  const beganAt = performance.now();
  const socket = new SockJS(`${address}sockjs`, undefined, { transports: SOCKJS_TRANSPORTS });
  const leave = () => {
    if (signal.aborted && socket.readyState === WebSocket.CONNECTING) {
      socket.onopen = () => socket.close();
    } else socket.close();
  };
  try {
    await first(
      (resolve, reject) => {
        socket.onopen = () => resolve();
        socket.onclose = ({ reason }) => reject(new Error(reason));
      },
      2 * PATIENCE_MS,
      signal,
    );
    const connectedMs = Math.round(performance.now() - beganAt);
    const { transport } = socket;
    saw('connect', { transport, afterMs: connectedMs });
    let text: unknown;
    socket.send('Hello');
    await first(
      (resolve) => {
        socket.onmessage = ({ data }) => {
          text = data;
          resolve();
        };
      },
      PATIENCE_MS,
      signal,
    );
    saw('echo', { text, transport });
    return { connectedMs, first: transport, last: transport, echoed: text === 'Hello' };
  } catch (error) {
    return { echoed: false, problem: (error as Error).message };
  } finally {
    leave();
  }
}

/** By the library that the reader has chosen; rejected when it was stopped before it began. */
export const ways: Readonly<Record<LibraryId, (connect: Connect) => Promise<Outcome>>> = {
  'socket.io': (connect) => socketIo(connect, {}),
  'socket.io-all': (connect) => socketIo(connect, WEB_SOCKET_FIRST),
  sockjs: sockJs,
};

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A promise that is rejected when nothing has happened for so long. */
async function first(
  begin: (resolve: () => void, reject: (error: Error) => void) => void,
  ms: number,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error(`nothing within ${ms} ms`)), ms);
  signal.addEventListener('abort', () => reject(new Error('stopped')));
  begin(resolve, reject);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
  }
}
