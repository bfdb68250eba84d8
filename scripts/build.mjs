// Builds the site into dist when it is older than its sources.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fail, installIfNeeded, nodePath, root, run } from './setup.mjs';

/** Everything that a page is made of; the demo server too, since lessons show its source. */
const sources = [
  'src',
  'content',
  'public',
  'demo-server',
  'scripts/integrations',
  'astro.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const workFolder = join(root, '.build');
const stampPath = join(workFolder, 'built');
const lockPath = join(workFolder, 'lock');

function* filesBelow(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) return yield path;
  for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

/** Names the state of the sources: equal digests build equal sites. */
function sourceDigest() {
  const hash = createHash('sha256').update(process.env.SITE_URL ?? '');
  for (const source of sources) {
    for (const path of filesBelow(join(root, source))) {
      hash.update(`\0${path.slice(root.length)}\0`).update(readFileSync(path));
    }
  }
  return hash.digest('hex');
}

/** An empty lock reads as 0; what is not above it would ask for a whole group of processes. */
const isProcessId = (number) => Number.isInteger(number) && number > 0;

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Takes the build lock; one that no living process holds is taken over with a line that says so. */
function takeLock() {
  mkdirSync(workFolder, { recursive: true });
  try {
    writeFileSync(lockPath, String(process.pid), { flag: 'wx' });
  } catch {
    const holder = Number(readFileSync(lockPath, 'utf8'));
    if (isProcessId(holder) && holder !== process.pid && isAlive(holder)) {
      fail(`Process ${holder} is building here already. Wait until it is done, or stop it.`);
    }
    console.log('Taking over the build lock that an earlier build left behind.');
    writeFileSync(lockPath, String(process.pid));
  }
  process.on('exit', () => rmSync(lockPath, { force: true }));
}

/**
 * Builds if stale. The new site replaces the old one only when it is complete.
 *
 * @returns the id of the build, which the server tells the pages.
 */
export async function buildIfStale() {
  const digest = sourceDigest();
  const isBuilt = existsSync(stampPath) && existsSync(join(root, 'dist', 'index.html'));
  if (isBuilt && readFileSync(stampPath, 'utf8') === digest) return digest.slice(0, 12);
  takeLock();
  console.log('Building the site …');
  const next = join(workFolder, 'next');
  rmSync(next, { recursive: true, force: true });
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const code = await run(nodePath(), [astro, 'build', '--outDir', next, '--silent'], {
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
  });
  if (code !== 0 || !existsSync(join(next, 'index.html'))) {
    fail('The site could not be built: see the lines above. The site built before is unchanged.');
  }
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  renameSync(next, join(root, 'dist'));
  writeFileSync(stampPath, digest);
  rmSync(lockPath, { force: true });
  return digest.slice(0, 12);
}

if (process.argv[1] === import.meta.filename) {
  await installIfNeeded();
  await buildIfStale();
}
