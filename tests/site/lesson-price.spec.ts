import type { Locator, Page } from '@playwright/test';
import { formatCount } from '#controls/number-format.ts';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';
import { serveStatically } from './static-site.ts';

const lesson = '/lessons/the-price-of-a-message/';
const at = (demo: string, values: Readonly<Record<string, string | number>>) =>
  `${lesson}?${Object.entries(values)
    .map(([name, value]) => `${demo}.${name}=${value}`)
    .join('&')}`;

const verdict = (bench: BenchPage): Locator => bench.root.locator('.panel-verdict');
const goals = (bench: BenchPage): Locator => bench.root.locator('.challenge-goals li.is-met');
const bar = (bench: BenchPage, name: string): Locator =>
  bench.root.getByRole('list', { name: 'Bytes of one message' }).getByRole('listitem').filter({
    hasText: name,
  });

async function send(
  page: Page,
  demo: string,
  values: Readonly<Record<string, string | number>>,
): Promise<BenchPage> {
  const bench = new BenchPage(page, demo);
  await bench.open(at(demo, values));
  await bench.button('Send').click();
  await expect(verdict(bench)).toContainText(/: \d+ messages?/);
  await expect(bench.button('Send')).toBeEnabled();
  return bench;
}

/** Bytes of the robot's last exchange over HTTP/2, frame by frame off the list. */
async function lastExchangeOverHttp2(bench: BenchPage): Promise<number> {
  const isHead = ({ what }: { readonly what: string }) => what.startsWith('HEADERS');
  for (const way of ['up', 'down']) {
    await bench.rowWhere(
      (row) => row.kind === 'h2.frame' && isHead(row) && row.way === way,
      'a head of the robot',
    );
  }
  const frames = (await bench.rows()).filter(
    ({ kind, what }) => kind === 'h2.frame' && /^(HEADERS|DATA)/.test(what),
  );
  const last = frames.slice(frames.findLastIndex((row) => isHead(row) && row.way === 'up'));
  const octets = last.reduce((sum, row) => sum + row.octets, 0);
  const answer = last.find((row) => isHead(row) && row.way === 'down')?.octets ?? 0;
  expect(octets - answer, 'a HEADERS frame of 39 bytes up, a DATA frame of 9 + 5 down').toBe(53);
  // In another second than the answer before, Date is no entry of the table (RFC 7541 §2.3.2), and
  // its 29 characters take 21 to 23 bytes, two before them, where its index took one.
  expect([0, 22, 23, 24], 'more than the 21 bytes of known fields').toContain(answer - 21);
  return octets;
}

test.describe('the layered bill', () => {
  test('has a bar for each transport, with what the list says crossed the wire', async ({
    page,
  }) => {
    const bench = await send(page, 'price', {});
    await expect(bar(bench, 'WebSocket, down')).toContainText('7 B');
    await expect(bar(bench, 'WebSocket, up')).toContainText('11 B');
    await expect(bar(bench, 'SSE with id')).toContainText('25 B');
    await expect(bar(bench, 'long poll, HTTP/2')).toContainText('ROBOT');
    await expect(bench.root.getByText(/a long poll takes 4\d\d\.\d times/)).toBeVisible();

    const robots = await lastExchangeOverHttp2(bench);
    await expect(bar(bench, 'long poll, HTTP/2')).toContainText(`${robots} B`);

    const rows = await bench.rows();
    const start = rows.findIndex(
      ({ kind, what }) => kind === 'http.req.head' && /long\?/.test(what),
    );
    const octets = rows
      .slice(start)
      .filter(({ kind }) => kind.startsWith('http.'))
      .slice(0, 3)
      .reduce((sum, row) => sum + row.octets, 0);
    await expect(bar(bench, 'long poll, HTTP/1.1')).toContainText(`${octets} B`);
  });

  test('adds TLS and TCP/IP when asked to, and says that it computes them', async ({ page }) => {
    const bench = await send(page, 'price', { layers: 'all' });
    await expect(bar(bench, 'WebSocket, down')).toContainText('81 B');
    await expect(bar(bench, 'WebSocket, down')).toContainText(
      '5 payload + 2 heads or framing + 22 TLS + 52 TCP/IP',
    );
    const robots = await lastExchangeOverHttp2(bench);
    // Two records of TLS, two segments.
    await expect(bar(bench, 'long poll, HTTP/2')).toContainText(`${robots + 2 * (22 + 52)} B`);
    await expect(bench.root.getByText(/^Bytes of one message.*MODEL/)).toBeVisible();
  });

  test('another payload by keyboard, and the bars wait for it to be sent', async ({ page }) => {
    const bench = await send(page, 'price', {});
    const slider = bench.root.getByRole('slider', { name: 'Powers of two' });
    await slider.focus();
    await page.keyboard.press('End');
    await expect(slider).toHaveAttribute('aria-valuetext', '65,536 bytes');
    await expect(bar(bench, 'WebSocket, down')).toContainText('not sent yet');
    await bench.button('Send').click();
    await expect(bar(bench, 'WebSocket, down')).toContainText('10 heads or framing');
    await expect(bar(bench, 'WebSocket, up')).toContainText('14 heads or framing');
    await bench.root.getByLabel('Messages').fill('9');
    await bench.button('Send').click();
    await expect(verdict(bench)).toContainText('more than 512 KiB');
  });
});

