// Runs on any Node from 20 on, before anything is installed: plain JavaScript, no packages.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';

export const root = join(import.meta.dirname, '..');

const stampPath = join(root, 'node_modules', '.switching-protocols');
const oldestNode = [24, 16];
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Prints one line that says what is wrong and what to do, and ends the process. */
export function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/**
 * Runs a program to its end, its output going to ours. What would end us ends the program first:
 * alone, it would go on writing where the next one does.
 *
 * @returns the exit code; 1 when it could not be started or was ended by a signal.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
    const end = (signal) => {
      // Ctrl-C reaches the whole process group.
      if (signal !== 'SIGINT') child.kill(signal);
      child.once('exit', () => process.exit(1));
    };
    const settle = (code) => {
      for (const signal of endings) process.off(signal, end);
      resolve(code);
    };
    for (const signal of endings) process.on(signal, end);
    child.on('error', () => settle(1));
    child.on('exit', (code) => settle(code ?? 1));
  });
}

/**
 * Runs a program that serves until it is told to stop, and passes the signals on.
 *
 * Ctrl-C reaches the whole process group, so SIGINT is only waited out here.
 */
export async function serve(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  process.on('SIGHUP', () => child.kill('SIGTERM'));
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (exitCode) => resolve(exitCode ?? 0));
  });
  process.exit(code);
}

/** The search path without our own `.bin`: `npm ci` must not run on the Node that it is deleting. */
function outerPath() {
  const own = join(root, 'node_modules') + sep;
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !(folder + sep).startsWith(own))
    .join(delimiter);
}

function lockDigest() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).digest('hex');
}

/** Installs what package-lock.json names, unless exactly that is installed already. */
export async function installIfNeeded() {
  const digest = lockDigest();
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === digest) return;
  console.log('Installing what package-lock.json names (once; about half a minute) …');
  const flags = ['ci', '--ignore-scripts', '--loglevel=error', '--no-audit', '--no-fund'];
  const windows = process.platform === 'win32';
  const code = await run(windows ? 'npm.cmd' : 'npm', flags, {
    env: { ...process.env, PATH: outerPath() },
    shell: windows,
  });
  if (code !== 0) {
    fail(
      'The packages could not be installed: see the lines above. If package-lock.json is older than ' +
        'package.json, run "npm install" once; otherwise check the connection to the npm registry.',
    );
  }
  writeFileSync(stampPath, digest);
}

const isNewEnough = (version) => {
  const [major, minor] = version.split('.').map(Number);
  return major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
};

/** Path of a Node that runs our TypeScript as it is: this one, or the one that npm brought. */
export function nodePath() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const packaged = join(
    root,
    'node_modules',
    `node-${process.platform}-${process.arch}`,
    'bin',
    'node',
  );
  if (existsSync(packaged)) return packaged;
  return fail(
    `Node ${oldestNode.join('.')} or newer is needed and this is ${process.versions.node}; none comes ` +
      `with npm for ${process.platform}-${process.arch}. Install Node 24 from nodejs.org and run this again.`,
  );
}
