// npm start: installs when needed, builds when stale, serves site and demos on one port.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildIfStale } from './build.mjs';
import { installIfNeeded, nodePath, root } from './setup.mjs';

const opens = process.argv.includes('--open');
const serverArguments = process.argv.slice(2).filter((argument) => argument !== '--open');

/** Opens the address in the reader's own browser; not being able to is no reason to stop. */
function openInBrowser(address) {
  const [command, ...args] = {
    darwin: ['open', address],
    win32: ['cmd', '/c', 'start', '', address],
  }[process.platform] ?? ['xdg-open', address];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () =>
    console.error(`No browser could be opened here: open ${address} yourself.`),
  );
  child.unref();
}

await installIfNeeded();
const buildId = await buildIfStale();

const main = join(root, 'demo-server', 'main.ts');
const site = join(root, 'dist');
const server = spawn(
  nodePath(),
  [main, '--site', site, '--build-id', buildId, ...serverArguments],
  { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
);
// Ctrl-C reaches the whole process group: the server ends itself, and we end with it.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill('SIGTERM'));

createInterface({ input: server.stdout }).on('line', (line) => {
  console.log(line);
  const address = /https?:\/\/\S+/.exec(line)?.[0];
  if (opens && address) openInBrowser(address);
});
server.on('exit', (code) => process.exit(code ?? 0));
