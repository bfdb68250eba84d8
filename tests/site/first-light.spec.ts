import { connect } from 'node:net';
import { once } from 'node:events';
import { chromium, type BrowserContext } from '@playwright/test';
import { recordingRelay, type RecordingRelay } from '#tests/support/recording-relay.ts';
import { BenchPage } from './bench-page.ts';
import { paceFeed } from './feed-pace.ts';
import { expect, test, watchForTrouble } from './site-test.ts';

const echoLesson = '/lessons/frames-bit-by-bit/';
const cacheLesson = '/lessons/the-request-you-never-send/';
const fallbackLesson = '/lessons/plan-b/';

test.describe('echo', () => {
  test('Hello is 11 bytes up and 7 down, masked and unmasked (RFC 6455 §5.7)', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(echoLesson);
    await bench.button('Send').click();
    await expect(bench.root.getByText('“Hello”').first()).toBeVisible();

    const up = await bench.rowWhere(
      (row) => row.kind === 'ws.frame' && row.way === 'up',
      'frame up',
    );
    const down = await bench.rowWhere(
      (row) => row.kind === 'ws.frame' && row.way === 'down',
      'frame down',
    );
    expect([up.octets, down.octets]).toEqual([11, 7]);
    expect(up.sender).toBe('BROWSER');

    expect(await bench.hexOf(down)).toBe('810548656c6c6f');
    const masked = Buffer.from(await bench.hexOf(up), 'hex');
    expect(masked.subarray(0, 2).toString('hex')).toBe('8185');
    const key = masked.subarray(2, 6);
    const text = masked.subarray(6).map((octet, index) => octet ^ (key[index % 4] ?? 0));
    expect(Buffer.from(text).toString()).toBe('Hello');
  });

  test('a ping of the server and the browser’s pong are seen, and not by the script', async ({
    page,
  }) => {
    const bench = new BenchPage(page);
    await bench.open(echoLesson);
    await bench.button('Connect').click();
    await bench.button('Ping from the server').click();
    const ping = await bench.rowWhere(
      (row) => /^ping/.test(row.what) && row.seen === 'wire',
      'ping',
    );
    const pong = await bench.rowWhere(
      (row) => /^pong/.test(row.what) && row.seen === 'wire',
      'pong',
    );
    expect([ping.way, ping.octets, pong.way, pong.octets]).toEqual(['down', 2, 'up', 6]);
    const seenByPage = (await bench.rows()).filter((row) => row.seen === 'page');
    expect(seenByPage.filter((row) => /p[io]ng/.test(row.what))).toEqual([]);
  });

  test('close with 4001 is seen by the script and by the server’s program', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(echoLesson);
    await bench.button('Connect').click();
    await bench.button('Close').click();
    for (const seen of ['page', 'server']) {
      const row = await bench.rowWhere(
        (candidate) => candidate.seen === seen && /^close\b/.test(candidate.what),
        `close at ${seen}`,
      );
      expect(row.what).toContain('4001');
    }
    const frame = await bench.rowWhere(
      (row) => row.kind === 'ws.frame' && row.way === 'up' && /^close/.test(row.what),
      'close frame',
    );
    const octets = Buffer.from(await bench.hexOf(frame), 'hex');
    const key = octets.subarray(2, 6);
    const code = ((octets[6] ?? 0) ^ (key[0] ?? 0)) * 256 + ((octets[7] ?? 0) ^ (key[1] ?? 0));
    expect(code).toBe(4001);
  });

  test('one byte above the limit ends the connection with 1009', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(echoLesson);
    await bench.root.getByLabel('Fill up to').fill('1048577');
    await bench.button('Send').click();
    const row = await bench.rowWhere(
      (candidate) => candidate.seen === 'page' && /^close\b/.test(candidate.what),
      'close',
    );
    expect(row.what).toContain('1009');
  });
});

test.describe('cache-fields', () => {
  test('a fresh response puts nothing on the wire; a stale one is validated with 304', async ({
    page,
  }) => {
    const bench = new BenchPage(page);
    await bench.open(cacheLesson);
    const loads = bench.root.getByRole('region', { name: 'Loads' }).getByRole('row');
    await bench.button('Load').click();
    await expect(loads).toHaveCount(2);
    const before = (await bench.rows()).filter((row) => row.seen === 'wire').length;
    await bench.button('Load again').click();
    await expect(loads).toHaveCount(3);
    await expect(loads.nth(1)).toContainText('0 bytes, from the cache');
    const after = await bench.rows();
    expect(after.filter((row) => row.seen === 'wire')).toHaveLength(before);

    await bench.root
      .getByRole('combobox', { name: 'Cache-Control' })
      .selectOption({ label: 'no-cache' });
    await bench.button('Reload past the cache').click();
    await expect(loads).toHaveCount(4);
    await bench.button('Load again').click();
    await expect(loads).toHaveCount(5);
    await expect(loads.nth(1)).toContainText('304');
    const answer = await bench.rowWhere((row) => /^304/.test(row.what), '304');
    const requests = (await bench.rows()).filter(
      (row) => row.kind === 'http.req.head' && row.row < answer.row,
    );
    const request = requests.at(-1);
    expect(request).toBeDefined();
    if (request === undefined) return;
    expect(Buffer.from(await bench.hexOf(request), 'hex').toString()).toMatch(
      /\r\nIf-None-Match: "version-\d+"\r\n/i,
    );
  });
});

