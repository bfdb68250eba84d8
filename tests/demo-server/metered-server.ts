import { readdirSync } from 'node:fs';

import { createDemoServer } from '#demo-server/server.ts';
import { writeSite } from '#tests/demo-server/running-server.ts';

/** What a demo server's process holds. */
export type Meter = {
  readonly heapUsed: number;
  readonly rss: number;
  readonly descriptors: number;
};

// A demo server in a process of its own, which tells its parent what it holds whenever it is asked.
const server = await createDemoServer({ port: 0, host: '127.0.0.1', site: writeSite() });

process.on('message', () => {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const descriptors = readdirSync('/proc/self/fd').length;
  process.send?.({ heapUsed, rss, descriptors } satisfies Meter);
});
process.on('disconnect', () => {
  process.exit();
});
process.send?.({ port: server.port, address: server.address });
