// Runs the tests that pin the tap on another Node: npm run test:tap
// NODE_UNDER_TEST names its binary; without it, npm's newest is put into a temporary folder.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fail, installIfNeeded, run } from './setup.mjs';

/** What hooks into Node's sockets, and what shows that nothing on the wire has changed by it. */
const TESTS = ['wire-tap/wire-tap', 'attach', 'runs/attribution'].map((name) =>
  join('tests', 'demo-server', `${name}.test.ts`),
);

async function newestInto(folder) {
  const name = `node-${process.platform}-${process.arch}`;
  const flags = ['--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  const windows = process.platform === 'win32';
  const code = await run(windows ? 'npm.cmd' : 'npm', ['install', ...flags, `${name}@latest`], {
    shell: windows,
  });
  if (code !== 0) {
    fail(
      `npm brought no ${name}. Name a Node yourself: NODE_UNDER_TEST=/path/to/node npm run test:tap`,
    );
  }
  return join(folder, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
}

await installIfNeeded();
const folder = mkdtempSync(join(tmpdir(), 'node-under-test-'));
try {
  const node = process.env.NODE_UNDER_TEST ?? (await newestInto(folder));
  const { stdout, status } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  if (status !== 0) fail(`${node} does not start as Node.`);
  console.log(`The tap on Node ${stdout.trim()}:`);
  process.exitCode = await run(node, ['--test', ...TESTS]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
