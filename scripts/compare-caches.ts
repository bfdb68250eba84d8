// Puts the cases of scripts/cache-table to our shared cache, to nginx and to Varnish, as far as they
// are installed, and prints one table. In real time: cases that wait long are left out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { cacheCases } from './cache-table/cases.ts';
import { startNginx, startVarnish, type InstalledCache } from './cache-table/installed-caches.ts';
import { CaseOrigin } from './cache-table/run-case.ts';

/** Seconds that a case may wait in all. */
const PATIENCE = 10;

const origin = new CaseOrigin();
const port = await origin.listen();

async function startOurs(): Promise<InstalledCache> {
  const script = new URL('./shared-cache.ts', import.meta.url).pathname;
  const args = [script, '--origin', `http://127.0.0.1:${String(port)}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return {
    name: 'ours',
    address: line.toString().trim().split(' ').at(-1) ?? '',
    stop: async () => {
      child.kill();
      await once(child, 'close');
    },
  };
}

const cases = cacheCases.filter(
  ({ steps }) => steps.reduce((sum, { after = 0 }) => sum + after, 0) <= PATIENCE,
);

/** Some at once: in turn they would take minutes, all together they would wait for each other. */
const AT_ONCE = 20;

async function run({ address }: InstalledCache): Promise<(string | undefined)[]> {
  const cache = {
    address,
    now: () => Date.now(),
    advance: (seconds: number) =>
      new Promise<void>((resolve) => {
        setTimeout(resolve, seconds * 1000);
      }),
    slackSeconds: 1,
  };
  const faults: (string | undefined)[] = [];
  for (let from = 0; from < cases.length; from += AT_ONCE) {
    const some = cases.slice(from, from + AT_ONCE);
    faults.push(...(await Promise.all(some.map((one) => origin.run(one, cache)))));
  }
  return faults;
}

const columns: [name: string, faults: (string | undefined)[]][] = [];
const starts = { ours: startOurs, nginx: startNginx, varnish: startVarnish };
for (const [name, start] of Object.entries(starts)) {
  const cache = await start(port);
  if (cache === undefined) {
    console.log(`${name} is not installed here, so its column is left out.`);
    continue;
  }
  columns.push([cache.name, await run(cache)]);
  await cache.stop();
}
origin.close();

const mark = (fault: string | undefined) => (fault === undefined ? 'yes' : 'no');
const widths = columns.map(([name]) => name.length + 2);
const row = (cells: readonly string[]) =>
  cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join('');
console.log(row(columns.map(([name]) => name)));
for (const [index, { kind, section, says }] of cases.entries()) {
  const cells = columns.map(([, faults]) => mark(faults[index]));
  console.log(`${row(cells)}${kind.padEnd(10)}${section.padEnd(21)}${says}`);
}
console.log(
  `\nOf ${String(cases.length)} cases, ${columns.map(([name, faults]) => `${name} ${String(faults.filter((fault) => fault === undefined).length)}`).join(', ')}.`,
);
console.log('“no” to chosen or optimal is no fault: those are things that RFC 9111 leaves open.');
