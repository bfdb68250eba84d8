import type { Locator, Page } from '@playwright/test';
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

test('a race shows the bytes of one row, and leaves the page’s time to the lanes', async ({
  page,
}) => {
  const bench = new BenchPage(page, 'race');
  await bench.open(quick);
  const changes = await page.evaluateHandle(() => {
    const seen = { rows: 0 };
    new MutationObserver((changed) => {
      for (const { addedNodes } of changed) {
        for (const node of addedNodes) {
          if (node instanceof Element && node.matches('.octets-main')) seen.rows++;
        }
      }
    }).observe(document.querySelector('#bench-race')!, { subtree: true, childList: true });
    return seen;
  });
  await bench.button('Start').click();
  await expect(bench.root.getByText('The race is over')).toBeVisible({ timeout: 25_000 });
  await expect(bench.root.locator('.octets-main').first()).toBeVisible();
  expect(await changes.evaluate(({ rows }) => rows)).toBeLessThanOrEqual(1);
});

test('“Make long polling lose” is solved by a way longer than the gap', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  await race(bench, `${lesson}?race.delayMs=200&race.events=30&race.everyMs=100`);
  await expect(goal(bench)).toContainText('Done');
  // Twice the way, and half of what this browser took to ask again.
  const silence = await bench.root.getByText(/counts [\d.]+ ms more of silence/).innerText();
  const [, turnaroundMs] = /counts ([\d.]+) ms more/.exec(silence) ?? [];
  const shown = await bench.root.locator('.race-lanes li', { hasText: 'Long polling' }).innerText();
  const [, predictedMs] = /predicted (\d+) ms/.exec(shown) ?? [];
  expect(Math.abs(Number(predictedMs) - (400 + Number(turnaroundMs) / 2))).toBeLessThan(1);
});

test('it is not solved by events rarer than round trips', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  await race(bench, `${lesson}?race.delayMs=50&race.events=30&race.everyMs=300&race.pollMs=500`);
  await expect(goal(bench)).toContainText('Waits for');
});

test('it is not solved by a few events', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  await race(bench, `${lesson}?race.delayMs=200&race.events=10&race.everyMs=100`);
  await expect(goal(bench)).toContainText('Waits for');
});

test('one lane runs alone', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  await race(bench, `${quick}&race.lanes=ws`);
  await expect(bench.root.locator('.race-table tbody tr')).toHaveCount(1);
});

test('its figures follow a race while it runs', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  // Longer than this test has time for: what follows is seen while it runs.
  await bench.open(`${lesson}?race.events=100&race.everyMs=500`);
  await bench.button('Start').click();
  await expect(lane(bench, 'SSE')).toBeVisible();
  for (const events of [2, 4, 6]) {
    await expect.poll(() => figure(bench, 'SSE', 0)).toBeGreaterThanOrEqual(events);
  }
  await expect(bench.root.getByText(/^Event \d+ of 100\.$/)).toBeVisible();
});

test('a race is stopped by keyboard', async ({ page }) => {
  const bench = new BenchPage(page, 'race');
  await bench.open(`${lesson}?race.events=60&race.everyMs=200`);
  await bench.button('Start').press('Enter');
  await expect(bench.root.getByText(/^Event \d+ of 60\.$/)).toBeVisible();
  await bench.button('Stop').press('Enter');
  await expect(bench.root.getByText('Stopped.')).toBeVisible();
  await expect(bench.button('Start')).toBeEnabled();
});

test.describe('the elephant in the pipe', () => {
  const small = 'elephant.sizeKiB=16&elephant.rate=8&elephant.pieceKiB=1';
  const send = async (page: Page, query: string) => {
    const bench = new BenchPage(page, 'elephant');
    await bench.open(`${lesson}?${query}`);
    await bench.button('Send').click();
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/^Over/, { timeout: 15_000 });
    return bench;
  };

  test('“Past the elephant” is solved by fragments: a ping gets past', async ({ page }) => {
    const bench = await send(page, `${small}&elephant.way=fragments`);
    await expect(goal(bench)).toContainText('Done');
    // RFC 6455 §5.5.2: two octets of header, and the number 1. No script sees it.
    const ping = await bench.rowWhere(
      ({ kind, way, what }) => kind === 'ws.frame' && way === 'down' && /^ping/.test(what),
      'a ping',
    );
    expect(ping.octets).toBe(3);
  });

  test('it is not solved by one frame, with the pong after all of it', async ({ page }) => {
    const bench = await send(page, small);
    await expect(goal(bench)).toContainText('Waits for');
    const cells = bench.root.locator('.elephant-table tbody tr').first().locator('td');
    for (const index of [0, 1, 2]) await expect(cells.nth(index)).toHaveText(/^(?:1,9|2)/);
  });

  test('nor by many messages, and it can be stopped by keyboard', async ({ page }) => {
    const bench = await send(page, `${small}&elephant.way=messages`);
    await expect(goal(bench)).toContainText('Waits for');
    await bench.button('Send').press('Enter');
    await bench.button('Stop').press('Enter');
    await expect(bench.root.getByText('Stopped.')).toBeVisible();
    await expect(bench.button('Send')).toBeEnabled();
  });
});

