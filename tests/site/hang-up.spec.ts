import type { Locator } from '@playwright/test';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

declare global {
  interface Window {
    /** The WebSockets that a demo's client has made, the libraries' too. */
    demoSockets: WebSocket[];
  }
}

/** Every WebSocket of a demo goes a long way, so that it is being opened for a while. */
function goTheLongWay(): void {
  window.demoSockets = [];
  window.WebSocket = class extends WebSocket {
    constructor(address: string | URL, protocols: string | string[] = []) {
      const run = /\/live\/[^/]+\/[^/]+\//;
      super(String(address).replace(run, '$&via/slow;delayMs=100/'), protocols);
      if (run.test(String(address))) window.demoSockets.push(this);
    }
  };
}

/** Presses a button, in the page itself, in the moment in which a demo opens a WebSocket. */
function pressWhileConnecting(element: Element): Promise<void> {
  const button = element as HTMLButtonElement;
  return new Promise((resolve) => {
    const look = () => {
      const isConnecting = window.demoSockets.some(
        ({ readyState }) => readyState === WebSocket.CONNECTING,
      );
      if (isConnecting && !button.disabled) {
        button.click();
        resolve();
      } else setTimeout(look);
    };
    look();
  });
}

/** Begins and leaves while it is connecting; waits until all have closed. */
async function beginAndLeave(begin: Locator, leave: Locator): Promise<void> {
  const hasLeft = leave.evaluate(pressWhileConnecting);
  await begin.click();
  await hasLeft;
  const areClosed = () =>
    window.demoSockets.every(({ readyState }) => readyState === WebSocket.CLOSED);
  await expect.poll(() => begin.page().evaluate(areClosed)).toBe(true);
}

test.beforeEach(({ page }) => page.addInitScript(goTheLongWay));

for (const [demo, query, begin] of [
  ['boxes', 'box=none', 'Start'],
  ['elephant', '', 'Send'],
  ['fallback', '', 'Start'],
  ['fallback', 'order=race', 'Start'],
  ['libraries', 'library=socket.io', 'Connect'],
  ['libraries', 'library=socket.io-all', 'Connect'],
  ['libraries', 'library=sockjs', 'Connect'],
  ['race', '', 'Start'],
] as const) {
  test(`${demo} ${query}: stopped while it connects, it leaves no warning`, async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(`/embed/${demo}/?${query && `${demo}.${query}`}`);
    await beginAndLeave(bench.button(begin), bench.button('Stop'));
  });
}

for (const [demo, query, begin] of [
  ['acknowledge', '', 'Send'],
  ['chat', '', 'Open the chat'],
  ['compress', '', 'Send'],
  ['echo', '', 'Connect'],
  ['five-doors', 'what=ws', 'new WebSocket()'],
  ['price', '', 'Send'],
  ['mailbox', 'way=socket', 'Start'],
  ['push-and-get', '', 'Connect'],
  ['rest-on-socket', '', 'Run the tasks'],
  // One waits for the other: a browser opens one WebSocket to a server at a time.
  ['roulette', 'clients=2', 'Start'],
  ['sketch', '', 'Open the board'],
  ['slow-job', 'by=websocket', 'Order a cake'],
  ['talk-over', '', 'Talk'],
] as const) {
  test(`${demo} ${query}: cleared while it connects, it leaves no warning`, async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(`/embed/${demo}/?${query && `${demo}.${query}`}`);
    const header = bench.root.locator('.bench-actions');
    await beginAndLeave(bench.button(begin), header.getByRole('button', { name: 'Clear' }));
  });
}
