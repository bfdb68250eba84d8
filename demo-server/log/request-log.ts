import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

import { logLine, type LogEntry } from './log-line.ts';

/** The id of a run is the key to it: six characters tell runs apart and open none. */
const RUN_IN_TARGET = /^\/(?:live|runs)\/([^/]{1,6})[^/]*/;

/**
 * Tells what comes to a server: a line of JSON for each request, upgrade and upgraded connection.
 *
 * It knows heads alone, and of them neither fields nor the query: nothing that could be a secret.
 */
export class RequestLog {
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  watch(server: Server): void {
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      const began = performance.now();
      // As it came: a demo may hand the request on to a library under another address.
      const facts = factsOf(request);
      response.once('close', () => {
        // 0: the client left before there was an answer.
        const status = response.headersSent ? response.statusCode : 0;
        this.#tell({ kind: 'request', ...facts, status, ms: since(began) });
      });
    });
    server.prependListener('upgrade', (request: IncomingMessage, socket: Duplex) => {
      this.#watchUpgrade(request, socket);
    });
    server.prependListener('connect', (request: IncomingMessage) => {
      this.#tell({ kind: 'connect', ...factsOf(request) });
    });
    server.prependListener('clientError', (error: NodeJS.ErrnoException) => {
      this.#tell({ kind: 'client-error', code: error.code });
    });
  }

  #watchUpgrade(request: IncomingMessage, socket: Duplex): void {
    const began = performance.now();
    const facts = factsOf(request);
    let status = 0;
    onFirstWrite(socket, (text) => {
      status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1] ?? 0);
      this.#tell({ kind: 'upgrade', ...facts, status, ms: since(began) });
    });
    socket.once('close', () => {
      const kind = status === 0 ? 'upgrade' : 'upgraded-closed';
      if (status === 0 || status === 101) this.#tell({ kind, ...facts, status, ms: since(began) });
    });
  }

  #tell(entry: LogEntry): void {
    this.#write(logLine({ time: new Date().toISOString(), ...entry }));
  }
}

function factsOf({ method, url = '' }: IncomingMessage) {
  const [path = ''] = url.split(/[?#]/, 1);
  const [, run] = RUN_IN_TARGET.exec(path) ?? [];
  const target = path.replace(
    RUN_IN_TARGET,
    (whole) => `/${whole.split('/')[1] ?? ''}/${run ?? ''}`,
  );
  return { method, target, run };
}

function since(began: number): number {
  return Math.round(performance.now() - began);
}

/** Answers to upgrades come from many hands; all begin with a status line, in one piece. */
function onFirstWrite(socket: Duplex, tell: (text: string) => void): void {
  const own = { write: socket.write.bind(socket), end: socket.end.bind(socket) };
  const seen = (chunk: unknown) => {
    // The hooks are own properties over the prototype's methods.
    for (const name of ['write', 'end']) Reflect.deleteProperty(socket, name);
    const text = Buffer.isBuffer(chunk) ? chunk.toString('latin1') : chunk;
    tell(typeof text === 'string' ? text : '');
  };
  Object.assign(socket, {
    write: (...args: Parameters<Duplex['write']>) => {
      seen(args[0]);
      return own.write(...args);
    },
    end: (...args: Parameters<Duplex['end']>) => {
      seen(args[0]);
      return own.end(...args);
    },
  });
}
