import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { expect, test } from './site-test.ts';

const capture = join(import.meta.dirname, '../../content/captures/race.json');
const year = new Date((JSON.parse(readFileSync(capture, 'utf8')) as { made: string }).made)
  .getUTCFullYear()
  .toString();

const opening = (page: Page): Locator =>
  page.getByRole('region', { name: 'One feed, six ways to deliver it' });

test('the home page runs the race on the reader’s connections', async ({ page }) => {
  const lanes = new Set<string>();
  const note = (url: string) => lanes.add(/\/([a-z]+)\?feed=/.exec(url)?.[1] ?? '');
  page.on('request', (request) => note(request.url()));
  page.on('websocket', (socket) => note(socket.url()));
  await page.goto('/');
  await expect(opening(page).getByText('live', { exact: true })).toBeVisible();
  await expect(opening(page).getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(opening(page).getByText(/Measured just now/)).toBeVisible({ timeout: 25_000 });
  for (const lane of ['poll', 'long', 'events', 'stream', 'ws', 'deflate']) {
    expect([...lanes]).toContain(lane);
  }
  await expect(opening(page).getByRole('listitem').first()).toContainText(/\d ms late/);
  await expect(opening(page).getByRole('button', { name: 'Race again' })).toBeVisible();
});

test('it stops when the reader says so', async ({ page }) => {
  await page.goto('/');
  await opening(page).getByRole('button', { name: 'Stop' }).click();
  await expect(opening(page).getByRole('button', { name: /Race/ })).toBeVisible();
});

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false });
  test('the recorded figures stand there, with their date', async ({ page }) => {
    await page.goto('/');
    await expect(opening(page).getByText(/^RECORDED/)).toContainText(year);
    await expect(opening(page).getByRole('listitem')).toHaveCount(6);
    for (const lane of await opening(page).getByRole('listitem').all()) {
      await expect(lane).toContainText(/\d bytes per event/);
    }
    await expect(
      opening(page).getByRole('link', { name: 'Where the milliseconds go' }),
    ).toBeVisible();
  });
});

test.describe('for who wants no motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });
  test('nothing starts by itself, and a button starts it', async ({ page }) => {
    await page.goto('/');
    const start = opening(page).getByRole('button', { name: 'Race on your connections' });
    await expect(start).toBeVisible();
    await expect(opening(page).getByText(/^RECORDED/)).toBeVisible();
    await start.press('Enter');
    await expect(opening(page).getByText('live', { exact: true })).toBeVisible();
  });

  test('axe finds nothing, and it fits 360 px', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto('/');
    await expect(opening(page).getByRole('button')).toBeVisible();
    await expectNoViolation(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});
