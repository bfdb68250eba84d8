import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const robot = 'Send the robot over HTTP/2';

test.describe('HTTP/2 in one screen', () => {
  test('ten requests of each: the robot’s heads shrink, and the challenge is solved', async ({
    page,
  }) => {
    const bench = new BenchPage(page);
    const files: string[] = [];
    page.on('request', (request) => files.push(request.url()));
    await bench.open('/embed/http2-heads/');
    expect(files.filter((url) => url.includes('http2-rows'))).toEqual([]);
    const goals = bench.root.locator('.challenge-goals li.is-met');
    const verdict = bench.root.locator('.panel-verdict');

    await bench.button('Ask over HTTP/1.1').click();
    await expect(verdict).toContainText('Your browser asked 10 times');
    await expect(goals).toHaveCount(1);
    await bench.button(robot).click();
    await expect(verdict).toContainText('the robot 10 times');
    await expect(goals).toHaveCount(2);
    expect(files.filter((url) => url.includes('http2-rows'))).toHaveLength(1);

    const heads = bench.root.getByRole('region', { name: 'Request heads' });
    await expect(heads.getByRole('row', { name: /^the first/ })).toContainText('411 B');
    await expect(heads.getByRole('row', { name: /^the last/ })).toContainText('39 B');
    await expect(heads.getByRole('row', { name: /^all together/ })).toContainText('762 B');
    const bars = bench.root.getByRole('list', { name: /^HEADERS frames/ });
    await expect(bars.getByRole('listitem')).toHaveCount(10);

    const head = await bench.rowWhere(({ what }) => what.includes('stream 19'), 'the last head');
    expect([head.sender, head.kind, head.octets]).toEqual(['ROBOT', 'h2.frame', 39]);
    expect(await bench.hexOf(head)).toMatch(/^00001e010500000013/);
    const octets = bench.root.getByRole('region', { name: 'Bytes' });
    // Length, type, flags, stream identifier, and then the first header field.
    await octets.getByRole('listbox').press('Home');
    for (let step = 0; step < 4; step += 1) await octets.getByRole('listbox').press('ArrowRight');
    await expect(octets.getByRole('heading', { name: 'Indexed field · 1 byte' })).toBeVisible();
    await expect(octets).toContainText(':method: GET (entry 2, static table)');
    await expect(octets.getByRole('link', { name: 'RFC 7541 §6.1' })).toBeVisible();
  });

  test('a new connection for each request forgets: 411 bytes every time', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open('/embed/http2-heads/?http2-heads.connection=each&http2-heads.requests=3');
    await bench.button(robot).click();
    await expect(bench.root.locator('.panel-verdict')).toContainText('the robot 3 times');
    await expect(bench.root.getByRole('row', { name: /^the last/ })).toContainText('411 B');
    await expect(bench.root.getByRole('row', { name: /^connections/ })).toContainText('3');
    await expect(bench.root.locator('.challenge-goals li.is-met')).toHaveCount(0);
  });

  test('a head without the cookie is short, and no whole head', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open('/embed/http2-heads/?http2-heads.cookie=off');
    await bench.button(robot).click();
    await expect(bench.root.getByRole('row', { name: /^the last/ })).toContainText('38 B');
    await expect(bench.root.locator('.challenge-goals li.is-met')).toHaveCount(0);
  });
});

test.describe('No 101 at all', () => {
  test('the robot exchanges Hello, and no 101 is in the capture', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open('/embed/no-101/');
    await bench.button(robot).click();
    await expect(bench.root.locator('.panel-verdict')).toHaveText(
      'In this capture: 2 messages, and the answer 101 never.',
    );
    await expect(bench.root.locator('.challenge-goals li.is-met')).toHaveCount(1);
    const costs = bench.root.getByRole('region', { name: 'Bytes up and down' });
    await expect(costs.getByRole('row', { name: /^handshake/ })).toContainText('99 / 3');
    await expect(costs.getByRole('row', { name: /^message/ })).toContainText('20 / 16');
    const frame = await bench.rowWhere(
      ({ kind, way }) => kind === 'ws.frame' && way === 'down',
      'a frame down',
    );
    expect(frame.octets).toBe(7);
    expect(frame.what).toContain('“Hello” FIN len 5 inside DATA, stream 1');

    // The same in the ledger. The date in the answer is Huffman-coded: its length is not always the same.
    const handshake = await costs.getByRole('row', { name: /^handshake/ }).innerText();
    const down = Number(/99 \/ (\d+)/.exec(handshake)?.[1]);
    await bench.tab('Ledger').click();
    const ledger = bench.root.getByRole('region', { name: /^Ledger/ });
    const cells = (name: RegExp) =>
      ledger.getByRole('row', { name }).getByRole('cell').allInnerTexts();
    const [setUp, , messages] = await cells(/^WebSocket messages/);
    expect([setUp, messages]).toEqual([String(99 + down), '2']);
    expect((await cells(/^Requests and answers, HTTP\/2/)).at(2)).toBe('0');
    expect(await cells(/^HEADERS/)).toEqual(['2', '99', String(down)]);
    // Without their frame headers, of 9 bytes each.
    const blocks = 99 + down - 18;
    await expect(ledger).toContainText(
      new RegExp(`2 heads hold \\d+ bytes of names and values, in ${blocks} bytes of HPACK`),
    );
  });

  test('an upgrade in the same capture spoils it, until Clear', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open('/embed/no-101/');
    const goals = bench.root.locator('.challenge-goals li.is-met');
    await bench.button('Connect over HTTP/1.1').click();
    await expect(bench.root.locator('.panel-verdict')).toContainText('the answer 101 once');
    await bench.button(robot).click();
    await expect(bench.root.locator('.panel-verdict')).toContainText('4 messages');
    await expect(goals).toHaveCount(0);
    await bench.button('Clear').click();
    await bench.isLive();
    await bench.button(robot).click();
    await expect(goals).toHaveCount(1);
  });

  test('another word does not do', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open('/embed/no-101/?no-101.message=hello');
    await bench.button(robot).click();
    await expect(bench.root.locator('.panel-verdict')).toContainText('2 messages');
    await expect(bench.root.locator('.challenge-goals li.is-met')).toHaveCount(0);
  });
});