test('a lost packet keeps all waiting over TCP, and one stream over QUIC', async ({ page }) => {
  const files: string[] = [];
  page.on('request', (request) => files.push(request.url()));
  const bench = new BenchPage(page, 'elephant');
  await bench.open(lesson);
  const isLoaded = () => files.some((url) => url.includes('LostPacket'));
  expect(isLoaded()).toBe(false);
  await bench.root.getByText('Lose one packet').click();
  await expect(bench.root.getByText('Packet 4, of stream A, is lost.')).toContainText(
    'Over TCP 8 others wait for it, on streams of QUIC 2.',
  );
  expect(isLoaded()).toBe(true);
  const table = bench.root.getByRole('region', { name: 'All read' });
  const row = (stream: string) => table.getByRole('row', { name: new RegExp(`^stream ${stream}`) });
  await expect(row('A').getByRole('cell')).toHaveText(['210 ms', '210 ms']);
  await expect(row('B').getByRole('cell')).toHaveText(['210 ms', '150 ms']);
  await bench.root.getByLabel('Lost packet').fill('9');
  await expect(row('C').getByRole('cell')).toHaveText(['260 ms', '260 ms']);
  await expect(row('A').getByRole('cell')).toHaveText(['260 ms', '140 ms']);
  await expectNoViolation(page, '#bench-elephant');
});

test.describe('the first event', () => {
  const ask = async (page: Page, open: string) => {
    const bench = new BenchPage(page, 'first-event');
    await bench.open(`${lesson}?first-event.open=${open}&first-event.delayMs=250`);
    await bench.button('Ask both ways').click();
    await expect(bench.root.getByText(/^The event came by fetch/)).toBeVisible();
    return bench;
  };

  test('“HTTP wins” is solved by a fetch on a connection that is open', async ({ page }) => {
    const bench = await ask(page, 'http1');
    await expect(goal(bench)).toContainText('Done');
  });

  test('from nothing both open a connection: not solved, twice in a row', async ({ page }) => {
    const bench = await ask(page, 'nothing');
    await bench.button('Ask both ways').click();
    await bench.rowWhere(({ what }) => /^round ?round 2,/.test(what), 'the second round');
    await expect(goal(bench)).toContainText('Waits for');
    // Each of the four had a connection of its own: the box let each wait.
    const waits = (await bench.rows()).filter(({ what }) => /^handshakes/.test(what));
    expect(waits).toHaveLength(4);
  });

  test('on HTTP/2 a WebSocket waits no longer, and the robot says so', async ({ page }) => {
    const bench = await ask(page, 'http2');
    await expect(goal(bench)).toContainText('Waits for');
    const row = bench.root.locator('.first-table').getByRole('row', { name: /^HTTP\/2 ROBOT/ });
    await expect(row.getByRole('cell').nth(1)).toHaveText(/^[5-7]\d\d ms/);
    await expect(row.getByRole('cell').nth(2)).toHaveText(/^[5-7]\d\d ms/);
    await expectNoViolation(page, '#bench-first-event');
  });
});

test.describe('client to server', () => {
  const jump = async (page: Page, query: string, button: string) => {
    const bench = new BenchPage(page, 'jump');
    await bench.open(`${lesson}?${query}`);
    await bench.button(button).click();
    await expect(bench.root.getByText(/^Landed: /)).toBeVisible({ timeout: 15_000 });
    return bench;
  };

  test('is a tie: the challenge is not solved', async ({ page }) => {
    const bench = await jump(page, 'jump.delayMs=100', 'Jump five times');
    const landings = bench.root.locator('.jump-table tbody tr td:first-of-type');
    for (const row of await landings.all()) await expect(row).toHaveText(/^(\d+ ms(, )?){5}$/);
    await expect(goal(bench)).toContainText('Waits for');
    await expectNoViolation(page, '#bench-jump');
  });

  test('“Break the tie” is solved with six connections busy', async ({ page }) => {
    const bench = await jump(page, 'jump.busy=on', 'Jump five times');
    await expect(goal(bench)).toContainText('Done');
  });

  test('and not by a single jump, however late', async ({ page }) => {
    const bench = await jump(page, 'jump.busy=on', 'Jump');
    await expect(goal(bench)).toContainText('Waits for');
  });
});

test('axe finds nothing after a race, and it fits 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const bench = new BenchPage(page, 'race');
  await race(bench, `${quick}&elephant.sizeKiB=4`);
  const other = new BenchPage(page, 'elephant');
  await other.root.scrollIntoViewIfNeeded();
  await other.isLive();
  await other.button('Send').click();
  await expect(other.root.getByText(/^Over/)).toBeVisible({ timeout: 15_000 });
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
    for (const demo of ['elephant', 'first-event', 'jump']) {
      const other = new BenchPage(page, demo);
      await other.root.scrollIntoViewIfNeeded();
      await expect(other.root.getByText(/^RECORDED/)).toBeVisible();
      await expect(goal(other)).toContainText('Done');
    }
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
