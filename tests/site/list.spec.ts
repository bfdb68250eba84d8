import type { Locator } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { GONE_EVENTS, longRun } from './long-run.ts';
import { expect, test } from './site-test.ts';

const echoLesson = '/lessons/frames-bit-by-bit/';

const filterOf = (bench: BenchPage): Locator =>
  bench.root.getByRole('search', { name: 'Filter the list' });
const searchOf = (bench: BenchPage): Locator =>
  filterOf(bench).getByRole('searchbox', { name: 'Search in bytes and notes' });
/** What a screen reader is told of a filter. */
const toldOf = (bench: BenchPage): Locator => filterOf(bench).getByRole('status');
const countOf = (bench: BenchPage): Locator => filterOf(bench).locator('.list-count');

async function openList(bench: BenchPage): Promise<void> {
  await bench.open(echoLesson);
  for (const message of ['Hello', 'Goodbye']) {
    await bench.root.getByLabel('Message', { exact: true }).fill(message);
    await bench.button('Send').click();
    await bench.rowWhere(
      ({ seen, what }) => seen === 'page' && what.startsWith('message') && what.includes(message),
      `the answer to ${message}`,
    );
  }
  await bench.tab('List').click();
}

async function openLongList(bench: BenchPage, messages: number): Promise<void> {
  await bench.open(echoLesson);
  await bench.button('Save or open').click();
  await bench.openFile('long.capsule.json', longRun(messages));
  await bench.tab('List').click();
}

test('the keyboard alone filters and searches, and gets all rows back', async ({ page }) => {
  const bench = new BenchPage(page);
  await openList(bench);
  const all = await bench.rows();
  const numbers = (rows: typeof all) => rows.map(({ row }) => row);
  const way = filterOf(bench).getByLabel('Way');
  await expect(countOf(bench)).toHaveText(`${all.length} rows, by time`);
  await expect(toldOf(bench)).toHaveText('');

  await way.focus();
  await page.keyboard.press('ArrowDown');
  await expect(way).toHaveValue('up');
  const up = all.filter((row) => row.way === 'up');
  await expect(countOf(bench)).toHaveText(`${up.length} of ${all.length} rows, by time`);
  await expect(toldOf(bench)).toHaveText(`${up.length} of ${all.length} rows, by time`);
  expect(numbers(await bench.rows())).toEqual(numbers(up));

  await searchOf(bench).focus();
  await page.keyboard.type('goodBYE');
  const found = up.filter(({ what }) => what.includes('Goodbye'));
  // A frame and its message: the payload is masked on the wire, and found.
  expect(found.map(({ kind }) => kind)).toEqual(['ws.frame', 'ws.message']);
  await expect(toldOf(bench)).toHaveText(`2 of ${all.length} rows, by time`);
  expect(await bench.rows()).toEqual(found);

  await bench.button('Show all rows').focus();
  await page.keyboard.press('Enter');
  await expect(toldOf(bench)).toHaveText(`${all.length} rows, by time`);
  await expect(searchOf(bench)).toBeFocused();
  expect(numbers(await bench.rows())).toEqual(numbers(all));
});

test('each choice lists what has it in common, and takes in what comes', async ({ page }) => {
  const bench = new BenchPage(page);
  await openList(bench);
  const all = await bench.rows();
  for (const [name, value, passes] of [
    ['Kind', 'ws.frame', ({ kind }) => kind === 'ws.frame'],
    ['Sender', 'SERVER', ({ sender }) => sender === 'SERVER'],
    ['Sender', 'ROBOT', () => false],
    ['Hop', '0', ({ kind }) => !['app', 'server'].includes(kind)],
  ] as const satisfies readonly (readonly [string, string, (row: (typeof all)[0]) => boolean])[]) {
    await filterOf(bench).getByLabel(name).selectOption(value);
    const expected = all.filter(passes);
    await expect(countOf(bench)).toHaveText(`${expected.length} of ${all.length} rows, by time`);
    expect(await bench.rows()).toEqual(expected);
    await filterOf(bench).getByLabel(name).selectOption('');
  }

  await searchOf(bench).fill('later');
  await expect(countOf(bench)).toHaveText(/^0 of/);
  await bench.root.getByLabel('Message', { exact: true }).fill('See you later');
  await bench.button('Send').click();
  // Told by the script, sent, echoed, and told again: frames with their messages, and the notes.
  await expect(countOf(bench)).toHaveText(/^[5-9] of/);
  for (const { what } of await bench.rows()) expect(what).toContain('See you later');
});

test('the keys walk the rows that are listed, and the bytes follow', async ({ page }) => {
  const bench = new BenchPage(page);
  await openList(bench);
  await filterOf(bench).getByLabel('Kind').selectOption('ws.frame');
  await expect(countOf(bench)).toHaveText(/^4 of/);
  const listed = await bench.rows();
  const grid = bench.root.getByRole('grid', { name: 'All rows; the arrow keys walk them' });
  const current = grid.getByRole('row', { selected: true });
  await grid.locator('tbody tr[tabindex="0"]').focus();
  await page.keyboard.press('Home');
  for (const { row } of listed) {
    await expect(current).toBeFocused();
    await expect(current.locator('.col-row')).toHaveText(String(row));
    await expect(
      bench.root.getByRole('heading', { name: new RegExp(`^Row ${row}:`) }),
    ).toBeVisible();
    await page.keyboard.press('ArrowDown');
  }
});

test('of 20,000 rows a few are in the document, the keys reach both ends, and a gap is a row', async ({
  page,
}) => {
  const bench = new BenchPage(page);
  await openLongList(bench, 10_000);
  // Two rows a message, four for each opening, and the gap.
  const all = '20,009';
  await expect(countOf(bench)).toHaveText(`${all} rows, by time`);
  const rows = bench.root.locator('.list tbody tr[aria-rowindex]');
  expect(await rows.count()).toBeLessThan(80);
  const current = bench.root.getByRole('row', { selected: true });
  await rows.first().focus();
  await page.keyboard.press('End');
  await expect(current).toContainText('“message 10000”');
  await expect(current).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('Home');
  await expect(current).toContainText('TCP connection 1 opened');
  await expect(current).toBeInViewport({ ratio: 0.9 });

  await searchOf(bench).fill('message 7777');
  const gap = rows.filter({ hasText: `${GONE_EVENTS} older events were dropped here` });
  await expect(countOf(bench)).toHaveText(`3 of ${all} rows, by time`);
  await expect(rows).toHaveCount(3);
  await expect(gap).toBeVisible();
  await expect(rows.first()).toContainText('older events were dropped');
  const times = await rows.locator('.col-ms').allInnerTexts();
  expect(times.map(Number)).toEqual(times.map(Number).toSorted((one, other) => one - other));
});

test('axe finds nothing on a filtered list with a gap', async ({ page }) => {
  const bench = new BenchPage(page);
  await openLongList(bench, 10);
  await searchOf(bench).fill('message');
  await expect(bench.button('Show all rows')).toBeVisible();
  await expectNoViolation(page, 'wire-bench');
});

test('360 px are enough for the filter and the list', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const bench = new BenchPage(page);
  await openList(bench);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  for (const control of await filterOf(bench).locator('input, select').all()) {
    const box = await control.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(360);
  }
  expect(
    await bench.root.locator('.list-scroll').evaluate((node) => node.clientHeight),
  ).toBeGreaterThan(150);
});
