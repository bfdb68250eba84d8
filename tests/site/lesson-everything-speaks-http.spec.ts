import type { Locator, Page } from '@playwright/test';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const address = (query = '') => `/lessons/everything-speaks-http/${query && `?${query}`}`;
const verdict = (bench: BenchPage): Locator => bench.root.locator('.panel-verdict');
const goals = (bench: BenchPage): Locator => bench.root.locator('.challenge-goals li.is-met');

async function opened(page: Page, demo: string, query = ''): Promise<BenchPage> {
  const bench = new BenchPage(page, demo);
  await bench.open(address(query));
  return bench;
}

test.describe('five doors', () => {
  // The browser says so of the image and of the tab’s WebSocket address.
  test.use({ expectedConsole: [/status of 4(?:26|00)|WebSocket connection/] });

  /** A tab that closes again when the server has been asked. */
  async function inNewTab(page: Page, bench: BenchPage): Promise<Page> {
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      bench.button('Open in a new tab').click(),
    ]);
    await tab.waitForLoadState();
    return tab;
  }

  test('all five for the badge, through a cache; then at the WebSocket', async ({ page }) => {
    const bench = await opened(page, 'five-doors', 'five-doors.way=shared-cache');
    const table = bench.root.getByRole('region', { name: 'Doors' });
    const line = (name: string) => table.getByRole('row').filter({ hasText: name });
    const tab = await inNewTab(page, bench);
    await expect(tab.locator('svg')).toHaveAttribute('aria-label', 'shop: open');
    await tab.close();
    await expect(verdict(bench)).toHaveText('address bar asked for the badge: 200.');
    await bench.button('Show as an image').click();
    await expect(bench.root.getByAltText('shop: open')).toHaveJSProperty('naturalWidth', 132);
    for (const [button, client] of [
      ['Send curl’s request', 'curl'],
      ['Check its health', 'health check'],
      ['Let a crawler in', 'crawler'],
    ] as const) {
      await bench.button(button).click();
      await expect(line(client).first()).toContainText(/200, Age \d+/);
    }
    await expect(goals(bench)).toHaveCount(3);

    await bench.root.getByLabel('the WebSocket', { exact: true }).check();
    await (await inNewTab(page, bench)).close();
    await expect(line('address bar')).toContainText('426');
    await bench.button('Show as an image').click();
    await expect(line('<img>')).toContainText('426');
    await bench.button('Check its health').click();
    await expect(line('health check')).toContainText('426');
    await bench.button('curl that asks for Upgrade').click();
    await expect(verdict(bench)).toHaveText('curl asked for the WebSocket: 400.');
    await bench.button('new WebSocket()').click();
    await expect(line('new WebSocket()')).toContainText('101');

    const rows = await bench.rows();
    const senders = new Set(rows.map(({ sender }) => sender));
    expect([...senders].sort()).toEqual(['', 'BOX', 'BROWSER', 'ROBOT', 'SERVER']);
  });

  test('the line for a terminal is an address that answers, to a TOOL', async ({
    page,
    request,
  }) => {
    const bench = await opened(page, 'five-doors');
    const line = await bench.root.getByLabel('For a terminal of yours').inputValue();
    const [, url = ''] = /^curl -i (http:\S+)$/.exec(line) ?? [];
    const response = await request.get(url, { headers: { 'User-Agent': 'curl/8.15.0' } });
    expect(response.headers()['content-type']).toBe('image/svg+xml');
    await expect(verdict(bench)).toHaveText('curl asked for the badge: 200.');
    await bench.rowWhere(({ sender }) => sender === 'TOOL', 'a row of a tool');
    await expect(goals(bench)).toHaveCount(0);
  });
});

