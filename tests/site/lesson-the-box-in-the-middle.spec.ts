import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Page } from '@playwright/test';
import { MatrixLines } from '#demos/boxes/matrix.ts';
import { Suspects, type ProbeName } from '#demos/boxes/naming.ts';
import { trialCounts } from '#tests/demos/boxes/trial-counts.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test, watchForTrouble, type RunningServer } from './site-test.ts';

const lesson = '/lessons/the-box-in-the-middle/';
const recordedMatrix = join(import.meta.dirname, '../../src/demos/boxes/recorded-matrix.json');

// A handshake that fails, a reset and a 504 are what is looked for; the browser reports each.
const failures = [/WebSocket connection|Failed to load resource|ERR_/];
test.use({ expectedConsole: failures });

async function follow(bench: BenchPage, box: string, transport = 'WebSocket') {
  await bench.root.getByLabel('Box', { exact: true }).selectOption(box);
  await bench.root.getByLabel('Get updates by').selectOption(transport);
  await bench.button('Start').click();
}

const saw = (bench: BenchPage) => bench.root.locator('.panel-answer output').first();

test('three boxes, one symptom: the page is told the same, the wire another status', async ({
  page,
}) => {
  const bench = new BenchPage(page);
  await bench.open(lesson);
  for (const [box, status] of [
    ['strip-upgrade', '200'],
    ['refuse-upgrade', '403'],
    ['answer-200', '200'],
    ['http10', '200'],
  ] as const) {
    await follow(bench, box);
    await expect(bench.root.locator('.panel-verdict')).toContainText(`through ${box}`);
    const hops = bench.root.getByRole('region', { name: 'What each hop carried' });
    await expect(hops.getByRole('row', { name: 'answers' })).toContainText(`× ${status}`);
    await expect(saw(bench)).toHaveText(
      /^\d+ × error event, without a reason; \d+ × close event, code 1006; 0 updates$/,
    );
    await bench.button('Stop').click();
    const upgrades = hops.getByRole('row', { name: 'with Upgrade' }).getByRole('cell');
    if (status === '200' && box !== 'answer-200') await expect(upgrades.nth(1)).toHaveText('0');
    else await expect(upgrades).toHaveCount(1);
  }
});

test('One that gets through: held back as a stream, in time as a WebSocket', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(lesson);
  const goals = bench.root.getByRole('listitem').filter({ hasText: 'five updates behind' });
  await follow(bench, 'buffer', 'EventSource');
  await expect(bench.root.locator('.panel-verdict')).toHaveText(/^0 of 16 by EventSource/, {
    timeout: 15_000,
  });
  await expect(goals).not.toHaveClass(/is-met/);
  await follow(bench, 'buffer');
  await expect(bench.root.locator('.panel-verdict')).toHaveText(/^16 of 16 by WebSocket/, {
    timeout: 15_000,
  });
  await expect(bench.root.getByText('Solved').first()).toBeVisible();
});

/** What a reader would try first, whatever box is hidden: three probes of the four that are allowed. */
const firstProbes = ['WebSocket', 'GET', 'slow GET'] as const satisfies readonly ProbeName[];

/** What tells of the box, by probe. */
const telling: Readonly<Record<string, Partial<Record<(typeof firstProbes)[number], RegExp>>>> = {
  'strip-upgrade': { WebSocket: /closed with 1006/, GET: /HTTP\/1\.1/ },
  'refuse-upgrade': { WebSocket: /closed with 1006/ },
  'answer-200': { WebSocket: /closed with 1006/ },
  'accept-then-drop': { WebSocket: /^WebSocket: 0 updates; open; still OPEN/ },
  hang: { WebSocket: /^WebSocket: 0 updates; still CONNECTING/ },
  buffer: { WebSocket: /16 updates/, 'slow GET': /1 pieces, the first after [23]\d{3} ms/ },
  'idle-reset': { WebSocket: /^WebSocket: 8 updates.*closed with 1006/ },
  'idle-drop': { WebSocket: /^WebSocket: 8 updates.*still OPEN/ },
  'max-duration': { WebSocket: /16 updates/, 'slow GET': /cut after/ },
  slow: { WebSocket: /16 updates/, GET: /over after (?:[89]\d\d|\d{4}) ms/ },
  http10: { WebSocket: /closed with 1006/, GET: /HTTP\/1\.0/ },
};

