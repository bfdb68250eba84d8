import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

/** A recording with a box on the path, projected. */
const projected = '/embed/acknowledge/?acknowledge.show=recording&acknowledge.projector=on';

/** In a recording it was not the reader's. */
const script = 'that run’s script';

const laneNames = [
  script,
  'browser ↔ black-hole',
  'black-hole ↔ server program',
  'server program',
  'all lanes',
];

const rowsOf = (bench: BenchPage): Locator =>
  bench.root.getByRole('list', { name: /^Timeline/ }).getByRole('button');
const lanesOf = (bench: BenchPage): Locator =>
  bench.root.getByRole('group', { name: /^Lane shown/ });
const endsOf = (bench: BenchPage): Promise<string[]> =>
  bench.root.getByRole('list', { name: 'Lifelines' }).getByRole('listitem').allInnerTexts();

async function isShown(bench: BenchPage, lane: string): Promise<void> {
  await expect(lanesOf(bench).getByRole('button', { pressed: true })).toHaveText([lane]);
}

async function openProjected(page: Page, more = ''): Promise<BenchPage> {
  const bench = new BenchPage(page, 'acknowledge');
  await bench.openRecorded(`${projected}${more}`);
  await expect(rowsOf(bench).first()).toBeAttached();
  return bench;
}

/** What of the rows in the document begins with `Row 5, where:`. */
async function placesOf(bench: BenchPage): Promise<string[]> {
  const said = await rowsOf(bench).locator('.visually-hidden:first-child').allInnerTexts();
  return [...new Set(said.map((text) => text.replace(/^Row \d+, |:\s*$/g, '')))].sort();
}

test('a projected timeline shows one lane at a time, each with its own ends', async ({ page }) => {
  const bench = await openProjected(page);
  await expect(lanesOf(bench).getByRole('button')).toHaveText(['◂', ...laneNames, '▸']);
  await isShown(bench, laneNames[1]!);
  const wire = ['box', 'down, to the client', 'on the wire', 'up, to the server'];
  const expected: readonly (readonly [ends: string[], places: string[]])[] = [
    [[script], [script]],
    [['browser', 'black-hole'], wire],
    [['black-hole', 'server program'], wire.slice(1)],
    [['server program'], ['server program']],
  ];
  for (const [index, [ends, places]] of expected.entries()) {
    await lanesOf(bench).getByRole('button', { name: laneNames[index]!, exact: true }).click();
    await isShown(bench, laneNames[index]!);
    expect(await endsOf(bench)).toEqual(ends);
    for (const place of await placesOf(bench)) expect(places).toContain(place);
  }
  await bench.button('all lanes').click();
  expect(await endsOf(bench)).toEqual([script, 'browser', 'black-hole', 'server program']);
  // Out of the projector, all lanes stand side by side as ever.
  await bench.button(script).click();
  await bench.button('Projector').click();
  await expect(lanesOf(bench)).toHaveCount(0);
  expect(await endsOf(bench)).toHaveLength(4);
});

test('the keyboard alone goes from lane to lane at the same moment', async ({ page }) => {
  const bench = await openProjected(page);
  const current = bench.root.getByRole('list', { name: /^Timeline/ }).locator('[aria-current]');
  await rowsOf(bench).first().focus();
  await page.keyboard.press('End');
  await expect(current).toBeFocused();
  const timeOf = async () =>
    Number((await current.locator('.timeline-time').innerText()).replace(/[,\s]/g, ''));
  const time = await timeOf();
  const moves = [
    ['ArrowRight', 2],
    ['ArrowRight', 3],
    ['ArrowRight', 3],
    ['ArrowLeft', 2],
    ['ArrowLeft', 1],
    ['ArrowLeft', 0],
    ['ArrowLeft', 0],
  ] as const;
  for (const [key, lane] of moves) {
    await page.keyboard.press(key);
    await isShown(bench, laneNames[lane]!);
    await expect(current).toBeFocused();
    expect(await timeOf()).toBeLessThanOrEqual(time);
  }
});

test('a lane is in the address, and one that the path lacks is the first hop', async ({ page }) => {
  const bench = await openProjected(page, '&acknowledge.lane=hop-2');
  await isShown(bench, laneNames[2]!);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await bench.button('Lane after this one').click();
  await bench.button('Link to this').click();
  const link = await bench.root.getByRole('textbox', { name: 'Link to this' }).inputValue();
  expect(new URL(link).searchParams.get('acknowledge.lane')).toBe('server');
  await expect(bench.button('Lane after this one')).toHaveAttribute('aria-disabled', 'true');
  await openProjected(page, '&acknowledge.lane=hop-5');
  await isShown(bench, laneNames[1]!);
});

test('a row that the address or another view chooses brings its lane', async ({ page }) => {
  const bench = await openProjected(page);
  const told = await bench.rowWhere(({ seen }) => seen === 'server', 'a note of the server');
  await page.goto(`${projected}&acknowledge.row=${told.row}`);
  await isShown(bench, laneNames[3]!);
  const row = bench.root.locator(`[data-row="${told.row}"]`);
  await expect(row).toHaveAttribute('aria-current', 'true');
  await bench.tab('List').click();
  await bench.root.locator('tr[aria-selected="true"]').focus();
  await page.keyboard.press('Home');
  await bench.tab('Timeline').click();
  // The first thing that happened is that a connection was opened.
  await isShown(bench, laneNames[1]!);
});

test('the timeline with its controls fits the window of a projector', async ({ page }) => {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    const bench = await openProjected(page);
    const view = (await bench.root.getByRole('tabpanel').boundingBox())!;
    expect(view.height).toBeLessThanOrEqual(height);
    const scroller = (await bench.root.locator('.timeline-scroll').boundingBox())!;
    // Three rows at least, of 88 px each.
    expect(scroller.height).toBeGreaterThan(3 * 88);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test('axe finds nothing in any lane', async ({ page }) => {
  const bench = await openProjected(page);
  for (const name of laneNames) {
    await bench.button(name).click();
    await isShown(bench, name);
    await expectNoViolation(page, 'wire-bench');
  }
});