test.describe('the night shift', () => {
  const read = (bench: BenchPage, log: string) =>
    bench.root.getByLabel(log, { exact: true }).check();
  const nameIt = async (bench: BenchPage, cause: string) => {
    await bench.root.getByLabel('What is wrong?').selectOption(cause);
    await bench.button('Name it').click();
  };

  test('three nights, each read right at once', async ({ page }) => {
    const bench = await opened(page, 'night-shift');
    const lines = bench.root.getByRole('region', { name: 'Lines of the log' });
    await bench.root.getByLabel('Outcome').selectOption('failed');
    await expect(lines).toContainText('"POST /orders?currency=EUR" 422');
    await nameIt(bench, 'orders in EUR');
    await expect(verdict(bench)).toHaveText('Right: orders in EUR. It took 1 click.');
    await read(bench, 'the access log of WebSockets');
    await expect(lines).toContainText('"GET /live" 101');
    await expect(bench.root.getByLabel('Currency')).toHaveCount(0);
    await nameIt(bench, 'this log does not say');
    await read(bench, 'the log of their messages');
    await bench.root.getByLabel('Outcome').selectOption('failed');
    await expect(lines).toContainText('"code":502');
    await nameIt(bench, 'server D');
    await expect(goals(bench)).toHaveCount(3);
  });

  test('a wrong name costs the goal, and another seed is another night', async ({ page }) => {
    const bench = await opened(page, 'night-shift');
    await nameIt(bench, 'server A');
    await expect(verdict(bench)).toHaveText(/^Not server A\./);
    await nameIt(bench, 'orders in EUR');
    await expect(verdict(bench)).toHaveText(/^Right: orders in EUR/);
    await expect(goals(bench)).toHaveCount(0);
    await bench.root.getByText('Where the log comes from').click();
    await bench.root.getByLabel('Seed of the MODEL').fill('2');
    await expect(verdict(bench)).toHaveText('Some orders fail. Whose?');
  });
});

test.describe('load balancer roulette', () => {
  const servers = (bench: BenchPage) => bench.root.getByRole('region', { name: 'Servers' });
  const line = (bench: BenchPage, name: string) =>
    servers(bench)
      .getByRole('row')
      .filter({ has: bench.page.getByRole('rowheader', { name }) });

  /** Counts the messages that the browser sends, each once, however often it is sent again. */
  const countSent = (page: Page): (() => number) => {
    const sent = new Set<string>();
    page.on('websocket', (socket) => {
      const client = /\/roulette\/ws\?client=(\d+)$/.exec(socket.url())?.[1];
      if (client === undefined) return;
      socket.on('framesent', ({ payload }) => sent.add(`${client}: ${payload.toString()}`));
    });
    return () => sent.size;
  };
  /** So many the challenge asks for; on a quick machine they take longer than all the rest. */
  const ENOUGH = 20;

  test('requests spread, WebSockets stay; a drain moves them and loses nothing', async ({
    page,
  }) => {
    const query = 'roulette.rule=fewest-sockets&roulette.how=drain&roulette.resend=on';
    const sent = countSent(page);
    const bench = await opened(page, 'roulette', query);
    await bench.button('Start').click();
    await expect(verdict(bench)).toHaveText('10 WebSockets at 2 servers.');
    await bench.button('Send 12 requests').click();
    await expect(line(bench, 'A').getByRole('cell').nth(1)).toHaveText('6');
    await bench.button('Scale to 4').click();
    await expect(verdict(bench)).toHaveText('10 WebSockets at 4 servers; C and D without any.');
    await bench.button('Send 12 requests').click();
    for (const name of ['A', 'B', 'C', 'D']) {
      await expect(line(bench, name).getByRole('cell').nth(1)).toHaveText('3');
    }
    await expect(line(bench, 'D')).toContainText('none');
    await bench.button('End A').click();
    await expect(verdict(bench)).toHaveText('10 WebSockets at 3 servers.');
    await expect.poll(sent).toBeGreaterThanOrEqual(ENOUGH);
    await bench.button('Count').click();
    await expect(verdict(bench)).toHaveText(
      /^\d\d messages sent\. None was lost\. 50 % of 10 WebSockets are at new servers\.$/,
    );
    await expect(goals(bench)).toHaveCount(2);
    const codes = (await bench.rows()).filter(({ what }) => what.includes('1012'));
    expect(codes.length).toBeGreaterThanOrEqual(5);
  });

  test('a killed server takes unfinished messages along', async ({ page }) => {
    const sent = countSent(page);
    const bench = await opened(page, 'roulette', 'roulette.rule=fewest-sockets');
    await bench.button('Start').click();
    await expect(verdict(bench)).toHaveText('10 WebSockets at 2 servers.');
    await bench.button('Scale to 4').click();
    // By now each client has a message under way, or has just had one.
    await expect(verdict(bench)).toHaveText('10 WebSockets at 4 servers; C and D without any.');
    await bench.button('End A').click();
    await expect(verdict(bench)).toHaveText('10 WebSockets at 3 servers.');
    await expect.poll(sent).toBeGreaterThanOrEqual(ENOUGH);
    await bench.button('Count').click();
    await expect(verdict(bench)).toHaveText(/sent\. [1-9] (?:was|were) lost\./);
    await expect(goals(bench)).toHaveCount(1);
  });
});
