import type { Page } from '@playwright/test';
import { writtenLessons } from '#tests/content/lesson-text.ts';
import { expectNoViolation } from './axe.ts';
import { expect, test } from '#tests/site/site-test.ts';

const pages = [
  '/',
  '/lessons/',
  '/teach/',
  '/quiz/',
  '/code/echo/',
  ...writtenLessons().map(({ slug }) => `/lessons/${slug}/`),
];
const lesson = '/lessons/frames-bit-by-bit/';

/** Reads by how much a page is wider than its window, in CSS pixels. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

/** Names the elements whose own text is smaller than 12 px. */
const smallTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.body.querySelectorAll('*')]
      .filter((element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()),
      )
      .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 12)
      .map((element) => `${element.localName}.${element.className}`),
  );

for (const path of pages) {
  test(`axe finds nothing on ${path}, in either theme, nor any text under 12 px`, async ({
    page,
  }) => {
    await page.goto(path);
    await page.evaluate(() => document.fonts.ready);
    expect(await smallTexts(page)).toEqual([]);
    await expectNoViolation(page);
  });

  test(`${path} fits 360 px, and 1280 px at 200 % zoom, its texts at 12 px or more`, async ({
    page,
  }) => {
    for (const width of [360, 640]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(path);
      expect(await overflow(page), `at ${width} px`).toBe(0);
      expect(await smallTexts(page), `at ${width} px`).toEqual([]);
    }
  });
}

test('an explanation passes axe when it is unfolded, in both themes', async ({ page }) => {
  await page.goto(`${lesson}#when-the-header-grows`);
  const skip = page.getByRole('button', { name: 'Skip' });
  while (await skip.count()) await skip.first().click();
  await page.getByText('Answer', { exact: true }).first().click();
  await expectNoViolation(page, 'article');
});

test('the skip link is the first stop and leads to the text', async ({ page }) => {
  await page.goto(lesson);
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the text' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});

test('the header is walked by keyboard in reading order', async ({ page }) => {
  await page.goto('/');
  await expect(page.locator('server-state').first()).toHaveAttribute('data-state', 'live');
  const stops = ['Skip to the text', 'Switching Protocols', 'Lessons', 'Teach', 'Search'];
  for (const stop of stops) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => document.activeElement?.textContent?.trim());
    expect(name).toContain(stop);
  }
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Theme' })).toBeFocused();
});

test('the theme is kept, and there before the first paint', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto('/');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  const background = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.goto(lesson);
  expect(await background()).toBe(dark);
  await expect(page.getByRole('combobox', { name: 'Theme' })).toHaveValue('dark');
  // The script stands before every style sheet and blocks, so no paint comes before it.
  const first = page.locator('head :is(script, link[rel=stylesheet])').first();
  await expect(first).not.toHaveAttribute('src');
  expect(await first.textContent()).toContain('sp:theme');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('system');
  await page.reload();
  expect(await background()).not.toBe(dark);
});

test('the menu opens on a phone and holds the course', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(lesson);
  const course = page.getByRole('navigation', { name: 'Course' });
  await expect(course).toBeHidden();
  await page.getByRole('button', { name: 'Menu' }).click();
  await expect(course).toBeVisible();
  await expectNoViolation(page);
  await page.keyboard.press('Escape');
  await expect(course).toBeHidden();
  await page.getByRole('button', { name: 'Menu' }).click();
  await course.getByRole('link', { name: 'Close with a code' }).click();
  await expect(page.getByRole('heading', { name: 'Close with a code' })).toBeInViewport();
  await expect(course).toBeHidden();
});

test('search finds a lesson by keyboard alone, under the policy', async ({ page }) => {
  await page.goto('/');
  await page.keyboard.press('/');
  const field = page.getByRole('searchbox', { name: 'Search the course' });
  await expect(field).toBeFocused();
  await field.fill('masking key');
  const result = page.getByRole('dialog').getByRole('link').first();
  await expect(result).toContainText('Frames, bit by bit');
  await expect(page.getByRole('dialog').locator('mark').first()).toBeVisible();
  await expectNoViolation(page, 'dialog');
  await page.keyboard.press('ArrowDown');
  await expect(result).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/lessons\/frames-bit-by-bit\//);
});

test('search opens with Ctrl-K, says when nothing is found, and closes with Escape', async ({
  page,
}) => {
  await page.goto(lesson);
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await dialog.getByRole('searchbox').fill('qqqqqqqq');
  await expect(dialog.getByRole('status')).toHaveText('Nothing found for “qqqqqqqq”.');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test.describe('an unknown address', () => {
  test.use({ expectedConsole: [/404/] });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`is answered with a page in which axe finds nothing, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto('/no-such-page/');
      await expectNoViolation(page);
    });
  }

  test('is answered with 404 and our page', async ({ page }) => {
    const response = await page.goto('/lessons/no-such-lesson/');
    expect(response?.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Nothing here');
    await page.getByRole('link', { name: 'all lessons' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lessons');
  });
});

test('the header says where the demo server is', async ({ page, server }) => {
  await page.goto('/');
  const { host } = new URL(server.address);
  await expect(page.getByText(`demo server · ${host}`).first()).toBeVisible();
});

test.describe('without its server', () => {
  test.use({ expectedConsole: [/ERR_CONNECTION_REFUSED|Failed to load resource/] });

  test('the header says so when the demo server is gone, and when it is back', async ({
    page,
    server,
  }) => {
    await page.goto('/teach/');
    const state = page.locator('.top server-state');
    await expect(state).toHaveAttribute('data-state', 'live');
    await server.stop();
    await expect(state).toHaveText('demo server not reachable', { timeout: 10_000 });
    await server.start();
    await expect(state).toHaveAttribute('data-state', 'live', { timeout: 10_000 });
  });
});

test('a bench tells the header about the demo server by sp:server', async ({ page }) => {
  await page.goto('/teach/');
  const state = page.locator('.top server-state');
  await expect(state).toHaveAttribute('data-state', 'live');
  await page.evaluate(() =>
    window.dispatchEvent(new CustomEvent('sp:server', { detail: { state: 'unreachable' } })),
  );
  await expect(state).toHaveText('demo server not reachable');
});