test.describe('fallback', () => {
  const survivors = {
    none: 'WebSocket',
    'strip-upgrade': 'event stream',
    'refuse-upgrade': 'event stream',
    'accept-then-drop': 'event stream',
    buffer: 'WebSocket',
    'buffer+strip-upgrade': 'long polling',
  };
  for (const [path, transport] of Object.entries(survivors)) {
    // Where a transport has to be given up, that is soon, while the feed goes on; elsewhere a slow
    // machine has time to answer.
    const isSilent = path === 'accept-then-drop' || transport === 'long polling';
    const timeoutMs = isSilent ? 1000 : 8000;
    const pauseMs = isSilent ? 3000 : 100;
    test.describe(path, () => {
      test.use({
        // Chromium itself prints that the handshake failed: that is what the lesson is about.
        expectedConsole: [/WebSocket connection to .* failed/],
      });
      test(`all 16 updates arrive behind ${path}, by ${transport}`, async ({ page }) => {
        const bench = new BenchPage(page);
        await paceFeed(page, { intervalMs: 100, pauseMs });
        await bench.open(`${fallbackLesson}?fallback.timeoutMs=${timeoutMs}`);
        await bench.root.getByLabel('Path').selectOption(path);
        await bench.button('Start').click();
        await expect(
          bench.root.getByText(`all 16 updates received; ${transport} survived on this path.`),
        ).toBeVisible({ timeout: 40_000 });
        await expect(bench.root.getByText('16 of 16')).toBeVisible();
        await expect(bench.root.getByText('0, 0', { exact: true })).toBeVisible();
        const log = bench.root.getByRole('list', { name: 'What the client tried' });
        const why: Record<string, RegExp> = {
          'strip-upgrade': /Gave up WebSocket: .*1006/,
          'refuse-upgrade': /Gave up WebSocket: .*1006/,
          'accept-then-drop': /Gave up WebSocket: .*no message/,
          'buffer+strip-upgrade': /Gave up event stream: .*no event/,
        };
        const reason = why[path];
        if (reason !== undefined) await expect(log).toContainText(reason);
      });
    });
  }

  test('without resuming, what was published meanwhile is lost and shown as lost', async ({
    page,
  }) => {
    const bench = new BenchPage(page);
    await paceFeed(page);
    await bench.open(`${fallbackLesson}?fallback.timeoutMs=1000`);
    await bench.root.getByLabel('Path').selectOption('accept-then-drop');
    await bench.root.getByLabel('Resume after the last number').uncheck();
    await bench.button('Start').click();
    await expect(bench.root.getByText(/\d+ updates received; event stream survived/)).toBeVisible({
      timeout: 40_000,
    });
    await expect(bench.root.getByRole('listitem', { name: 'Update 1: lost' })).toBeVisible();
    await expect(
      bench.root.getByRole('listitem', { name: 'Update 16: event stream' }),
    ).toBeVisible();
  });
});

