import { expect, test } from './site-test.ts';

test('a printed bench is a handout with the run’s rows, marked as what they are', async ({
  page,
}) => {
  await page.goto('/embed/echo/?echo.show=recording&echo.row=15');
  await expect(page.getByRole('heading', { name: /^Row 15/ })).toBeVisible();
  const table = page.locator('.bench-print');
  await expect(table).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await expect(table).toBeVisible();
  await expect(table.locator('caption')).toContainText(/Echo: \d+ rows of a recording \(RECORDED/);
  const rows = Number(/(\d+) rows/.exec(await table.locator('caption').innerText())?.[1]);
  expect(await table.locator('tbody tr').count()).toBe(rows);
  await expect(table).toContainText('text “Hello” FIN masked len 5');
  await expect(page.getByRole('button', { name: 'Send' })).toBeHidden();
  await expect(page.getByRole('button', { name: 'Back to live' })).toBeHidden();
  for (const cell of await page.locator('.unmasking-bits td').all()) {
    await expect(cell).toHaveCSS('color', 'rgb(0, 0, 0)');
  }
  await expect(page.getByText('sent by the browser of that run (BROWSER)')).toBeVisible();
  expect(await table.evaluate((element) => getComputedStyle(element).color)).toBe('rgb(0, 0, 0)');
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(table).toHaveCount(0);
});
