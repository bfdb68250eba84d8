import type { Locator } from '@playwright/test';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const address = (query = '') => `/lessons/verbs-that-mean-something/${query && `?${query}`}`;
const verdict = (bench: BenchPage): Locator => bench.root.locator('.panel-verdict');
const goals = (bench: BenchPage): Locator => bench.root.locator('.challenge-goals li.is-met');

// Browsers put each answer of 400 and more on the console.
test.use({ expectedConsole: [/status of (?:400|404|412|413) /] });

async function at(bench: BenchPage, query: string): Promise<BenchPage> {
  await bench.open(address(query));
  return bench;
}

test.describe('send UPDATE', () => {
  test('the strict server answers the robot with 501; no goal is met', async ({ page }) => {
    const bench = await at(new BenchPage(page, 'send-update'), '');
    await bench.button('Send').click();
    await expect(verdict(bench)).toHaveText(/^UPDATE: 501, by the server’s program\./);
    const asked = await bench.rowWhere(({ kind }) => kind === 'http.req.head', 'a request');
    expect(asked.sender).toMatch(/robot/i);
    await expect(goals(bench)).toHaveCount(0);
  });

  for (const server of ['node', 'router']) {
    test(`${server}: the browser sends UPDATE, the parser answers; solved`, async ({ page }) => {
      const bench = await at(new BenchPage(page, 'send-update'), `send-update.server=${server}`);
      await bench.button('Send').click();
      await expect(verdict(bench)).toHaveText('UPDATE: 400, by the parser. No handler was called.');
      const asked = await bench.rowWhere(({ kind }) => kind === 'http.req.head', 'a request');
      expect(asked.sender).toMatch(/browser/i);
      await expect(goals(bench)).toHaveCount(2);
    });
  }

  test('put leaves as PUT, and patch as it is', async ({ page }) => {
    const bench = await at(
      new BenchPage(page, 'send-update'),
      'send-update.server=router&send-update.method=put',
    );
    await bench.button('Send').click();
    await expect(verdict(bench)).toHaveText('PUT: 200. The handler was called.');
    await expect(goals(bench)).toHaveCount(0);
    await bench.root.getByLabel('Method').selectOption('patch');
    await bench.button('Send').click();
    await expect(verdict(bench)).toHaveText('patch: 400, by the parser. No handler was called.');
    await expect(bench.root.getByRole('row', { name: 'router put PUT 200 1' })).toBeVisible();
    await expect(bench.root.getByRole('row', { name: 'router patch patch 400 0' })).toBeVisible();
  });
});

test.describe('press it twice', () => {
  for (const [method, sentence] of [
    ['POST', 'Sent twice, answered with 201. The server did it twice: 120.'],
    ['PUT', 'Sent twice, answered with 200. The server did it twice: 110.'],
    ['PATCH', 'Sent twice, answered with 200. The server did it twice: 120.'],
    ['DELETE', 'Sent twice, answered with 404. The server did it once: 110.'],
  ] as const) {
    test(`${method} with a lost response and a retry`, async ({ page }) => {
      const bench = await at(new BenchPage(page, 'press-twice'), `press-twice.method=${method}`);
      await bench.button('Press').click();
      await expect(verdict(bench)).toHaveText(sentence);
      await expect(goals(bench)).toHaveCount(1);
    });
  }

  test('POST with a key is safe to repeat: solved', async ({ page }) => {
    const bench = await at(new BenchPage(page, 'press-twice'), 'press-twice.key=on');
    await bench.button('Press').click();
    await expect(verdict(bench)).toHaveText(
      'Sent twice, answered with 201. The server did it once: 110.',
    );
    await expect(goals(bench)).toHaveCount(2);
  });

  test('a key without a loss solves nothing', async ({ page }) => {
    const bench = await at(
      new BenchPage(page, 'press-twice'),
      'press-twice.key=on&press-twice.lose=off',
    );
    await bench.button('Press').click();
    await expect(verdict(bench)).toHaveText(
      'Sent once, answered with 201. The server did it once: 110.',
    );
    await expect(goals(bench)).toHaveCount(0);
  });
});

