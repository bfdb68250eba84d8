import type { Locator } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const viewOf = (bench: BenchPage): Locator =>
  bench.root.getByRole('region', { name: /^This run beside the recording/ });
const pairsOf = (bench: BenchPage): Locator => viewOf(bench).getByRole('listitem');

test('a live run stands beside the recording, and says what differs', async ({ page }) => {
  const bench = new BenchPage(page);
  const files: string[] = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  await bench.open('/embed/echo/');
  const loaded = () => files.filter((path) => /Comparison|echo\.json/.test(path));
  expect(loaded()).toEqual([]);
  await bench.tab('Compare').click();
  await expect(viewOf(bench)).toContainText('Nothing has happened in this run yet');
  expect(loaded().filter((path) => path.includes('Comparison'))).toHaveLength(1);

  // As in the recording, but for the message.
  await bench.root.getByLabel('Message', { exact: true }).fill('Hallo!');
  await bench.button('Send').click();
  const sent = pairsOf(bench).filter({ hasText: '“Hallo!”' }).filter({ hasText: 'Your browser' });
  await expect(sent.filter({ hasText: 'bytes' })).toContainText(
    'Your browser: 12 bytes, the recording 11; payloadLength 6, the recording 5; text Hallo!, the recording Hello.',
  );
  // Who made the recording, when, and with what; and what this one is.
  await expect(viewOf(bench)).toContainText(/RECORDED, \d+ \w+ \d{4} · Chromium \d+/);
  await expect(viewOf(bench)).toContainText(/Yours, live, Chromium \d+/);
  await expect(viewOf(bench)).toContainText(
    /\d+ rows say the same, \d+ differ, \d+ are only in this run, \d+ only in the recording\./,
  );
  // The close is not there yet.
  const close = pairsOf(bench)
    .filter({ hasText: 'In the recording only.' })
    .filter({ hasText: '4001' });
  await expect(close.first()).toBeVisible();
  const upgraded = pairsOf(bench).filter({ hasText: 'upgraded' });
  await expect(upgraded).toHaveCount(0);
  await bench.root.getByLabel('Only what differs').uncheck();
  await expect(upgraded).toContainText('the same');
});

test('the keyboard alone comes to it and chooses a row, whose bytes are shown', async ({
  page,
}) => {
  const bench = new BenchPage(page);
  await bench.open('/embed/echo/?echo.tab=compare&echo.message=Hi');
  await bench.button('Send').focus();
  await page.keyboard.press('Enter');
  const row = pairsOf(bench).filter({ hasText: 'text “Hi” FIN masked' }).getByRole('button');
  await row.focus();
  await page.keyboard.press('Enter');
  await expect(row).toHaveAttribute('aria-current', 'true');
  await expect(bench.root.getByRole('heading', { name: /^Row \d+: text/ })).toBeVisible();
  await bench.tab('Compare').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(bench.tab('Code')).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(bench.tab('Compare')).toBeFocused();
  await expect(pairsOf(bench).first()).toBeVisible();
});

test('a recording does not stand beside itself', async ({ page }) => {
  const bench = new BenchPage(page);
  await page.goto('/embed/echo/?echo.show=recording&echo.tab=compare');
  await expect(viewOf(bench)).toContainText('What is shown is the recording itself.');
});

test.describe('a recording that cannot be loaded', () => {
  test.use({ expectedConsole: [/404|Failed to load/] });
  test('is said to be missing', async ({ page }) => {
    const bench = new BenchPage(page);
    await page.route('**/captures/echo.json', (route) => route.fulfill({ status: 404 }));
    await bench.open('/embed/echo/?echo.tab=compare');
    await expect(viewOf(bench).getByRole('alert')).toHaveText('The recording could not be loaded.');
  });
});

test('axe finds nothing, wide and on a phone', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open('/embed/echo/?echo.tab=compare');
  await bench.button('Send').click();
  await bench.root.getByLabel('Only what differs').uncheck();
  await expect(pairsOf(bench).filter({ hasText: '“Hello”' }).first()).toBeVisible();
  await expectNoViolation(page, 'wire-bench');
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoViolation(page, 'wire-bench');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  // Also in the widest font that a reader may have in place of ours, the last tab is whole.
  await bench.root.evaluate((element) => {
    for (const tab of element.querySelectorAll<HTMLElement>('[role="tab"]')) {
      tab.style.fontFamily = 'monospace';
    }
  });
  const [tab, whole] = [await bench.tab('Compare').boundingBox(), await bench.root.boundingBox()];
  expect(tab!.x + tab!.width).toBeLessThanOrEqual(whole!.x + whole!.width);
});
