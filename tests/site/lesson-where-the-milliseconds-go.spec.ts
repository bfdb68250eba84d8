import type { Locator } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';
import { serveStatically } from './static-site.ts';

const lesson = '/lessons/where-the-milliseconds-go/';

/** Short, so that a race takes two seconds and not ten. */
const quick = `${lesson}?race.events=20&race.everyMs=100&race.pollMs=500`;

const lane = (bench: BenchPage, name: string): Locator =>
  bench.root.getByRole('row', { name: new RegExp(`^${name} \\d`) });
const goal = (bench: BenchPage): Locator =>
  bench.root.getByRole('region', { name: 'Challenge' }).getByRole('listitem').first();

async function race(bench: BenchPage, address: string): Promise<void> {
  await bench.open(address);
  await bench.button('Start').click();
  await expect(bench.root.getByText('The race is over')).toBeVisible({ timeout: 25_000 });
}

/** One column of a lane’s row, as a number. */
async function figure(bench: BenchPage, name: string, column: number): Promise<number> {
  const text = await lane(bench, name).getByRole('cell').nth(column).innerText();
  return Number(text.replace(/[^\d.]/g, ''));
}

test('every lane brings every event, on connections of the reader’s own', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  const asked = { poll: 0, long: 0 };
  page.on('request', (request) => {
    const kind = /\/(poll|long)\?feed=/.exec(request.url())?.[1] as keyof typeof asked | undefined;
    if (kind !== undefined) asked[kind] += 1;
  });
  await race(bench, quick);
  for (const name of ['Short polling', 'Long polling', 'SSE', 'Fetch stream', 'WebSocket']) {
    expect(await figure(bench, name, 0), name).toBe(20);
  }
  // What the table says of requests is what the browser made.
  expect(await figure(bench, 'Short polling', 5)).toBe(asked.poll);
  expect(await figure(bench, 'Long polling', 5)).toBe(asked.long);
  for (const name of ['SSE', 'Fetch stream', 'WebSocket', 'WebSocket, deflated']) {
    expect(await figure(bench, name, 5), name).toBe(1);
  }
  // Each frame costs 92 bytes; what is more is the handshake’s.
  const [plain, deflated] = [
    await figure(bench, 'WebSocket', 4),
    await figure(bench, 'WebSocket, deflated', 4),
  ];
  expect(plain).toBeGreaterThan(92);
  expect(deflated).toBeLessThan(plain + 5);
  // A head up and a head down for each question, however many there were.
  expect(20 * (await figure(bench, 'Long polling', 4))).toBeGreaterThan(500 * asked.long);
});

test('“Make long polling lose” is solved by a way longer than the gap', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  await race(bench, `${lesson}?race.delayMs=200&race.events=30&race.everyMs=100`);
  await expect(goal(bench)).toContainText('Done');
  await expect(bench.root.getByText(/predicted 400 ms/).first()).toBeVisible();
});

test('it is not solved by events rarer than round trips', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  await race(bench, `${lesson}?race.delayMs=100&race.events=30&race.everyMs=450&race.pollMs=500`);
  await expect(goal(bench)).toContainText('Waits for');
});

test('it is not solved by a few events', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  await race(bench, `${lesson}?race.delayMs=200&race.events=10&race.everyMs=100`);
  await expect(goal(bench)).toContainText('Waits for');
});

test('one lane runs alone, and a race is stopped by keyboard', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  await race(bench, `${quick}&race.lanes=ws`);
  await expect(bench.root.locator('.race-table tbody tr')).toHaveCount(1);
  await bench.root.getByLabel('Who runs').selectOption('all', { force: true });
  await bench.button('Start').press('Enter');
  await expect(bench.root.getByText(/^Event \d+ of 20\.$/)).toBeVisible();
  await bench.button('Stop').press('Enter');
  await expect(bench.root.getByText('Stopped.')).toBeVisible();
  await expect(bench.button('Start')).toBeEnabled();
});

test('axe finds nothing after a race, and it fits 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const bench = new BenchPage(page, 'race');
  await race(bench, quick);
  await expectNoViolation(page, 'wire-bench');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('a copy without a server shows the recorded race, solved', async ({ browser }) => {
  const site = await serveStatically();
  const page = await browser.newPage();
  try {
    await page.goto(`${site.address}${lesson}`);
    const bench = new BenchPage(page, 'race');
    await bench.root.scrollIntoViewIfNeeded();
    await expect(bench.root.getByText(/^RECORDED/)).toBeVisible();
    expect(await figure(bench, 'Long polling', 0)).toBe(30);
    await expect(goal(bench)).toContainText('Done');
    // The home page has the same race, and loads nothing to run it with.
    await page.goto(site.address);
    const opening = page.getByRole('region', { name: 'One feed, six ways to deliver it' });
    await expect(opening.getByText(/^RECORDED/)).toBeVisible();
    await expect(opening.getByRole('button')).toHaveCount(0);
  } finally {
    await page.close();
    await site.close();
  }
});
