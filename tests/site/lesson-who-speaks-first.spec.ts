import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';
import { serveStatically } from './static-site.ts';

const lesson = '/lessons/who-speaks-first/';

/** Seed 4 leaves 5.7 s before the first letter that comes by itself. */
const quiet = `${lesson}?mailbox.seed=4`;

const boxesOf = (bench: BenchPage): Locator =>
  bench.root.getByRole('list', { name: 'What came' }).getByRole('listitem');
const letter = (bench: BenchPage, number: number): Locator =>
  bench.root.getByRole('listitem', { name: new RegExp(`^Letter ${number}, .* old$`) });
const hollow = (bench: BenchPage): Locator => boxesOf(bench).filter({ hasText: 'empty' });
const goal = (bench: BenchPage): Locator =>
  bench.root.getByRole('region', { name: 'Challenge' }).getByRole('listitem').first();

async function listen(bench: BenchPage, way: string): Promise<void> {
  await bench.root.getByLabel('How to be told').selectOption(way);
  await bench.button('Start').click();
  await expect(bench.button('Drop a letter now')).toBeEnabled();
}

test.describe('“No hollow boxes” is solved', () => {
  for (const way of ['wait', 'events', 'socket']) {
    test(`by ${way}: ten letters, one after another`, async ({ page }) => {
      const bench = new BenchPage(page);
      await bench.open(lesson);
      await listen(bench, way);
      // The mailbox is open once a listener is there.
      await bench.rowWhere(
        ({ kind, what }) => kind === 'app' && /^(?:ask|open)/.test(what),
        'a question',
      );
      for (let number = 1; number <= 10; number++) {
        await bench.button('Drop a letter now').click();
        await expect(letter(bench, number)).toBeVisible();
      }
      await expect(goal(bench)).toContainText('Done');
      await expect(hollow(bench)).toHaveCount(0);
      await expect(bench.root.getByText(/no answer was empty .* another way/)).toBeVisible();
    });
  }
});

test.describe('asking by the clock', () => {
  test('has empty answers, drawn hollow and counted, and does not solve it', async ({ page }) => {
    const bench = new BenchPage(page);
    let asked = 0;
    page.on('request', (request) => (asked += request.url().includes('/mail?since=') ? 1 : 0));
    await bench.open(quiet);
    await listen(bench, 'every-1');
    await expect(hollow(bench)).toHaveCount(2);
    for (let count = 0; count < 10; count++) await bench.button('Drop a letter now').click();
    await expect(letter(bench, 10)).toBeVisible();
    await bench.button('Stop').click();
    await expect(goal(bench)).toContainText('Waits for');
    const row = bench.root.getByRole('row', { name: /^ask every 1 s/ });
    await expect(row).toContainText('predicted: 72 %');
    await expect(row).toContainText(/predicted: 500 ms/);
    await expect(row).toContainText(/ms, n = 1\d/);
    // Each question is a request that the browser made, and each box stands for one answer or letter.
    const figure = bench.root
      .getByText('requests, empty', { exact: true })
      .locator('..')
      .locator('dd');
    const [requests, empty] = (await figure.innerText()).split(', ').map(Number);
    expect(requests).toBe(asked);
    expect(empty).toBe(await hollow(bench).count());
  });

  test('makes a letter as old as the time to the next question', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(quiet);
    await listen(bench, 'every-3');
    await bench.rowWhere(({ what }) => /POST .*mailbox/.test(what), 'an open mailbox');
    await bench.button('Drop a letter now').click();
    await expect(letter(bench, 1)).toBeVisible();
    const rows = await bench.rows();
    const at = (pattern: RegExp, seen: RegExp): number => {
      const row = rows.find(({ what, seen: by }) => pattern.test(what) && seen.test(by));
      expect(row, String(pattern)).toBeDefined();
      return row?.row ?? 0;
    };
    // The server’s note stands before the question, and the script’s after it.
    const known = at(/^letter/, /server/);
    const asked = at(/^GET .*mail\?since=0/, /wire/);
    const learned = at(/^letter/, /page|script/);
    expect(known).toBeLessThan(asked);
    expect(asked).toBeLessThan(learned);
  });
});

test('ten letters that wait for the next question are too old to solve it', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(quiet);
  await listen(bench, 'every-3');
  // It has just been asked and answered empty: the next question is three seconds away.
  await expect(hollow(bench)).toHaveCount(1);
  for (let count = 0; count < 10; count++) await bench.button('Drop a letter now').click();
  await expect(letter(bench, 10)).toBeVisible();
  await expect(goal(bench)).toContainText('Waits for');
});

