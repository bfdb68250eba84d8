import { createHash } from 'node:crypto';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const lesson = '/lessons/the-101-moment/';
const goals = (bench: BenchPage) => bench.root.locator('.challenge-goals li.is-met');
const verdict = (bench: BenchPage) => bench.root.locator('.panel-verdict');

// Chromium writes a line to the console for each handshake that fails.
test.use({ expectedConsole: [/WebSocket connection to .* failed/] });

test.describe('Shake hands by hand', () => {
  const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

  async function connect(bench: BenchPage): Promise<string> {
    await bench.button('Connect').click();
    await expect(verdict(bench)).toContainText('CONNECTING');
    const output = bench.root.locator('.panel-answer output');
    await expect(output).toHaveText(/^[A-Za-z0-9+/]{22}==$/);
    return output.innerText();
  }

  test('a wrong value and a 200 are refused, the right value opens', async ({ page }) => {
    const bench = new BenchPage(page, 'by-hand');
    await bench.open(lesson);
    const accept = bench.root.getByLabel('Sec-WebSocket-Accept', { exact: true });
    await connect(bench);
    await accept.fill('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    await bench.button('Answer').click();
    await expect(verdict(bench)).toContainText('CLOSED, 1006');

    const second = await connect(bench);
    await bench.root.getByLabel('200 OK').check();
    await accept.fill(
      createHash('sha1')
        .update(second + GUID)
        .digest('base64'),
    );
    await bench.button('Answer').click();
    await expect(verdict(bench)).toContainText('CLOSED, 1006');
    await expect(goals(bench)).toHaveCount(0);

    const third = await connect(bench);
    await bench.root.getByLabel('101 Switching Protocols').check();
    await bench.root.getByLabel('Text to hash').fill(third + GUID);
    const worked = await bench.root.locator('.by-hand-steps dd').last().innerText();
    expect(worked).toBe(
      createHash('sha1')
        .update(third + GUID)
        .digest('base64'),
    );
    await accept.fill(worked);
    await bench.button('Answer').click();
    await expect(verdict(bench)).toContainText('OPEN');
    await expect(goals(bench)).toHaveCount(1);
    // Both heads beside each other, as they crossed the wire.
    const head = (name: string) => bench.root.getByRole('region', { name });
    await expect(head('Your browser asked')).toContainText(`Sec-WebSocket-Key: ${third}`);
    await expect(head('You answered')).toContainText(`Sec-WebSocket-Accept: ${worked}`);
    await expect(bench.root.getByText('this is not HTTP')).toBeVisible();
    await bench.rowWhere(({ kind, what }) => kind === 'ws.frame' && /Hello/.test(what), 'Hello');
  });

  test('a cookie goes with the handshake, covered but with its length', async ({ page }) => {
    const bench = new BenchPage(page, 'by-hand');
    await bench.open('/embed/by-hand/?by-hand.cookie=on');
    await connect(bench);
    const row = await bench.rowWhere(({ kind }) => kind === 'http.req.head', 'the request');
    const text = Buffer.from(await bench.hexOf(row), 'hex').toString('latin1');
    expect(text).toContain(`\r\nCookie: ${'\x95'.repeat('demo=hello'.length)}\r\n`);
    expect(text).toMatch(/\r\nOrigin: http:\/\/localhost:\d+\r\n/);
  });
});

test.describe('What carries a cookie?', () => {
  const send = async (bench: BenchPage, verdictText: string) => {
    await bench.button('Send all five').click();
    await expect(verdict(bench)).toHaveText(verdictText);
  };

  test('the handshake does, like any request; “With and without” takes both', async ({ page }) => {
    const bench = new BenchPage(page, 'carriers');
    await bench.open(lesson);
    await send(bench, 'Of 5 requests, 4 carried the cookie and 2 said their origin.');
    await expect(goals(bench)).toHaveCount(1);
    // Not even a script of this page may read it.
    expect(await page.evaluate(() => document.cookie)).toBe('');
    await bench.root.getByLabel('for another path').check();
    await send(bench, 'Of 5 requests, 0 carried the cookie and 2 said their origin.');
    await expect(goals(bench)).toHaveCount(2);
    await expectNoViolation(page, '#bench-carriers');
  });

  test('without a cookie half of it stays open', async ({ page }) => {
    const bench = new BenchPage(page, 'carriers');
    await bench.open('/embed/carriers/?carriers.at=none');
    await send(bench, 'Of 5 requests, 0 carried the cookie and 2 said their origin.');
    await expect(goals(bench)).toHaveCount(1);
  });
});

test('eight ways to fail: eight causes on the wire, one face', async ({ page }) => {
  const bench = new BenchPage(page, 'ways-to-fail');
  await bench.open('/embed/ways-to-fail/');
  const answer = bench.root.getByLabel('The answer');
  const ways = 'wrong-accept wrong-accept ok-200 moved no-connection subprotocol extension';
  const seen = new Set<string>();
  for (const way of [...ways.split(' '), 'forbidden', 'tls']) {
    await answer.selectOption(way);
    await bench.button('Connect').click();
    seen.add(way);
    const causes = seen.size;
    await expect(verdict(bench)).toHaveText(
      `On the wire ${causes} thing${causes === 1 ? '' : 's'}; to the page 1 face.`,
    );
    await expect(goals(bench)).toHaveCount(causes < 3 ? 0 : 2);
  }
  await answer.selectOption('good');
  await bench.button('Connect').click();
  await expect(verdict(bench)).toContainText('to the page 2 faces');
  await expect(goals(bench)).toHaveCount(1);
});
