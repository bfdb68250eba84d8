import { fork, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import type { Socket } from 'node:net';
import { join } from 'node:path';

import { connectToOwn } from '#demo-server/boxes/inner-listener.ts';

import type { Order, Report } from './words.ts';

/** The one program that the demo server begins. */
const PROGRAM = join(import.meta.dirname, 'shop-server.ts');
/** How long it may take to listen, in milliseconds. */
const MAX_START_MS = 10_000;

/** A server of ours in a process of its own, listening on loopback at a port of its own. */
export class ServerProcess {
  readonly name: string;
  readonly key = randomBytes(16).toString('base64url');
  /** Resolves when the process is gone. */
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #onDone: (client: number, message: number) => void;
  #port = 0;

  /** @param onDone told of each message that it has dealt with */
  constructor(name: string, onDone: (client: number, message: number) => void) {
    this.name = name;
    this.#onDone = onDone;
    // It is given nothing of this process: no environment, no arguments, no input.
    this.#child = fork(PROGRAM, [], {
      env: {},
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#child.once('exit', () => {
      resolve();
    });
    // What could not be begun has no exit either. Other errors are of one that goes on.
    this.#child.on('error', () => {
      if (this.#child.pid === undefined) resolve();
    });
  }

  get id(): number {
    return this.#child.pid ?? 0;
  }

  /** Resolves when it listens; `false` when it does not come to that. */
  async begin(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#child.on('message', (report: Report) => {
      if (report.type === 'done') this.#onDone(report.client, report.message);
      else {
        this.#port = report.port;
        resolve(true);
      }
    });
    const giveUp = () => {
      resolve(false);
    };
    const timer = setTimeout(giveUp, MAX_START_MS);
    void this.ended.then(giveUp);
    this.#tell({ type: 'begin', name: this.name, key: this.key });
    const listens = await promise;
    clearTimeout(timer);
    if (!listens) this.kill();
    return listens;
  }

  /** Opens a connection to it. */
  connect(): Socket {
    const socket = connectToOwn(this.#port);
    socket.on('error', () => undefined);
    return socket;
  }

  /** Lets it finish its work, say goodbye to its clients, and end. */
  drain(): void {
    this.#tell({ type: 'drain' });
  }

  /** Ends it in the middle of whatever it does. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #tell(order: Order): void {
    if (this.#child.connected) this.#child.send(order, () => undefined);
  }
}