test.describe('“Twenty bytes or less”', () => {
  test('is solved by 40 on a WebSocket and 200 on a stream without ids', async ({ page }) => {
    const bench = await send(page, 'price', { way: 'down', size: 50, messages: 40 });
    await expect(goals(bench)).toHaveCount(1);
    await bench.root.getByLabel('Send by').selectOption('events-plain');
    await bench.root.getByLabel('Messages').fill('200');
    await bench.button('Send').click();
    await expect(goals(bench)).toHaveCount(2);
  });

  for (const [why, values] of [
    ['too few', { way: 'down', size: 50, messages: 30 }],
    ['ids', { way: 'events', size: 50, messages: 400 }],
    ['too short', { way: 'down', size: 49, messages: 100 }],
    ['polls', { way: 'long', size: 50, messages: 60 }],
  ] as const) {
    test(`is not solved: ${why}`, async ({ page }) => {
      const bench = await send(page, 'price', values);
      await bench.rowWhere(({ what }) => /^bill/.test(what), 'a bill');
      await expect(goals(bench)).toHaveCount(0);
    });
  }
});

test.describe('break-even', () => {
  test('has usual heads first, then those of this browser', async ({ page }) => {
    const bench = new BenchPage(page, 'price');
    await bench.open(lesson);
    const table = bench.root.getByRole('region', { name: 'Break-even' });
    await expect(bench.root.getByText(/heads like Chrome 141/)).toBeVisible();
    await expect(table.getByRole('row', { name: /HTTP\/2/ })).toContainText(/690 B\s*10$/);
    await bench.button('Send').click();
    await expect(bench.root.getByText(/the heads that your browser sent here/)).toBeVisible();
    await expect(verdict(bench)).toContainText(/: \d+ messages?/);
    await expect(bench.button('Send')).toBeEnabled();
    const robots = (await lastExchangeOverHttp2(bench)) - 5;
    const http2 = table.getByRole('row', { name: /HTTP\/2/ });
    const once = table
      .getByRole('row', { name: /^WebSocket/ })
      .getByRole('cell')
      .first();
    const own = Number((await once.innerText()).split(' + ')[0]?.replace(',', ''));
    // Ten messages; the handshake is repaid by what each of them saves beside a frame of two bytes.
    const repaid = (octets: number) =>
      new RegExp(`${formatCount(10 * robots)} B\\s*${Math.ceil(octets / (robots - 2))}$`);
    await expect(http2).toContainText(repaid(own));
    await bench.root.getByLabel('The WebSocket needs a TLS connection of its own').check();
    // A TLS handshake of 462 bytes up and 1,367 down.
    await expect(http2).toContainText(repaid(own + 462 + 1367));
    await bench.root.getByRole('slider', { name: 'Session' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(http2).toContainText(`${formatCount(11 * robots)} B`);
  });
});

test.describe('compression', () => {
  const line = (bench: BenchPage, name: string): Locator =>
    bench.root.getByRole('row', { name: new RegExp(`^${name}`) });

  test('thirty ticks, five ways; “Smaller than the payload” is solved', async ({ page }) => {
    const bench = await send(page, 'compress', { messages: 30 });
    await expect(line(bench, 'WebSocket, not compressed')).toContainText('91, 91');
    await expect(line(bench, 'WebSocket, each message by itself')).toContainText('84, 83');
    await expect(line(bench, 'WebSocket, with context takeover')).toContainText('84, 20');
    await expect(line(bench, 'SSE, gzip and flush')).toContainText('110, 28');
    await expect(goals(bench)).toHaveCount(1);
  });

  test('Hello takes 7 bytes and then 5, and the bench inflates them', async ({ page }) => {
    const bench = await send(page, 'compress', { way: 'ws-takeover', kind: 'hello', messages: 2 });
    await expect(line(bench, 'WebSocket, with context takeover')).toContainText('9, 7');
    const frame = await bench.rowWhere(
      ({ kind, way, octets }) => kind === 'ws.frame' && way === 'down' && octets === 7,
      'the second frame',
    );
    expect(await bench.hexOf(frame)).toBe('c105f200110000');
    await expect(bench.root.getByRole('group', { name: 'Inflated' })).toContainText(
      '5 bytes, inflated to 5',
    );
  });

  for (const values of [
    { way: 'ws-fresh', messages: 30 },
    { way: 'ws-takeover', messages: 29 },
    { way: 'events-gzip', kind: 'random', messages: 60 },
  ]) {
    test(`${JSON.stringify(values)} does not solve it`, async ({ page }) => {
      const bench = await send(page, 'compress', values);
      await bench.rowWhere(({ what }) => /^wire-size/.test(what), 'a size');
      await expect(goals(bench)).toHaveCount(0);
    });
  }
});

test('axe finds nothing in the benches, and they fit 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  for (const demo of ['price', 'compress']) {
    await send(page, demo, {});
    await expectNoViolation(page, `#bench-${demo}`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  }
});

test('a copy without a server shows the bill and the sizes of the recordings', async ({
  browser,
}) => {
  const site = await serveStatically();
  const page = await browser.newPage();
  try {
    await page.goto(`${site.address}${lesson}`);
    const bench = new BenchPage(page, 'price');
    await bench.root.scrollIntoViewIfNeeded();
    await expect(bench.root.getByText(/^RECORDED/).first()).toBeVisible();
    await expect(bar(bench, 'WebSocket, down')).toContainText('7 B');
    await expect(goals(bench)).toHaveCount(1);
    const other = new BenchPage(page, 'compress');
    await other.root.scrollIntoViewIfNeeded();
    await expect(other.root.getByRole('row', { name: /^WebSocket, with context/ })).toContainText(
      /84, 20|9, 7/,
    );
  } finally {
    await page.close();
    await site.close();
  }
});