/** Hides a box, tries the path, names what was hidden, and returns what there was to tell it by. */
async function nameBox(page: Page, box: string): Promise<string> {
  await page.route('**/hidden', (route) => route.continue({ postData: JSON.stringify({ box }) }));
  const bench = await openBeside(page, 'name');
  await bench.button('Hide a box').click();
  const results = bench.root
    .getByRole('list', { name: 'What your script saw' })
    .getByRole('listitem');
  for (const [index, probe] of firstProbes.entries()) {
    await bench.button(probe).click();
    await expect(results).toHaveCount(index + 1, { timeout: 20_000 });
    await expect(results.nth(index)).toHaveText(telling[box]?.[probe] ?? /./);
  }
  const before = await bench.rows();
  // What the box answers is there; what it asks, and what it and the server note, is not.
  expect(before.filter(({ sender, way }) => sender === 'BOX' && way === 'up')).toEqual([]);
  expect(before.filter(({ kind }) => kind === 'box' || kind === 'server')).toEqual([]);
  expect(JSON.stringify(before)).not.toContain(`via/${box}`);
  const saw = (await results.allInnerTexts()).map((text) => text.replace(/\d+ ms/g, '… ms'));
  const answered = before
    .filter(({ sender, kind }) => sender === 'BOX' && kind === 'http.res.head')
    // One word of difference in a page or a field is seen in its length.
    .map(({ what, octets }) => `${what}, ${octets}`);

  await bench.root.getByLabel('Name', { exact: true }).selectOption(box);
  await bench.button('Name it').click();
  await expect(bench.root.locator('.panel-verdict')).toHaveText(
    new RegExp(`^Right: ${box}, after 3 probes\\.`),
  );
  await expect(bench.root.getByText(/github|#\d+/).first()).toBeVisible();
  return JSON.stringify([saw, answered]);
}

test.describe('Name that box', () => {
  test('the same three probes tell each box from every other', async ({ browser, server }) => {
    test.setTimeout(150_000);
    expect(Object.keys(telling).sort()).toEqual([...Suspects].sort());
    const evidence = await sideBySide(browser, server, Suspects, async (page, boxes) => {
      const found: string[] = [];
      for (const box of boxes) found.push(await test.step(box, () => nameBox(page, box)));
      return found;
    });
    expect(new Set(evidence.flat()).size).toBe(Suspects.length);
  });

  test('a wrong name counts as a probe and tells nothing; giving up tells', async ({ page }) => {
    await page.route('**/hidden', (route) => route.continue({ postData: '{"box":"hang"}' }));
    const bench = new BenchPage(page);
    await bench.open(`${lesson}?boxes.view=name`);
    await bench.button('Hide a box').click();
    await bench.button('Name it').click();
    await expect(bench.root.locator('.panel-verdict')).toHaveText(
      'A box is hidden. 1 probe so far.',
    );
    await bench.button('Give up').click();
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/^It was hang\./);
  });
});

/** At once, in a browser context each: contexts share no connections. */
const READERS = 2;

/** Opens the bench while other readers' pages are loaded on the same machine, however long that takes. */
async function openBeside(page: Page, view: string): Promise<BenchPage> {
  const bench = new BenchPage(page);
  await page.goto(`${lesson}?boxes.view=${view}`);
  await bench.root.scrollIntoViewIfNeeded();
  await expect(bench.root.locator('.chip-live')).toHaveText(/live/, { timeout: 30_000 });
  return bench;
}

/** Deals things to a few readers with a browser of their own, which print nothing unexpected either. */
async function sideBySide<Result>(
  browser: Browser,
  server: RunningServer,
  things: readonly string[],
  work: (page: Page, mine: readonly string[]) => Promise<Result>,
): Promise<Result[]> {
  return Promise.all(
    Array.from({ length: READERS }, async (_, reader) => {
      const context = await browser.newContext({ baseURL: server.address });
      const page = await context.newPage();
      const troubles = watchForTrouble(page, server.address, failures);
      const mine = things.filter((_thing, index) => index % READERS === reader);
      const result = await work(page, mine);
      await context.close();
      expect(troubles).toEqual([]);
      return result;
    }),
  );
}

type SavedCell = { readonly line: string; readonly transport: string; readonly received: number };

/** Tries lines one after the other, as a reader with a browser of their own, and saves what came. */
async function tryLines(page: Page, lines: readonly string[]): Promise<SavedCell[]> {
  const bench = await openBeside(page, 'all');
  for (const [index, line] of lines.entries()) {
    await bench.root.getByRole('table').getByRole('button', { name: line, exact: true }).click();
    await expect(bench.root.locator('.panel-verdict')).toHaveText(
      new RegExp(`^${5 * (index + 1)} of 95 cells`),
      { timeout: 15_000 },
    );
  }
  const json = await saved(page, bench, 'Save as JSON');
  return (JSON.parse(json) as { readonly cells: SavedCell[] }).cells;
}

async function saved(page: Page, bench: BenchPage, button: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    bench.button(button).click(),
  ]);
  return readFileSync(await download.path(), 'utf8');
}

/** By line, in the order of the columns. */
function received(cells: readonly SavedCell[]): Record<string, number[]> {
  return Object.fromEntries(
    cells.map(({ line }) => [
      line,
      cells.filter((cell) => cell.line === line).map((cell) => cell.received),
    ]),
  );
}

