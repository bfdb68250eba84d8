import { readFile } from 'node:fs/promises';
import type { Download } from '@playwright/test';
import { decodeCapsule } from '#capture/export/capsule.ts';
import { expectNoViolation } from './axe.ts';
import { BenchPage, type ListedRow } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const echoLesson = '/lessons/frames-bit-by-bit/';

async function sayHello(bench: BenchPage): Promise<void> {
  await bench.open(echoLesson);
  await bench.button('Send').click();
  await expect(bench.root.getByText('“Hello”').first()).toBeVisible();
  await bench.rowWhere((row) => row.seen === 'page' && row.what.startsWith('message'), 'message');
}

async function save(bench: BenchPage, format: string): Promise<Download> {
  const [download] = await Promise.all([
    bench.page.waitForEvent('download'),
    bench.button(format).click(),
  ]);
  return download;
}

const contentOf = async (download: Download): Promise<Buffer> => readFile(await download.path());

/** What two readings of the same run have in common: not the numbers, which follow arrival. */
const told = (rows: readonly ListedRow[]): string[] =>
  rows.map(({ row: _, ...rest }) => JSON.stringify(rest)).sort();

test('another app’s cookie is in no export', async ({ page, context, server }) => {
  await context.addCookies([{ name: 'other', value: 'topsecret', url: server.address }]);
  const bench = new BenchPage(page);
  await sayHello(bench);
  await bench.button('Save or open').click();
  for (const format of ['Capsule', 'HAR', 'pcapng']) {
    const content = (await contentOf(await save(bench, format))).toString('latin1');
    const octets =
      format === 'Capsule'
        ? decodeCapsule(content).events.map((event) =>
            event.kind === 'octets' ? Buffer.from(event.octets).toString('latin1') : '',
          )
        : [content];
    expect(octets.join('')).toContain('echo/ws');
    expect(octets.join('') + content).not.toMatch(/topsecret|other=/);
  }
});

test('a run is saved as capsule, HAR and pcapng, named by demo and time', async ({ page }) => {
  const bench = new BenchPage(page);
  await sayHello(bench);
  await bench.button('Save or open').click();

  const capsule = await save(bench, 'Capsule');
  expect(capsule.suggestedFilename()).toMatch(/^echo-\d{4}-\d\d-\d\dT\d\d-\d\d\.capsule\.json$/);
  const { demo, browser, parameters, page: seen } = decodeCapsule(String(await contentOf(capsule)));
  expect([demo, parameters['message']]).toEqual(['echo', 'Hello']);
  expect(browser).toMatch(/^Chromium \d+$/);
  expect(seen.map(({ name }) => name)).toEqual(['open', 'send', 'message']);

  const har = await save(bench, 'HAR');
  expect(har.suggestedFilename()).toMatch(/^echo-.*\d\.har$/);
  const { log } = JSON.parse(String(await contentOf(har))) as {
    log: { entries: { startedDateTime: string; _webSocketMessages: { data: string }[] }[] };
  };
  expect(log.entries[0]?._webSocketMessages.map(({ data }) => data)).toEqual(['Hello', 'Hello']);
  const age = Date.now() - Date.parse(log.entries[0]?.startedDateTime ?? '');
  expect(age).toBeGreaterThanOrEqual(0);
  expect(age).toBeLessThan(60_000);

  const pcapng = await save(bench, 'pcapng');
  expect(pcapng.suggestedFilename()).toMatch(/^echo-.*\d\.pcapng$/);
  // The type of a section header block.
  expect((await contentOf(pcapng)).subarray(0, 4).toString('hex')).toBe('0a0d0d0a');
});

test('a capsule opens as the run that it was, at rest, and leads back to live', async ({
  page,
}) => {
  const bench = new BenchPage(page);
  await sayHello(bench);
  const live = await bench.rows();
  await bench.button('Save or open').click();
  const capsule = await contentOf(await save(bench, 'Capsule'));
  await bench.button('Clear').click();
  await bench.isLive();
  await bench.root.getByLabel('Message', { exact: true }).fill('Another');
  await bench.openFile('run.capsule.json', capsule);

  await expect(bench.root.getByText(/^RECORDED · \d+ \w+ \d{4} · Chromium \d+$/)).toBeVisible();
  await expect(bench.button('Save or open')).toBeFocused();
  const isOfTheRun = ({ kind }: ListedRow): boolean => !kind.startsWith('tcp.');
  expect(told((await bench.rows()).filter(isOfTheRun))).toEqual(told(live.filter(isOfTheRun)));
  await expect(bench.button('Send')).toBeDisabled();
  await expect(bench.root.getByLabel('Message', { exact: true })).toBeDisabled();
  await expect(bench.root.getByLabel('Message', { exact: true })).toHaveValue('Hello');

  await bench.button('Back to live').press('Enter');
  await bench.isLive();
  await expect(bench.root.getByText(/^RECORDED/)).toHaveCount(0);
  await expect(bench.root.getByLabel('Message', { exact: true })).toHaveValue('Another');
  expect(await bench.rows()).toEqual([]);
  await bench.button('Send').click();
  await bench.rowWhere((row) => row.kind === 'ws.frame' && row.way === 'down', 'echo');
});

