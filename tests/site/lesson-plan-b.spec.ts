import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { paceFeed } from './feed-pace.ts';
import { expect, test } from './site-test.ts';

const figure = (bench: BenchPage, label: string): Locator =>
  bench.root.locator('.figures > div').filter({ hasText: label }).locator('dd');
const goals = (bench: BenchPage): Locator => bench.root.locator('.challenge-goals li.is-met');

test.use({
  // Chromium itself prints what failed: that is what the lesson is about.
  expectedConsole: [/WebSocket connection to .* failed|status of 503|net::ERR_/],
});

/** Runs the feed to its end with these settings. */
async function feed(bench: BenchPage, settings: string): Promise<void> {
  await bench.open(`/lessons/plan-b/?${settings}`);
  await bench.button('Start').click();
  await expect(bench.root.locator('.panel-verdict')).toHaveText(/survived on this path\.$/, {
    timeout: 30_000,
  });
}

test.describe('the order', () => {
  test.beforeEach(({ page }) => paceFeed(page));

  test('polling first upgrades once the WebSocket has spoken; a slow path doubles nothing', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'fallback');
    await bench.open(
      '/lessons/plan-b/?fallback.path=slow;delayMs%3D300&fallback.order=polling-first',
    );
    await bench.button('Over the switch').click();
    await bench.button('Start').click();
    await expect(bench.root.locator('.panel-verdict')).toHaveText(
      'All 16 updates received; WebSocket survived on this path.',
      { timeout: 30_000 },
    );
    await expect(figure(bench, 'lost, doubled')).toHaveText('0, 0');
    await expect(figure(bench, 'came again')).not.toHaveText('0');
    await expect(goals(bench)).toHaveCount(2);
  });

  test('the same without dropping shows doubles, and solves nothing', async ({ page }) => {
    const bench = new BenchPage(page, 'fallback');
    await bench.open(
      '/lessons/plan-b/?fallback.path=slow;delayMs%3D300&fallback.order=polling-first&fallback.dropKnown=off',
    );
    await bench.button('Over the switch').click();
    await bench.button('Start').click();
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/survived/, { timeout: 30_000 });
    await expect(figure(bench, 'lost, doubled')).toHaveText(/^0, [1-9]\d*$/);
    await expect(goals(bench)).toHaveCount(0);
  });

  for (const [order, path, transport] of [
    ['polling-first', 'accept-then-drop', 'long polling'],
    ['polling-first', 'none', 'WebSocket'],
    ['race', 'buffer%2Bstrip-upgrade', 'long polling'],
    ['race', 'buffer', 'WebSocket'],
  ] as const) {
    test(`${order} behind ${path}: ${transport}, first update within 2 s, none lost or doubled`, async ({
      page,
    }) => {
      const bench = new BenchPage(page, 'fallback');
      await feed(bench, `fallback.order=${order}&fallback.path=${path}`);
      await expect(bench.root.locator('.panel-verdict')).toHaveText(
        `All 16 updates received; ${transport} survived on this path.`,
      );
      await expect(figure(bench, 'lost, doubled')).toHaveText('0, 0');
      const first = await figure(bench, 'until the first').innerText();
      expect(first).toMatch(/ms$/);
      expect(Number(first.replace(/[^\d.]/g, ''))).toBeLessThan(2000);
    });
  }
});

test('the finished client: on four paths under two seconds, all 16, none doubled', async ({
  page,
}) => {
  test.slow();
  const bench = new BenchPage(page, 'fallback');
  await bench.open('/lessons/plan-b/?fallback.order=race');
  await bench.button('Under two seconds, anywhere').click();
  const paths = ['none', 'refuse-upgrade', 'accept-then-drop', 'buffer+strip-upgrade'];
  for (const [index, path] of paths.entries()) {
    await bench.root.getByLabel('Path').selectOption(path);
    await bench.button('Start').click();
    await expect(goals(bench)).toHaveCount(index + 1);
    await expect(bench.button('Start')).toBeEnabled({ timeout: 30_000 });
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/^All 16 updates received; /);
    await expect(figure(bench, 'lost, doubled')).toHaveText('0, 0');
  }
});