test('the matrix: every box of the trial and every other, from a fresh start', async ({
  browser,
  page,
  server,
}) => {
  test.setTimeout(150_000);
  const lines = MatrixLines.map(({ name }) => name);
  const cells = await sideBySide(browser, server, lines, tryLines);
  const recording = JSON.parse(readFileSync(recordedMatrix, 'utf8')) as { cells: SavedCell[] };
  const recorded = received(recording.cells);
  const live = received(cells.flat());
  // On a machine that others use too, a poll may come too late to be forgotten: once more, alone.
  const others = lines.filter((line) => !isDeepStrictEqual(live[line], recorded[line]));
  expect(others.length).toBeLessThan(4);
  if (others.length > 0) Object.assign(live, received(await tryLines(page, others)));
  expect(live).toMatchObject(trialCounts);
  expect(live).toEqual(recorded);
});

test('a cell opens its capture, and what was found can be saved', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(`${lesson}?boxes.view=all`);
  await expect(bench.root.locator('.panel-hint')).toContainText(/RECORDED with Chromium \d+ on 2/);
  await expect(bench.button('Save as CSV')).toBeDisabled();
  await bench.button('buffer').click();
  await expect(bench.root.locator('.panel-verdict')).toHaveText(/^5 of 95 cells/, {
    timeout: 15_000,
  });
  expect((await saved(page, bench, 'Save as CSV')).split('\r\n')[2]).toMatch(
    /^"buffer","EventSource",0,,\d+,"Mozilla\/5\.0 .*Chrome/,
  );
  for (const [cell, target] of [
    ['WebSocket: 16', 'live'],
    ['EventSource: 0', 'events'],
    ['short poll: 16', 'wait=off'],
  ] as const) {
    await bench.root.getByRole('button', { name: `buffer · ${cell} received; its rows` }).click();
    await expect(bench.tab('List')).toHaveAttribute('aria-selected', 'true');
    await expect(
      bench.root.locator('.octets').getByRole('heading', { name: /^Row \d+: GET/ }),
    ).toContainText(target);
  }
});

test('Past the box: in the clear it strips, inside TLS it has nothing to read', async ({
  page,
}) => {
  const bench = new BenchPage(page, 'encrypted');
  await bench.open(lesson);
  const verdict = bench.root.locator('.panel-verdict');
  const goals = bench.root.locator('.challenge-goals li.is-met');
  await bench.button('Send the robot').click();
  await expect(verdict).toHaveText('strip-upgrade, in the clear: 200, 0 of 5.');
  await expect(goals).toHaveCount(1);

  await bench.root.getByLabel('Inside TLS').check();
  await bench.button('Send the robot').click();
  await expect(verdict).toContainText('strip-upgrade, inside TLSv1.3: 101, 5 of 5.');
  await expect(goals).toHaveCount(2);
  const read = bench.root.getByRole('region', { name: 'What could be read' });
  await expect(read.getByRole('row', { name: 'read Upgrade' })).toContainText('websocketno');
  await expect(read.getByRole('row', { name: 'saw the server’s name' })).toContainText(
    'in Hostlocalhost',
  );

  // Records on both sides of the box, frames only behind the end of TLS.
  const hello = await bench.rowWhere(
    ({ what, sender }) => sender === 'ROBOT' && /^TLS client_hello/.test(what),
    'the hello',
  );
  expect(hello.kind).toBe('tls.record');
  const rows = await bench.rows();
  await bench.root.locator('.list-scroll').evaluate((scroller, part) => {
    scroller.scrollTop = part * scroller.scrollHeight - scroller.clientHeight / 2;
  }, hello.row / rows.length);
  expect((await bench.hexOf(hello)).slice(0, 6)).toBe('160301');
  const fields = bench.root.getByRole('listbox', { name: /^Fields/ });
  await expect(fields.getByRole('option')).toHaveCount(5);
  const octets = (sender: string) =>
    rows
      .filter((row) => row.kind === 'tls.record' && row.sender === sender)
      .reduce((sum, row) => sum + row.octets, 0);
  expect(octets('ROBOT')).toBeGreaterThan(500);
  expect(octets('BOX')).toBeGreaterThan(500);

  await bench.root.getByRole('radio', { name: 'buffer' }).check();
  await bench.root.getByRole('radio', { name: 'an event stream' }).check();
  await bench.button('Send the robot').click();
  await expect(verdict).toContainText('buffer, inside TLSv1.3: 200, 5 of 5.');
  await expect(bench.root.getByText('Solved').first()).toBeVisible();
});

test('a narrow screen shows all three without a sideways page', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const bench = new BenchPage(page);
  await bench.open(lesson);
  for (const view of [
    'put one on the path',
    'name the hidden one',
    'try them all',
    'repair an nginx',
  ]) {
    await bench.root.getByLabel(view).check();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  }
});
