import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WebSocket as NodeWebSocket } from 'ws';
import type { RunClient, ServerState } from '#bench/run-client.ts';
import { MAX_RUNS } from '#demo-server/runs/run-store.ts';
import { startDemoServer } from '#tests/demo-server/running-server.ts';

const server = await startDemoServer();
const headers = { origin: server.origin };
const { fetch: fetchFromNode } = globalThis;

const document = { visibilityState: 'visible', addEventListener: () => undefined };

/** A page of the server's own, as far as the client of its benches asks for one. */
Object.assign(globalThis, {
  location: { href: `${server.origin}/` },
  document,
  window: new EventTarget(),
  fetch: (path: string, init?: RequestInit) =>
    fetchFromNode(new URL(path, server.origin), {
      ...init,
      headers: { ...headers, ...(init?.headers as Record<string, string>) },
    }),
  WebSocket: class extends NodeWebSocket {
    constructor(url: URL) {
      super(url, { headers });
    }
  },
});

/** A bench's client, what it said of the server, and how many runs it has begun. */
class Watcher {
  readonly states: ServerState['name'][] = [];
  runs = 0;
  readonly #client: RunClient;
  #heard = Promise.withResolvers<void>();

  constructor(Client: typeof RunClient) {
    this.#client = new Client('echo', {
      onState: ({ name }) => {
        this.states.push(name);
        this.#heard.resolve();
        this.#heard = Promise.withResolvers();
      },
      onRun: () => this.runs++,
      onBatch: () => undefined,
      lastSeq: () => 0,
    });
  }

  async start(): Promise<void> {
    void this.#client.start();
    await this.says('live');
  }

  async says(name: ServerState['name']): Promise<void> {
    while (this.states.at(-1) !== name) await this.#heard.promise;
  }
}

describe('one bench more than the server keeps runs', () => {
  let Client: typeof RunClient;
  before(async () => {
    // It takes the page as it is when it is loaded.
    ({ RunClient: Client } = await import('#bench/run-client.ts'));
  });
  after(() => {
    // Whoever looks at a page no more does not wait for its server.
    document.visibilityState = 'hidden';
  });

  it('is told that the longest unused run is gone, and no bench begins another by itself', async () => {
    const watchers = Array.from({ length: MAX_RUNS }, () => new Watcher(Client));
    for (const watcher of watchers) await watcher.start();
    const [first, ...others] = watchers;
    const last = new Watcher(Client);
    await last.start();
    await first?.says('expired');
    // What another bench begins now is one that takes its place on purpose.
    await first?.start();
    await others[0]?.says('expired');
    assert.deepEqual(
      [first?.runs, ...[...others, last].map(({ runs }) => runs)],
      [2, ...Array.from({ length: MAX_RUNS }, () => 1)],
    );
    for (const { states } of others.slice(1)) assert.deepEqual(states, ['connecting', 'live']);
  });
});