test.describe('two editors', () => {
  async function bothSave(bench: BenchPage) {
    for (const who of ['Anna', 'Ben']) {
      await bench.button(`${who} loads`).click();
      await expect(bench.root.getByText(`${who} has version "v1"`)).toBeVisible();
    }
    await bench.button('Anna adds milk').click();
    await bench.button('Anna saves').click();
    await expect(verdict(bench)).toHaveText('The list: Tea, milk. Nothing is lost.');
    await bench.button('Ben adds bread').click();
    await bench.button('Ben saves').click();
  }

  test('without If-Match, milk is lost and nobody is told', async ({ page }) => {
    const bench = await at(new BenchPage(page, 'two-editors'), '');
    await bothSave(bench);
    await expect(verdict(bench)).toHaveText('The list: Tea, bread. Saved and lost: milk.');
    await expect(goals(bench)).toHaveCount(0);
  });

  test('with If-Match the second gets 412, loads again, and nothing is lost', async ({ page }) => {
    const bench = await at(new BenchPage(page, 'two-editors'), 'two-editors.ifMatch=on');
    await bothSave(bench);
    await expect(verdict(bench)).toHaveText('Ben: 412, not saved. The list: Tea, milk.');
    await expect(goals(bench)).toHaveCount(1);
    await bench.button('Ben loads').click();
    await expect(bench.root.getByText('Ben has version "v2"')).toBeVisible();
    await bench.button('Ben adds bread').click();
    await bench.button('Ben saves').click();
    await expect(verdict(bench)).toHaveText('The list: Tea, milk, bread. Nothing is lost.');
    await expect(goals(bench)).toHaveCount(2);
  });
});

test.describe('rebuild REST on a socket', () => {
  const flags = 'methods ids statuses errors versions freshness types trace'.split(' ');
  const run = async (bench: BenchPage, values: Readonly<Record<string, string>>) => {
    const query = Object.entries(values).map(([name, value]) => `rest-on-socket.${name}=${value}`);
    await at(bench, query.join('&'));
    await bench.button('Run the tasks').click();
  };
  const on = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, 'on']));

  for (const [names, works, solved] of [
    [[], 0, 0],
    [['versions'], 0, 1],
    [['statuses', 'versions'], 2, 2],
    [flags, 8, 2],
  ] as const) {
    test(`${names.join(', ') || 'nothing'} agreed on: ${works} work, ${solved} goals`, async ({
      page,
    }) => {
      const bench = new BenchPage(page, 'rest-on-socket');
      await run(bench, on(...names));
      await expect(verdict(bench)).toHaveText(
        `Over the WebSocket, ${works} of 8 tasks work, with ${names.length} invented.`,
      );
      await expect(goals(bench)).toHaveCount(solved);
    });
  }

  test('by HTTP all work, the browser keeps what is fresh, and one goal is met', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'rest-on-socket');
    await run(bench, { over: 'http' });
    await expect(verdict(bench)).toHaveText('By HTTP, 8 of 8 tasks work. Nothing was invented.');
    await expect(goals(bench)).toHaveCount(1);
    const rows = await bench.rows();
    // Asked for twice by the first tasks' account, and once on the wire.
    const tea = rows.filter(({ kind, what }) => kind === 'http.req.head' && /\/tea\b/.test(what));
    expect(tea).toHaveLength(1);
  });

  test('the second way solves what the first began', async ({ page }) => {
    const bench = new BenchPage(page, 'rest-on-socket');
    await run(bench, on('errors', 'versions'));
    await expect(goals(bench)).toHaveCount(2);
    await bench.root.getByLabel('HTTP', { exact: true }).check();
    await bench.button('Run the tasks').click();
    await expect(goals(bench)).toHaveCount(3);
  });

  test('a narrow screen shows the panel without a sideways page', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const bench = new BenchPage(page, 'rest-on-socket');
    await run(bench, on(...flags));
    await expect(verdict(bench)).toContainText('8 of 8');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });
});