test('goals that a capsule meets are shown, and do not count', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(`${echoLesson}?echo.code=4001`);
  const recording = await readFile('content/captures/echo.json');
  await bench.button('Save or open').click();
  await bench.openFile('echo.json', recording);
  await bench.button('Two ways to end').click();
  const goals = bench.root.getByRole('region', { name: 'Challenge' }).getByRole('listitem');
  await expect(goals.nth(1)).toContainText('Done');
  await bench.button('Header hunter').click();
  await expect(goals.nth(1)).toContainText('Done');
  expect(await page.evaluate(() => localStorage.getItem('sp:progress'))).toBeNull();
});

test('a capsule that meets a whole challenge says so and marks nothing', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open('/lessons/the-request-you-never-send/');
  await bench.button('Save or open').click();
  await bench.openFile('cache.json', await readFile('content/captures/cache-fields.json'));
  await expect(bench.root.getByText(/^✓ Met in this recording/)).toBeVisible();
  expect(await page.evaluate(() => localStorage.getItem('sp:progress'))).toBeNull();
});

test('a capsule of another demo names the lesson whose bench opens it', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(echoLesson);
  await bench.button('Save or open').click();
  await bench.openFile('other.json', await readFile('content/captures/cache-fields.json'));
  await expect(bench.root.getByRole('alert')).toContainText('of another demo, “cache-fields”');
  await bench.root.getByRole('link', { name: /The request you never send/ }).click();
  await expect(page).toHaveURL(/\/lessons\/the-request-you-never-send\/$/);
});

test('what is no capsule is told in a sentence, and the bench stays live', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(echoLesson);
  await bench.button('Save or open').click();
  await bench.openFile('photo.json', 'no JSON');
  await expect(bench.root.getByRole('alert')).toHaveText(
    'This file is no capsule: it is not JSON.',
  );
  const broken = JSON.parse(await readFile('content/captures/echo.json', 'utf8')) as object;
  await bench.openFile('broken.json', JSON.stringify({ ...broken, browser: 5 }));
  await expect(bench.root.getByRole('alert')).toContainText('browser');
  await bench.isLive();
});

test('threat 16: texts of a capsule are text and nothing else', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(echoLesson);
  await bench.button('Save or open').click();
  const capsule = JSON.parse(await readFile('content/captures/echo.json', 'utf8')) as object;
  const browser = '<img src=x onerror=alert(1)>\u202e';
  await bench.openFile('evil.json', JSON.stringify({ ...capsule, browser }));
  await expect(bench.root.getByText(/<img src=x onerror=alert\(1\)>‹U\+202E›/)).toBeVisible();
  expect(await bench.root.locator('img').count()).toBe(0);
});

test('axe finds nothing with the menu open, with an error, and in a replay', async ({ page }) => {
  const bench = new BenchPage(page);
  await sayHello(bench);
  await bench.button('Save or open').click();
  await bench.openFile('photo.json', 'no JSON');
  await expect(bench.root.getByRole('alert')).toBeVisible();
  await expectNoViolation(page, 'wire-bench');
  await bench.openFile('echo.json', await readFile('content/captures/echo.json'));
  for (const tab of ['List', 'Timeline']) {
    await bench.tab(tab).click();
    await expectNoViolation(page, 'wire-bench');
  }
});

test('the menu opens and closes by keyboard, and fits a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const bench = new BenchPage(page);
  await bench.open(echoLesson);
  const button = bench.button('Save or open');
  await button.press('Enter');
  const menu = bench.root.getByRole('group', { name: 'Save or open' });
  await expect(menu).toContainText('There is nothing to save yet.');
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.keyboard.press('Tab');
  await expect(bench.button('Open a capsule…')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(button).toBeFocused();
});
