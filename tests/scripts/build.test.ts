import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
/** Stands for Astro: a site of one page. */
const BUILDS = `
  import { mkdirSync, writeFileSync } from 'node:fs';
  const next = process.argv[process.argv.indexOf('--outDir') + 1];
  mkdirSync(next, { recursive: true });
  writeFileSync(next + '/index.html', 'built');`;

/** Says who it is, and is still building a minute later. */
const WAITS = 'console.log(`I am ${process.pid}`); setTimeout(() => undefined, 60_000);';

/** A copy of the project with little in it, where everything is installed. */
function aProject({ astro = BUILDS, lock }: { astro?: string; lock?: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'build-'));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  for (const name of ['scripts', '.build', 'node_modules/astro/bin']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  for (const name of ['scripts/build.mjs', 'scripts/setup.mjs', 'package-lock.json']) {
    cpSync(join(root, name), join(folder, name));
  }
  const installed = createHash('sha256').update(readFileSync(join(folder, 'package-lock.json')));
  writeFileSync(join(folder, 'node_modules/.switching-protocols'), installed.digest('hex'));
  writeFileSync(join(folder, 'node_modules/astro/bin/astro.mjs'), astro);
  const lockPath = join(folder, '.build/lock');
  if (lock !== undefined) writeFileSync(lockPath, lock);
  return { folder, lockPath };
}

function build(folder: string) {
  return spawn(process.execPath, [join(folder, 'scripts/build.mjs')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
}

async function buildToTheEnd(folder: string) {
  const child = build(folder);
  const [printed, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { code, printed, errors };
}

describe('the build lock', () => {
  // The last is what a build leaves that is ended before it has written its number.
  for (const lock of ['999999999', '0', '-1', 'x', '']) {
    it(`of nobody is taken over: “${lock}”`, async () => {
      const { folder, lockPath } = aProject({ lock });
      const { code, printed, errors } = await buildToTheEnd(folder);
      assert.equal(code, 0, errors);
      assert.match(printed, /^Taking over the build lock/);
      assert.equal(readFileSync(join(folder, 'dist/index.html'), 'utf8'), 'built');
      assert.ok(!existsSync(lockPath));
    });
  }

  it('of a process that is there is its own', async () => {
    const { folder, lockPath } = aProject({ lock: String(process.pid) });
    const { code, errors } = await buildToTheEnd(folder);
    assert.equal(code, 1);
    assert.match(errors, new RegExp(`^Process ${String(process.pid)} is building here already`));
    assert.equal(readFileSync(lockPath, 'utf8'), String(process.pid));
  });
});

describe('a build that is ended by a signal', () => {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    it(`${signal}: is gone after what it has begun, and leaves no lock`, async () => {
      const { folder, lockPath } = aProject({ astro: WAITS });
      const child = build(folder);
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (piece: string) => (printed += piece));
      while (!printed.includes('I am')) await once(child.stdout, 'data');
      const begun = Number(/I am (\d+)/.exec(printed)?.[1]);
      after(() => {
        if (isThere(begun)) process.kill(begun, 'SIGKILL');
      });
      // Ctrl-C reaches the whole process group.
      process.kill(signal === 'SIGINT' ? -child.pid! : child.pid!, signal);
      const [code] = (await once(child, 'exit')) as [number];
      assert.ok(!isThere(begun));
      assert.equal(code, 1);
      assert.ok(!existsSync(lockPath));
    });
  }
});

function isThere(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}