test('the Code tab shows the whole client that ran', async ({ page }) => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');
  const client = 'src/demos/fallback/client.ts';
  // It leans on one thing, which leans on nothing.
  const leansOn = [...read(client).matchAll(/^import (?!type ).* from '#(.*)';$/gm)];
  const shared = leansOn.map(([, path = '']) => `src/${path}`);
  expect(shared).toEqual(['src/demo/hang-up.ts']);
  expect(read(client).match(/^import (?!type )/gm)).toHaveLength(shared.length);
  expect(read('src/demo/hang-up.ts')).not.toMatch(/^import (?!type )/m);
  const bench = new BenchPage(page, 'fallback');
  await bench.open('/lessons/plan-b/');
  await bench.tab('Code').click();
  for (const path of [client, ...shared]) {
    const section = bench.root
      .locator('.demo-code section')
      .filter({ has: page.getByRole('heading', { name: path, exact: true }) });
    await expect(section).toBeVisible();
    expect((await section.locator('pre').textContent())?.trimEnd()).toBe(read(path).trimEnd());
  }
});

test.describe('the edges of EventSource', () => {
  const follow = async (bench: BenchPage, by: string, more = '&event-source.retryMs=300') => {
    await bench.open(`/lessons/plan-b/?event-source.by=${by}${more}`);
    await bench.button('Follow').click();
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/received/);
  };
  const log = (bench: BenchPage) => bench.root.getByRole('list', { name: 'What the script saw' });

  test('a killed connection comes back by itself with the last id', async ({ page }) => {
    const bench = new BenchPage(page, 'event-source');
    await follow(bench, 'event-source');
    await bench.button('Kill the connection').click();
    await expect(log(bench)).toContainText('The browser will try again');
    await expect(log(bench)).toContainText('Numbers again, none missing.');
    await bench.rowWhere(
      ({ what, kind }) => kind === 'http.req.head' && /Last-Event-ID/i.test(what),
      'the id',
    );
    await expect(goals(bench)).toHaveCount(0);
  });

  for (const status of [503, 204]) {
    test(`one ${status} ends it for good`, async ({ page }) => {
      const bench = new BenchPage(page, 'event-source');
      await follow(bench, 'event-source');
      await bench.button(status === 503 ? 'Deploy: one 503' : 'Stop politely: 204').click();
      await expect(log(bench)).toContainText('EventSource has closed for good.');
      await expect(figure(bench, 'readyState')).toHaveText('CLOSED');
      await expect(goals(bench)).toHaveCount(status === 503 ? 1 : 0);
    });
  }

  for (const by of ['made-anew', 'fetch']) {
    test(`${by} survives the deploy`, async ({ page }) => {
      const bench = new BenchPage(page, 'event-source');
      await follow(bench, by);
      await bench.button('Deploy: one 503').click();
      await expect(log(bench)).toContainText('Numbers again, none missing.');
      await expect(goals(bench)).toHaveCount(2);
    });
  }

  test('made anew without the last id, numbers are missing', async ({ page }) => {
    const bench = new BenchPage(page, 'event-source');
    await follow(bench, 'made-anew', '&event-source.retryMs=1500&event-source.carryId=off');
    await bench.button('Deploy: one 503').click();
    await expect(log(bench)).toContainText(/Numbers again, [1-9]\d* missing\./);
    await expect(goals(bench)).toHaveCount(1);
  });

  test('the seventh stream waits until the first is closed', async ({ page }) => {
    const bench = new BenchPage(page, 'event-source');
    await bench.open('/lessons/plan-b/');
    const seven = bench.root.getByRole('list', { name: 'The seven streams' });
    await bench.button('Open seven streams').click();
    for (const tab of [1, 2, 3, 4, 5, 6]) await expect(seven).toContainText(`${tab} open`);
    await expect(seven).toContainText('7 waits');
    await bench.button('Close the first').click();
    await expect(seven).toContainText('1 closed');
    await expect(seven).toContainText('7 open');
  });
});

