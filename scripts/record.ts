// npm run record [demo …]: takes the recordings that copies of the site without a server show.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Locator, type Page } from '@playwright/test';
import type { RecordedFile, RecordingScript, RecordingStep } from '#demo/recording.ts';
import { buildIfStale } from './build.mjs';
import { chromiumPath, launchArguments } from './browser.mjs';
import { fail, root } from './setup.mjs';

/** What readers see in the recorded heads is the address that they have themselves. */
const PORT = 4321;
/** Of a capsule's JSON: it is in the repository, and on the way to every reader of a hosted copy. */
const MAX_LENGTH = 60_000;
/** So long nothing may come before a run counts as over, in milliseconds. */
const QUIET_MS = 700;
/** A step may take so long: the matrix of all boxes takes two minutes. */
const PATIENCE_MS = 200_000;

const wanted = process.argv.slice(2);
const demos = readdirSync(join(root, 'src', 'demos')).filter(
  (demo) =>
    existsSync(join(root, 'src', 'demos', demo, 'record.ts')) &&
    (wanted.length === 0 || wanted.includes(demo)),
);
if (demos.length === 0) stop(`There is no record.ts for “${wanted.join(' ')}” in src/demos.`);

const build = await buildIfStale();
const server = await startServer(build);
process.on('exit', () => server.kill());
const executablePath = (await chromiumPath('facts')) ?? '';
const browser = await chromium.launch({ executablePath, args: launchArguments });
for (const demo of demos) {
  const { default: script } = (await import(`#demos/${demo}/record.ts`)) as {
    readonly default: RecordingScript;
  };
  const json = await onPage(async (page) => save(page, await walk(page, demo, script)));
  const { maxLength = MAX_LENGTH } = script;
  if (json.length > maxLength) {
    stop(`The recording of ${demo} has ${json.length} characters; at most ${maxLength} may be.`);
  }
  writeFileSync(join(root, 'content', 'captures', `${demo}.json`), json);
  console.log(`content/captures/${demo}.json: ${json.length} characters`);
  for (const file of script.files ?? []) {
    const text = await onPage((page) => recordFile(page, demo, file));
    writeFileSync(join(root, 'src', 'demos', demo, file.name), text);
    console.log(`src/demos/${demo}/${file.name}: ${text.length} characters`);
  }
}
await browser.close();
process.exit(0);

/** Ends with one sentence that says what is in the way. */
function stop(sentence: string): never {
  fail(sentence);
  throw new Error(sentence);
}

async function startServer(buildId: string) {
  const main = join(root, 'demo-server', 'main.ts');
  const args = [main, '--port', String(PORT), '--site', join(root, 'dist'), '--build-id', buildId];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('http://')) return child;
  }
  return stop('The demo server did not start: see the line above.');
}

async function onPage(work: (page: Page) => Promise<string>): Promise<string> {
  const page = await browser.newPage({ baseURL: `http://localhost:${PORT}` });
  page.setDefaultTimeout(PATIENCE_MS);
  const text = await work(page);
  await page.close();
  return text;
}

type Walk = Pick<RecordingScript, 'search' | 'steps'>;

/** Takes all steps on the demo's bench, and waits until nothing more comes. */
async function walk(page: Page, demo: string, { search = '', steps }: Walk): Promise<Locator> {
  await page.goto(`${lessonWith(demo)}${search}`);
  const bench = page.locator(`#bench-${demo}`);
  await bench.scrollIntoViewIfNeeded();
  await bench.locator('.chip-live').waitFor();
  for (const step of steps) await take(bench, step);
  await quiet(bench);
  return bench;
}

async function recordFile(page: Page, demo: string, file: RecordedFile): Promise<string> {
  const bench = await walk(page, demo, file);
  return downloaded(page, bench.getByRole('button', { name: file.saveBy, exact: true }));
}

/** The first lesson whose page has this demo's bench; without one, the page of the bench alone. */
function lessonWith(demo: string): string {
  const lessons = join(root, 'dist', 'lessons');
  const slug = readdirSync(lessons, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .find((name) =>
      readFileSync(join(lessons, name, 'index.html'), 'utf8').includes(`data-demo="${demo}"`),
    );
  return slug === undefined ? `/embed/${demo}/` : `/lessons/${slug}/`;
}

async function take(bench: Locator, step: RecordingStep): Promise<void> {
  const panel = bench.locator('.bench-panel');
  if ('press' in step) {
    await panel.getByRole('button', { name: step.press, exact: true }).click();
  } else if ('unfold' in step) {
    await panel.getByText(step.unfold, { exact: true }).click();
  } else if ('copy' in step) {
    const behind = panel
      .getByText(step.copy, { exact: true })
      .locator('xpath=following-sibling::*');
    await panel.getByLabel(step.fill).fill((await behind.first().innerText()) + (step.then ?? ''));
  } else if ('fill' in step) {
    await panel.getByLabel(step.fill).fill(step.with);
  } else if ('check' in step) {
    await panel.getByLabel(step.check, { exact: true }).check();
  } else if ('select' in step) {
    await panel.getByLabel(step.select).selectOption(step.option);
  } else {
    await bench.getByText(step.see).filter({ visible: true }).first().waitFor();
  }
}

/** Waits for what comes late: the end of a connection, the last note of the server's program. */
async function quiet(bench: Locator): Promise<void> {
  const newest = bench.locator('.timeline-items [data-row]').last();
  for (let before = '', now = ' '; now !== before;) {
    before = now;
    await bench.page().waitForTimeout(QUIET_MS);
    now = (await newest.getAttribute('data-row')) ?? '';
  }
}

/** By the menu that readers have. */
async function save(page: Page, bench: Locator): Promise<string> {
  await bench.getByRole('button', { name: 'Save or open' }).click();
  return downloaded(page, bench.getByRole('button', { name: 'Capsule', exact: true }));
}

async function downloaded(page: Page, button: Locator): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return readFileSync(await download.path(), 'utf8');
}
