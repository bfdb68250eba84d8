import { readFileSync } from 'node:fs';
import { Suspects, type ProbeName } from '#demos/boxes/naming.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const lesson = '/lessons/the-box-in-the-middle/';

// A handshake that fails, a reset and a 504 are what is looked for; the browser reports each.
test.use({ expectedConsole: [/WebSocket connection|Failed to load resource|ERR_/] });

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

/** What a reader would try, and what names the box. Two or three probes are enough for each. */
const ways: Readonly<Record<string, readonly [ProbeName, RegExp][]>> = {
  'strip-upgrade': [
    ['WebSocket', /closed with 1006/],
    ['GET', /HTTP\/1\.1/],
  ],
  'refuse-upgrade': [['WebSocket', /closed with 1006/]],
  'answer-200': [['WebSocket', /closed with 1006/]],
  'accept-then-drop': [['WebSocket', /^WebSocket: 0 updates; open; still OPEN/]],
  hang: [['WebSocket', /^WebSocket: 0 updates; still CONNECTING/]],
  buffer: [
    ['WebSocket', /16 updates/],
    ['slow GET', /1 pieces, the first after [23]\d{3} ms/],
  ],
  'idle-reset': [['WebSocket', /^WebSocket: 8 updates.*closed with 1006/]],
  'idle-drop': [['WebSocket', /^WebSocket: 8 updates.*still OPEN/]],
  'max-duration': [
    ['WebSocket', /16 updates/],
    ['slow GET', /cut after/],
  ],
  slow: [
    ['GET', /over after (?:[89]\d\d|\d{4}) ms/],
    ['WebSocket', /16 updates/],
  ],
  http10: [
    ['WebSocket', /closed with 1006/],
    ['GET', /HTTP\/1\.0/],
  ],
};

test.describe('Name that box', () => {
  test.skip(true, 'Written, and not seen to pass yet: it waits for a run of its own.');
  for (const box of Suspects) {
    test(`${box} can be named with ${ways[box]?.length} probes`, async ({ page }) => {
      await page.route('**/hidden', (route) =>
        route.continue({ postData: JSON.stringify({ box }) }),
      );
      const bench = new BenchPage(page);
      await bench.open(`${lesson}?boxes.view=name`);
      await bench.button('Hide a box').click();
      const list = bench.root.getByRole('list', { name: 'What your script saw' });
      for (const [index, [probe, result]] of ways[box]!.entries()) {
        await bench.button(probe).click();
        await expect(list.getByRole('listitem')).toHaveCount(index + 1, { timeout: 15_000 });
        await expect(list.getByRole('listitem').nth(index)).toHaveText(result);
      }
      const before = await bench.rows();
      // What the box answers is there; what it asks, and what it and the server note, is not.
      expect(before.filter(({ sender, way }) => sender === 'BOX' && way === 'up')).toEqual([]);
      expect(before.filter(({ kind }) => kind === 'box' || kind === 'server')).toEqual([]);
      expect(JSON.stringify(before)).not.toContain(`via/${box}`);

      await bench.root.getByLabel('Name', { exact: true }).selectOption(box);
      await bench.button('Name it').click();
      await expect(bench.root.locator('.panel-verdict')).toHaveText(new RegExp(`^Right: ${box}`));
      await bench.rowWhere(
        ({ kind, what }) => kind === 'server' && /^named/.test(what),
        'its note',
      );
      await expect(bench.root.getByText(/github|#\d+/).first()).toBeVisible();
    });
  }

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

/** Updates received, of 16: measured before there were these boxes. */
const measured: Readonly<Record<string, readonly number[]>> = {
  none: [16, 16, 16, 16, 16],
  'strip-upgrade': [0, 16, 16, 16, 16],
  'refuse-upgrade': [0, 16, 16, 16, 16],
  'accept-then-drop': [0, 16, 16, 16, 16],
  'idle-reset': [16, 16, 16, 16, 16],
  'idle-reset, heartbeat': [16, 16, 16, 16, 16],
  'idle-drop': [8, 8, 8, 8, 16],
  'idle-drop, heartbeat': [16, 16, 16, 8, 16],
  buffer: [16, 0, 0, 16, 16],
  'buffer+strip-upgrade': [0, 0, 0, 16, 16],
  'max-duration': [16, 16, 16, 16, 16],
  slow: [16, 16, 16, 16, 16],
};

test('the matrix: every cell by this browser, as measured', async ({ page }) => {
  test.skip(true, 'Written, and not seen to run whole yet: about two and a half minutes.');
  test.setTimeout(240_000);
  const bench = new BenchPage(page);
  await bench.open(`${lesson}?boxes.view=all`);
  await bench.button('Try all').click();
  await expect(bench.root.locator('.panel-verdict')).toHaveText(/^95 of 95 cells/, {
    timeout: 220_000,
  });
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    bench.button('Save as JSON').click(),
  ]);
  const json = readFileSync(await download.path(), 'utf8');
  await test.info().attach('boxes.json', { body: json, contentType: 'application/json' });
  console.log(json.replaceAll(/\s+/g, ' '));
  const { cells } = JSON.parse(json) as { cells: { line: string; received: number }[] };
  const received = (line: string) =>
    cells.filter((cell) => cell.line === line).map((cell) => cell.received);
  expect(Object.fromEntries(Object.keys(measured).map((line) => [line, received(line)]))).toEqual(
    measured,
  );
  await bench.root.getByRole('button', { name: /^buffer · EventSource: 0 received/ }).click();
  await expect(bench.tab('List')).toHaveAttribute('aria-selected', 'true');
  await expect(
    bench.root.locator('.octets').getByRole('heading', { name: /^Row \d+: GET/ }),
  ).toBeVisible();
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