test.describe('a second system', () => {
  const verdict = (bench: BenchPage) => bench.root.locator('.panel-verdict');
  const opened = async (page: Page, settings: string) => {
    const bench = new BenchPage(page, 'second-system');
    await bench.open(`/lessons/plan-b/?${settings}`);
    await bench.button('Both tiers stand').click();
    await bench.button('Run the MODEL').click();
    return bench;
  };

  test('on no place of the slider do both tiers hold; the drawing follows it', async ({ page }) => {
    const bench = await opened(page, '');
    const chart = bench.root.getByRole('img', { name: /requests per second/ });
    const slider = bench.root.getByRole('slider', { name: 'On the fallback' });
    await expect(verdict(bench)).toContainText(/^Too much\. The WebSocket tier: 9,500 sockets/);
    await expect(chart).toHaveAccessibleName('Up to 100 requests per second; the tier answers 400');
    await slider.press('End');
    await expect(verdict(bench)).toContainText(/^Too much\. The fallback tier: up to 1,400/);
    await expect(chart).toHaveAccessibleName(/^Up to 1,400/);
    await expect(bench.root).toContainText('The BROWSER knocked at the fallback tier');
    await expect(bench.root).toContainText('200, served');
    await expect(goals(bench)).toHaveCount(0);
  });

  test('told the same, they come as a wave; told another number each, both tiers hold', async ({
    page,
  }) => {
    const bench = await opened(
      page,
      'second-system.share=20&second-system.shed=28&second-system.wait=60',
    );
    await expect(verdict(bench)).toHaveText(/^Too much\. The fallback tier: up to 3,088/);
    await expect(bench.root).toContainText('503, Retry-After: 60');
    await expect(goals(bench)).toHaveCount(1);
    await bench.root.getByLabel('Tell each another number, up to twice as long').check();
    await expect(verdict(bench)).toHaveText(/^Both tiers hold\. 2,800 clients wait outside\.$/);
    await bench.button('Run the MODEL').click();
    await expect(goals(bench)).toHaveCount(3);
    await bench.rowWhere(
      ({ what, sender }) => sender === 'SERVER' && /503/.test(what),
      'the refusal',
    );
    await bench.root.getByText('Where it happened').click();
    await expect(bench.root.getByRole('link', { name: /pusher-js #733/ })).toBeVisible();
    await expectNoViolation(page, '#bench-second-system');
  });
});

test('a narrow screen shows all panels without a sideways page', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const bench = new BenchPage(page, 'event-source');
  await bench.open('/lessons/plan-b/');
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});

test('libraries through the boxes: who gets where, by what, and where one does not', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const bench = new BenchPage(page, 'libraries');
  await bench.open('/lessons/plan-b/');
  for (const library of ['Socket.IO, as it comes', 'Socket.IO, WebSocket first', 'SockJS']) {
    await bench.root.getByRole('radio', { name: library }).check();
    await bench.button('On every path').click();
    await expect(bench.button('Connect')).toBeEnabled({ timeout: 45_000 });
  }
  const table = bench.root.getByRole('region', { name: 'What each made of it' });
  const cells = (path: string) =>
    table
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: path, exact: true }) })
      .getByRole('cell');
  for (const [path, ...ways] of [
    ['no box', 'polling, then websocket', 'websocket', 'websocket'],
    ['strip-upgrade', 'polling', 'polling', 'xhr-streaming'],
    ['refuse-upgrade', 'polling', 'polling', 'xhr-streaming'],
    ['accept-then-drop', 'polling', 'no: timeout', 'xhr-streaming'],
    ['buffer', 'polling, then websocket', 'websocket', 'websocket'],
    ['buffer + strip-upgrade', 'polling', 'polling', 'xhr-polling'],
  ] as const) {
    await expect(cells(path)).toHaveText(
      ways.map((way) => (way.startsWith('no') ? way : new RegExp(`^${way}, after \\d+ ms$`))),
    );
  }
  await expect(bench.root.getByText('Solved').first()).toBeVisible();
});
