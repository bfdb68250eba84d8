import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const lesson = '/lessons/a-request-is-not-a-connection/';
const goals = (bench: BenchPage) => bench.root.locator('.challenge-goals li.is-met');
const verdict = (bench: BenchPage) => bench.root.locator('.panel-verdict');

test.describe('X-ray of one GET', () => {
  test('the browser’s request, then the robot in its words, then in few', async ({ page }) => {
    const bench = new BenchPage(page, 'x-ray');
    await bench.open(lesson);
    await bench.button('Ask with your browser').click();
    await expect(verdict(bench)).toContainText(/^Your browser sent [3-9]\d\d bytes: status 200\.$/);
    const browsers = Number(/\d+/.exec(await verdict(bench).innerText())?.[0]);

    await bench.button('Take over its lines').click();
    await bench.button('Send the robot').click();
    await expect(verdict(bench)).toHaveText(`The robot sent ${browsers} bytes: status 200.`);
    await expect(goals(bench)).toHaveCount(0);

    const lines = bench.root.getByLabel('Field lines, yours to edit');
    await lines.fill('Accept: */*');
    await bench.button('Send the robot').click();
    await expect(verdict(bench)).toContainText(/^The robot sent 8\d bytes: status 200\.$/);
    await expect(goals(bench)).toHaveCount(0);

    await lines.fill('');
    await bench.button('Send the robot').click();
    await expect(verdict(bench)).toContainText(/^The robot sent 7\d bytes: status 200\.$/);
    await expect(goals(bench)).toHaveCount(1);
  });

  test('what a line must not say is refused in a sentence; without Host there is no 200', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'x-ray');
    await bench.open('/embed/x-ray/');
    const lines = bench.root.getByLabel('Field lines, yours to edit');
    await lines.fill('Accept: */*\nHost: example.com');
    await bench.button('Send the robot').click();
    await expect(verdict(bench)).toContainText('Line 2: Host says where a request goes');
    await lines.fill('');
    await bench.root.getByRole('checkbox', { name: /Host:/ }).uncheck();
    await bench.button('Send the robot').click();
    await expect(verdict(bench)).toContainText(/^The robot sent 5\d bytes: status 403\.$/);
    await expect(goals(bench)).toHaveCount(0);
  });

  test.use({ expectedConsole: [/400 \(Bad Request\)/] });
});

test.describe('Ten requests, how many sockets?', () => {
  const ask = async (bench: BenchPage, way: string) => {
    await bench.root.getByLabel(way, { exact: true }).check();
    await bench.button('Ask').click();
  };

  test('ten answered with close, and ten at once, leave “Reuse” open; ten in a row solve it', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'sockets');
    await bench.open('/embed/sockets/');
    await ask(bench, 'in a row, answered with Connection: close');
    await expect(verdict(bench)).toHaveText('10 answers on 10 TCP connections.');
    await expect(goals(bench)).toHaveCount(0);
    await ask(bench, 'all at once');
    await expect(verdict(bench)).toHaveText(/^10 answers on [3-6] TCP connections\.$/);
    await expect(goals(bench)).toHaveCount(0);
    await ask(bench, 'in a row');
    await expect(verdict(bench)).toHaveText('10 answers on 1 TCP connection.');
    await expect(goals(bench)).toHaveCount(1);
  });
});

test.describe('Chunks are not messages', () => {
  test('no box, and a box that leaves the lines whole, break nothing; small chunks do', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'chunks');
    await bench.open('/embed/chunks/?chunks.size=100');
    const fine = '3 pieces. One piece is one JSON: 0 errors. By lines: 3 of 3 messages.';
    await bench.button('Read').click();
    await expect(verdict(bench)).toHaveText(fine);
    await bench.root.getByLabel(/^rechunk/).check();
    await bench.button('Read').click();
    await bench.rowWhere(({ kind, what }) => kind === 'app' && /^read/.test(what), 'a reading');
    await expect(verdict(bench)).toHaveText(fine);
    await expect(goals(bench)).toHaveCount(0);

    await bench.open('/embed/chunks/?chunks.path=rechunk');
    await bench.button('Read').click();
    await expect(goals(bench)).toHaveCount(2);
    await expect(verdict(bench)).toContainText('By lines: 3 of 3 messages.');
  });
});

test('a narrow screen shows all four benches without a sideways page', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const demo of ['x-ray', 'sockets', 'chunks', 'http2-heads']) {
    await new BenchPage(page, demo).open(lesson);
  }
  const bench = new BenchPage(page, 'x-ray');
  await bench.root.scrollIntoViewIfNeeded();
  await bench.isLive();
  await bench.button('Ask with your browser').click();
  await bench.button('Take over its lines').click();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});
