import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import type { Message, OrderName, Orders, Reply } from './orders.ts';
import { descendantsOf, treeCpuSeconds } from './process-tree.ts';

const READY_MS = 15_000;
const ANSWER_MS = 30_000;
const GOODBYE_MS = 1000;

const started = new Set<Child>();
// The last resort: whatever ends the bench, it leaves nobody behind.
process.on('exit', () => {
  for (const child of started) child.kill('SIGKILL');
});

/** A process that the bench has started, and ends by its id. */
export class Child {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #gone: Promise<never>;
  #lastId = 0;

  private constructor(process: ChildProcess) {
    this.#process = process;
    started.add(this);
    this.#gone = new Promise((_resolve, reject) => {
      process.once('error', reject);
      process.once('exit', (code, signal) => {
        started.delete(this);
        reject(new Error(`process ended (${String(code ?? signal)})`));
      });
    });
    this.#gone.catch(() => undefined);
    process.on('message', (reply: Reply) => {
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    });
  }

  /** Runs a file with this Node; its orders are answered over IPC. */
  static node(file: string, args: readonly string[] = [], flags: readonly string[] = []): Child {
    const preload = ['--import', join(import.meta.dirname, 'answer-usage.ts')];
    const nodeArgs = [...flags, ...preload, file, ...args];
    return new Child(
      spawn(process.execPath, nodeArgs, {
        stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
        serialization: 'advanced',
      }),
    );
  }

  /** Runs a program that is not ours. */
  static program(name: string, args: readonly string[]): Child {
    return new Child(spawn(name, args, { stdio: ['ignore', 'ignore', 'pipe'] }));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Waits for the line with which a server says where it is. */
  async address(): Promise<string> {
    const [address = ''] = await this.#line(this.#process.stdout, /http:\/\/\S+/);
    return address;
  }

  /** Waits for a line on standard error. */
  async says(pattern: RegExp): Promise<void> {
    await this.#line(this.#process.stderr, pattern);
  }

  /** Sends an order and waits for its answer. */
  async ask<Name extends OrderName>(
    name: Name,
    order: Orders[Name]['order'],
  ): Promise<Orders[Name]['answer']> {
    this.#lastId += 1;
    const id = this.#lastId;
    const { promise, resolve } = Promise.withResolvers<Reply>();
    this.#waiting.set(id, resolve);
    this.#process.send({ id, name, order } satisfies Message);
    const { answer, error } = await this.#withTimeLimit(promise, ANSWER_MS, `answer to ${name}`);
    if (error !== undefined) throw new Error(error);
    return answer as Orders[Name]['answer'];
  }

  /** CPU time of the process and all that it has started, in seconds. */
  async cpuSeconds(): Promise<number> {
    return treeCpuSeconds(this.pid) ?? (await this.ask('usage', {})).cpuSeconds;
  }

  /** Ends the process and its descendants, kindly first. */
  async stop(): Promise<void> {
    if (!started.has(this)) return;
    const ended = once(this.#process, 'exit');
    this.kill('SIGTERM');
    const patience = setTimeout(() => {
      this.kill('SIGKILL');
    }, GOODBYE_MS);
    await ended;
    clearTimeout(patience);
  }

  kill(signal: NodeJS.Signals): void {
    for (const pid of [...descendantsOf(this.pid), this.pid]) {
      try {
        process.kill(pid, signal);
      } catch {
        // It has ended by itself.
      }
    }
  }

  async #line(stream: Readable | null, pattern: RegExp): Promise<RegExpExecArray> {
    if (stream === null) throw new Error('The output of this process is not read.');
    const { promise, resolve } = Promise.withResolvers<RegExpExecArray>();
    // Goes on after the line that was waited for, or a full pipe would stop the process.
    createInterface({ input: stream }).on('line', (line) => {
      const match = pattern.exec(line);
      if (match !== null) resolve(match);
    });
    return this.#withTimeLimit(promise, READY_MS, 'sign of life');
  }

  async #withTimeLimit<Value>(promise: Promise<Value>, ms: number, what: string): Promise<Value> {
    const { promise: late, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new Error(`no ${what} in ${String(ms / 1000)} s`));
    }, ms);
    return Promise.race([promise, late, this.#gone]).finally(() => {
      clearTimeout(timer);
    });
  }
}

/** Ends all processes that were started and still run. */
export async function stopAll(): Promise<void> {
  await Promise.all([...started].map((child) => child.stop()));
}