test('another way opens the mailbox anew, and both ways stay in the table', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(quiet);
  await listen(bench, 'events');
  await bench.rowWhere(({ what }) => what.startsWith('open'), 'an open stream');
  await bench.button('Drop a letter now').click();
  await expect(letter(bench, 1)).toBeVisible();
  await bench.root.getByLabel('How to be told').selectOption('socket');
  await expect(boxesOf(bench)).toHaveCount(0);
  const row = (name: RegExp): Locator => bench.root.getByRole('row', { name });
  await expect(row(/^listen: WebSocket/)).toContainText('no letter yet');
  await expect(row(/^listen: SSE/)).toContainText('n = 1');
  await bench.button('Stop').click();
  await expect(bench.button('Start')).toBeEnabled();
});

test('axe finds nothing in a mailbox that is open, and it fits 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const bench = new BenchPage(page);
  await bench.open(quiet);
  await listen(bench, 'every-1');
  await expect(hollow(bench)).toHaveCount(1);
  await bench.button('Drop a letter now').click();
  await expect(letter(bench, 1)).toBeVisible();
  await expectNoViolation(page, 'wire-bench');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test.describe('the quiet feed', () => {
  const ask = async (page: Page, how: string, asks: number) => {
    const bench = new BenchPage(page, 'quiet-feed');
    await bench.open(`${lesson}?quiet-feed.how=${how}&quiet-feed.asks=${asks}`);
    await bench.button('Ask').click();
    const over = bench.root.getByText(`Over: ${asks} questions`);
    await expect(over).toBeVisible({ timeout: 30_000 });
    return bench;
  };
  const figure = (bench: BenchPage, label: string): Locator =>
    bench.root.locator('.figures > div').filter({ hasText: label }).locator('dd');

  // One question a second is what the lesson speaks of: this test waits for fifteen.
  test('“Cheap silence” is solved by naming the version; the requests stay', async ({ page }) => {
    const bench = await ask(page, 'newer', 15);
    await expect(figure(bench, 'requests')).toHaveText('15');
    await expect(figure(bench, '304, no content')).toHaveText('14');
    await expect(goal(bench)).toContainText('Done');
    await expectNoViolation(page, '#bench-quiet-feed');
  });

  test('it is not solved by asking for all, whose news is as rare', async ({ page }) => {
    const bench = await ask(page, 'whole', 3);
    await expect(figure(bench, '304, no content')).toHaveText('0');
    await expect(figure(bench, 'brought news')).toHaveText('1');
    await expect(goal(bench)).toContainText('Waits for');
  });

  test('nor by few questions; a replaced notice comes whole', async ({ page }) => {
    const bench = new BenchPage(page, 'quiet-feed');
    await bench.open(`${lesson}?quiet-feed.how=newer&quiet-feed.asks=5`);
    await bench.button('Ask').click();
    await expect(figure(bench, '304, no content')).toHaveText('1');
    await bench.button('Replace the notice').click();
    await expect(bench.root.getByText('Over: 5 questions, 2 brought news.')).toBeVisible({
      timeout: 15_000,
    });
    await expect(figure(bench, '304, no content')).toHaveText('3');
    await expect(goal(bench)).toContainText('Waits for');
  });
});

test('the page with its live bench takes at most 45 KB before its reader acts', async ({
  page,
}) => {
  let octets = 0;
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'font') return;
    void request.sizes().then(({ responseBodySize }) => (octets += responseBodySize));
  });
  const bench = new BenchPage(page);
  await bench.open(lesson);
  await page.waitForLoadState('networkidle');
  expect(octets).toBeGreaterThan(10_000);
  expect(octets).toBeLessThanOrEqual(45_000);
  console.log(`${lesson} ${octets}`);
});

test('a copy without a server shows the boxes and the table of the recording', async ({
  browser,
}) => {
  const site = await serveStatically();
  const page = await browser.newPage();
  try {
    await page.goto(`${site.address}${lesson}`);
    const bench = new BenchPage(page);
    await bench.root.scrollIntoViewIfNeeded();
    await expect(bench.root.getByText(/^RECORDED/)).toBeVisible();
    await expect(boxesOf(bench)).toHaveCount(10);
    const row = (name: RegExp): Locator => bench.root.getByRole('row', { name });
    await expect(row(/^listen: SSE/)).toContainText('n = 10');
    await expect(row(/^ask every 3 s/)).toContainText(/25\s%, n = 4/);
  } finally {
    await page.close();
    await site.close();
  }
});
