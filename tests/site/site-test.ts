import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, type Page } from '@playwright/test';

const root = join(import.meta.dirname, '..', '..');

/** The real demo server in a process of its own, serving the built site on a free port. */
export class RunningServer {
  address = '';
  #process: ChildProcess | undefined;

  get port(): number {
    return Number(new URL(this.address).port);
  }

  /** Starts it; on the port it had before, if it had one. */
  async start(): Promise<void> {
    const port = this.address ? this.port : 0;
    const main = join(root, 'demo-server', 'main.ts');
    const args = [main, '--port', String(port), '--site', join(root, 'dist')];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /http:\/\/\S+/.exec(line)?.[0];
      if (address) {
        this.address = address;
        return;
      }
    }
    throw new Error('The demo server ended before it printed its address.');
  }

  /** Ends it by a signal; resolves when the process is gone. */
  async stop(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

type Options = {
  /** Console errors that a test expects, since it breaks something on purpose. */
  expectedConsole: RegExp[];
};

/** Watches a page for what no page of ours may do. Returns the list that fills up. */
export function watchForTrouble(page: Page, origin: string, expected: readonly RegExp[]): string[] {
  const troubles: string[] = [];
  const note = (text: string): void => {
    if (!expected.some((pattern) => pattern.test(text))) troubles.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      note(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => {
    note(`uncaught: ${error.message}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.host !== new URL(origin).host && !['data:', 'blob:'].includes(url.protocol)) {
      note(`request left the origin: ${request.url()}`);
    }
  });
  return troubles;
}

/**
 * Playwright's `test` with our server, failing on console errors, uncaught errors, violations of the
 * Content-Security-Policy (Chromium prints them as console errors), and requests to other origins.
 */
export const test = base.extend<Options, { server: RunningServer }>({
  expectedConsole: [[], { option: true }],
  server: [
    async ({}, use) => {
      const server = new RunningServer();
      await server.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ server }, use) => {
    await use(server.address);
  },
  page: async ({ page, server, expectedConsole }, use) => {
    const troubles = watchForTrouble(page, server.address, expectedConsole);
    await use(page);
    base.expect(troubles).toEqual([]);
  },
});

export const { expect } = base;
