import type { Locator } from '@playwright/test';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

/** Where the tops of these elements' boxes are; of those in one line, at one place. */
const linesOf = (elements: Locator) =>
  elements.evaluateAll((all) => [
    ...new Set(all.map((each) => Math.round(each.getBoundingClientRect().top))),
  ]);

test('a bench’s header is one line on a wide screen, however long its address', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const bench = new BenchPage(page, 'press-twice');
  await bench.open('/lessons/verbs-that-mean-something/');
  await expect(bench.root.locator('.chip-address')).toBeVisible();
  expect(await linesOf(bench.root.locator('.bench-actions > button'))).toHaveLength(1);
  const header = (await bench.root.locator('.bench-header').boundingBox())!;
  const button = (await bench.button('Clear').boundingBox())!;
  expect(header.height).toBeLessThan(2 * button.height);
});

test('the five views’ tabs are one line on a phone', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const bench = new BenchPage(page, 'press-twice');
  await bench.open('/lessons/verbs-that-mean-something/');
  expect(await linesOf(bench.root.getByRole('tab'))).toHaveLength(1);
});

test('a row’s kind is not cut in the list', async ({ page }) => {
  for (const width of [1280, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    const bench = new BenchPage(page, 'press-twice');
    await page.goto('/embed/press-twice/?press-twice.show=recording&press-twice.tab=list');
    const kinds = bench.root.locator('tbody .col-kind').filter({ hasText: 'http.req.head' });
    await expect(kinds.first()).toBeVisible();
    const isCut = await kinds
      .first()
      .evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth);
    expect(isCut).toBe(false);
  }
});

test('what is chosen can be told where colours are the reader’s own', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const bench = new BenchPage(page, 'press-twice');
  await bench.open('/lessons/verbs-that-mean-something/');
  const colourOf = (element: Locator) =>
    element.evaluate((each) => getComputedStyle(each).backgroundColor);
  const choices = bench.root.locator('.control-choices label > span');
  expect(await colourOf(choices.nth(0))).not.toBe(await colourOf(choices.nth(1)));
  expect(await colourOf(bench.tab('Timeline'))).not.toBe(await colourOf(bench.tab('List')));
});
