// npm test: everything, as CI runs it. A word runs one part: lint, types, unit, site.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { buildIfStale } from './build.mjs';
import { fail, installIfNeeded, nodePath, root, run } from './setup.mjs';
import { tsharkPath } from './tshark.mjs';

await installIfNeeded();
const node = nodePath();
const bin = (name, path) => join(root, 'node_modules', name, path);
const env = {
  ...process.env,
  ASTRO_TELEMETRY_DISABLED: '1',
  PATH: dirname(node) + delimiter + process.env.PATH,
};

/** By the projects of `playwright.config.ts`. */
const browsersAtOnce = new Map([
  ['measuring', 1],
  ['others', 2],
]);

/** A part that has more to say than this before it is read waits. */
const MOST_UNREAD = 64 * 1024 * 1024;

/**
 * Runs one step of a part.
 *
 * @throws with its title when it failed, its own lines having said why
 */
async function step(title, args, extra = {}) {
  console.log(`\n— ${title}`);
  const code = await run(node, args, { env: { ...env, ...extra } });
  if (code !== 0) throw new FailedStep(title);
}

class FailedStep extends Error {}

function unitTestFiles() {
  return readdirSync(join(root, 'tests'), { recursive: true })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join('tests', name))
    .sort();
}

const parts = {
  async lint() {
    // The types of content and of Vite's globs are generated; rules that read types need them.
    await step('Generate types', [bin('astro', 'bin/astro.mjs'), 'sync']);
    await step('Format', [bin('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.']);
    await step('Lint', [bin('eslint', 'bin/eslint.js'), '--max-warnings=0', '.']);
  },
  async types() {
    // Hints are an editor's suggestions, not faults.
    const astro = bin('astro', 'bin/astro.mjs');
    await step('Types', [astro, 'check', '--minimumSeverity', 'warning']);
  },
  async unit() {
    const tshark = await tsharkPath();
    const extra = tshark ? { TSHARK_PATH: tshark } : {};
    // Half the time of a file goes into waiting; by itself Node leaves one processor out.
    const files = `--test-concurrency=${availableParallelism()}`;
    const endInTime = ['--import', import.meta.resolve('./end-in-time.mjs')];
    await step('node --test', ['--test', ...endInTime, files, ...unitTestFiles()], extra);
  },
  async site() {
    await buildIfStale();
    const { chromiumPath } = await import('./browser.mjs');
    const path = await chromiumPath('tests');
    const playwright = [bin('@playwright/test', 'cli.js'), 'test', '--pass-with-no-tests'];
    const run = async (project, workers) => {
      const which = [`--project=${project}`, `--workers=${workers}`, ...process.argv.slice(3)];
      await step(`Playwright, ${project}`, [...playwright, ...which], { CHROMIUM_PATH: path });
    };
    // One after the other, the second also when the first has failed.
    const ends = [];
    for (const [project, workers] of browsersAtOnce) {
      ends.push(...(await Promise.allSettled([run(project, workers)])));
    }
    for (const { reason } of ends) if (reason) throw reason;
  },
};

/** Runs parts one after the other, each to its end, and returns the steps that failed. */
async function runParts(names) {
  const failed = [];
  for (const name of names) {
    try {
      await parts[name]();
    } catch (error) {
      if (!(error instanceof FailedStep)) throw error;
      failed.push(error.message);
    }
  }
  return failed;
}

/**
 * Starts a part in a process of its own, which keeps its lines until somebody reads them: those of
 * what runs beside it are not mixed with them.
 *
 * @returns a function that prints its lines from the first to the last, and returns the exit code.
 */
function startBeside(part) {
  const child = spawn(node, [import.meta.filename, part], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = new PassThrough({ highWaterMark: MOST_UNREAD });
  process.on('exit', () => child.kill());
  const ended = once(child, 'close');
  for (const output of [child.stdout, child.stderr]) output.pipe(lines, { end: false });
  return async () => {
    lines.pipe(process.stdout, { end: false });
    const [code] = await ended;
    lines.end();
    await finished(lines);
    return code;
  };
}

function report(failed) {
  if (failed.length > 0) fail(`Failed: ${failed.join(', ')}. See the lines above.`);
}

const asked = process.argv[2];
if (asked && !(asked in parts)) {
  fail(`There is no part "${asked}": the parts are ${Object.keys(parts).join(', ')}.`);
}
if (asked) {
  report(await runParts([asked]));
} else {
  // The longest of the parts that need no quiet machine goes beside the others.
  const endOfUnit = startBeside('unit');
  const failed = await runParts(['lint', 'types']);
  await buildIfStale();
  if ((await endOfUnit()) !== 0) failed.push('node --test');
  report(failed);
  report(await runParts(['site']));
}
