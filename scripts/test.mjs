// npm test: everything, as CI runs it. A word runs one part: lint, types, unit, site.
import { readdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
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

async function step(title, args, extra = {}) {
  console.log(`\n— ${title}`);
  const code = await run(node, args, { env: { ...env, ...extra } });
  if (code !== 0) fail(`${title}: failed, see the lines above.`);
}

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
    await step('node --test', ['--test', ...unitTestFiles()], extra);
  },
  async site() {
    await buildIfStale();
    const { chromiumPath } = await import('./browser.mjs');
    const path = await chromiumPath();
    const config = [bin('@playwright/test', 'cli.js'), 'test', ...process.argv.slice(3)];
    await step('Playwright', config, { CHROMIUM_PATH: path });
  },
};

const asked = process.argv[2];
if (asked && !(asked in parts)) {
  fail(`There is no part "${asked}": the parts are ${Object.keys(parts).join(', ')}.`);
}
for (const [name, part] of Object.entries(parts)) {
  if (!asked || asked === name) await part();
}