test.describe('the page and an independent witness', () => {
  /** Octets that differ only where the page says that it withheld one. */
  function agree(shown: Buffer, recorded: Buffer): void {
    expect(shown.length).toBe(recorded.length);
    const differing = [...shown].filter((octet, index) => octet !== recorded[index]);
    expect([...new Set(differing)].filter((octet) => octet !== 0x95)).toEqual([]);
  }

  /** All octets of one direction of a run's one WebSocket connection, as the page shows them. */
  async function shownOctets(bench: BenchPage, way: string): Promise<Buffer> {
    const rows = (await bench.rows()).filter(
      (row) =>
        row.seen === 'wire' && row.way === way && row.octets > 0 && row.kind !== 'ws.message',
    );
    const parts: string[] = [];
    for (const row of rows) parts.push(await bench.hexOf(row));
    return Buffer.from(parts.join(''), 'hex');
  }

  test('the browser’s own octets are those that a relay before the server recorded', async ({
    server,
  }) => {
    const relay: RecordingRelay = await recordingRelay(server.port);
    const executablePath = process.env['CHROMIUM_PATH'];
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        `--host-resolver-rules=MAP localhost:${server.port} 127.0.0.1:${relay.port}`,
      ],
    });
    try {
      const page = await browser.newPage();
      const troubles = watchForTrouble(page, server.address, []);
      const bench = new BenchPage(page);
      await bench.open(server.address + echoLesson);
      await bench.button('Send').click();
      await bench.rowWhere((row) => row.kind === 'ws.frame' && row.way === 'down', 'echo');
      const target = `/live/${await bench.run()}/echo/ws`;
      const recorded = relay.connections
        .map((arrivals) => ({
          up: Buffer.concat(arrivals.filter((a) => a.direction === 'up').map((a) => a.octets)),
          down: Buffer.concat(arrivals.filter((a) => a.direction === 'down').map((a) => a.octets)),
        }))
        .filter(({ up }) => up.includes(target));
      expect(recorded).toHaveLength(1);
      const [only] = recorded;
      if (only === undefined) return;
      agree(await shownOctets(bench, 'up'), only.up);
      const down = await shownOctets(bench, 'down');
      expect(down.toString('hex')).toBe(only.down.toString('hex'));
      expect(troubles).toEqual([]);
    } finally {
      await browser.close();
      await relay.close();
    }
  });

  test('a raw client’s octets in this run are shown as it sent and received them', async ({
    page,
    server,
  }) => {
    const bench = new BenchPage(page);
    await bench.open(echoLesson);
    const socket = connect(server.port, '127.0.0.1');
    const received: Buffer[] = [];
    socket.on('data', (octets: Buffer) => received.push(octets));
    const head = [
      `GET /live/${await bench.run()}/echo/ws HTTP/1.1`,
      `Host: localhost:${server.port}`,
      `Origin: http://localhost:${server.port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '',
      '',
    ].join('\r\n');
    // RFC 6455 §5.7's masked Hello, and a close with 1000.
    const frames = Buffer.from('818537fa213d7f9f4d5158' + '888237fa213d3412', 'hex');
    const sent = Buffer.concat([Buffer.from(head), frames]);
    socket.write(sent);
    await once(socket, 'close');

    await bench.rowWhere((row) => row.kind === 'ws.frame' && /^close/.test(row.what), 'close');
    expect((await shownOctets(bench, 'up')).toString('hex')).toBe(sent.toString('hex'));
    expect((await shownOctets(bench, 'down')).toString('hex')).toBe(
      Buffer.concat(received).toString('hex'),
    );
  });
});

test.describe('privacy', () => {
  async function echoOnce(
    context: BrowserContext,
    address: string,
    text: string,
  ): Promise<BenchPage> {
    const bench = new BenchPage(await context.newPage());
    await bench.open(address + echoLesson);
    await bench.root.getByLabel('Message', { exact: true }).fill(text);
    await bench.button('Send').click();
    await bench.rowWhere((row) => row.kind === 'ws.frame' && row.way === 'down', 'echo');
    return bench;
  }

  test('two browsers at once: neither sees an octet of the other', async ({ browser, server }) => {
    const [first, second] = await Promise.all([browser.newContext(), browser.newContext()]);
    const benches = await Promise.all([
      echoOnce(first, server.address, 'from-the-first'),
      echoOnce(second, server.address, 'from-the-second'),
    ]);
    const [ofFirst = '', ofSecond = ''] = await Promise.all(
      benches.map(async (bench) => JSON.stringify(await bench.rows())),
    );
    expect(ofFirst).toContain('from-the-first');
    expect(ofFirst).not.toContain('from-the-second');
    expect(ofSecond).toContain('from-the-second');
    expect(ofSecond).not.toContain('from-the-first');
    await Promise.all([first.close(), second.close()]);
  });

  test('another app’s cookie appears nowhere on the page', async ({ browser, server }) => {
    const context = await browser.newContext();
    await context.addCookies([{ name: 'other', value: 'topsecret', url: server.address }]);
    const bench = await echoOnce(context, server.address, 'Hello');
    const head = await bench.rowWhere((row) => row.kind === 'http.req.head', 'request');
    const octets = Buffer.from(await bench.hexOf(head), 'hex').toString('latin1');
    expect(octets).toContain('Cookie: ');
    expect(octets).not.toContain('topsecret');
    expect(octets).not.toContain('other=');
    expect(await bench.page.content()).not.toContain('topsecret');
    await context.close();
  });
});

test.describe('the server goes', () => {
  test.use({
    expectedConsole: [
      /ERR_CONNECTION_REFUSED|WebSocket connection to .* failed|ERR_CONNECTION_RESET/,
    ],
  });

  test('the bench says so within two seconds and recovers by itself', async ({ page, server }) => {
    const bench = new BenchPage(page);
    await bench.open(echoLesson);
    await server.stop('SIGKILL');
    try {
      await expect(bench.root.getByText('server not reachable')).toBeVisible({ timeout: 2000 });
      await expect(bench.root.getByText('npm start')).toBeVisible();
    } finally {
      await server.start();
    }
    await bench.isLive();
    await bench.button('Send').click();
    await bench.rowWhere((row) => row.kind === 'ws.frame' && row.way === 'down', 'echo');
  });
});
