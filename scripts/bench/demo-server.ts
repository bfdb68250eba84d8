import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

import { Child } from './child.ts';
import { benchFile } from './section.ts';

/** The demo server, started as its own program, with runs for the load to work in. */
export type DemoServerProcess = {
  readonly server: Child;
  /** Addresses of the echo, one per run. */
  readonly echoUrls: readonly string[];
  /** Addresses of the same runs' wire channels. */
  readonly wireUrls: readonly string[];
};

/** The site is not measured, and need not be built. */
const emptySite = mkdtempSync(join(tmpdir(), 'bench-site-'));
process.on('exit', () => {
  rmSync(emptySite, { recursive: true, force: true });
});

/** Starts a demo server and begins as many runs of the echo. */
export async function startDemoServer(runs: number): Promise<DemoServerProcess> {
  const main = benchFile('../../demo-server/main.ts');
  const address = ['--host', '127.0.0.1', '--port', '0'];
  // A reader's page is kept to 200 messages a second; a load has to have more.
  const server = Child.node(main, [...address, '--site', emptySite, '--lift-limits']);
  const { host, port } = new URL(await server.address());
  const ids: string[] = [];
  while (ids.length < runs) ids.push(await beginRun(Number(port)));
  return {
    server,
    echoUrls: ids.map((id) => `ws://${host}/live/${id}/echo/ws`),
    wireUrls: ids.map((id) => `ws://${host}/runs/${id}/wire`),
  };
}

async function beginRun(port: number): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const origin = `http://127.0.0.1:${String(port)}`;
  const headers = { Origin: origin, 'Content-Type': 'application/json' };
  request(`${origin}/runs`, { method: 'POST', headers }, (response) => {
    json(response).then(resolve, reject);
  })
    .on('error', reject)
    .end('{"demo":"echo"}');
  const { run } = (await promise) as { readonly run?: string };
  if (run === undefined) throw new Error('The demo server began no run.');
  return run;
}
