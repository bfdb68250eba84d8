import { readFile } from 'node:fs/promises';
import { test as base, type Page } from '@playwright/test';
import { decodeCapsule } from '#capture/export/capsule.ts';
import { expectNoViolation } from './axe.ts';
import type { DemoDefinition } from '#demo/definition.ts';
import type { RecordingScript } from '#demo/recording.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test, watchForTrouble } from './site-test.ts';
import { serveStatically } from './static-site.ts';

const lessons = {
  echo: '/lessons/frames-bit-by-bit/',
  'cache-fields': '/lessons/the-request-you-never-send/',
  fallback: '/lessons/plan-b/',
  acknowledge: '/lessons/did-it-happen/',
  'slow-job': '/lessons/did-it-happen/',
  'send-update': '/lessons/verbs-that-mean-something/',
  'press-twice': '/lessons/verbs-that-mean-something/',
  'two-editors': '/lessons/verbs-that-mean-something/',
  'rest-on-socket': '/lessons/verbs-that-mean-something/',
  'push-and-get': '/lessons/the-request-you-never-send/',
  stadium: '/lessons/one-answer-for-everyone/',
  leak: '/lessons/one-answer-for-everyone/',
  'five-doors': '/lessons/everything-speaks-http/',
  'night-shift': '/lessons/everything-speaks-http/',
  roulette: '/lessons/everything-speaks-http/',
  'talk-over': '/lessons/both-ways-at-once/',
  chat: '/lessons/both-ways-at-once/',
  sketch: '/lessons/both-ways-at-once/',
  'x-ray': '/lessons/a-request-is-not-a-connection/',
  sockets: '/lessons/a-request-is-not-a-connection/',
  chunks: '/lessons/a-request-is-not-a-connection/',
  'by-hand': '/lessons/the-101-moment/',
  'ways-to-fail': '/lessons/the-101-moment/',
  carriers: '/lessons/the-101-moment/',
  'no-101': '/lessons/the-101-moment/',
  'quiet-feed': '/lessons/who-speaks-first/',
  mailbox: '/lessons/who-speaks-first/',
  'http2-heads': '/lessons/a-request-is-not-a-connection/',
  'broken-frames': '/lessons/frames-bit-by-bit/',
};

/** Kinds and octets that a reader of each recording must find on the wire. */
const telling = {
  echo: ({ kind, way, octets }) => kind === 'ws.frame' && way === 'up' && octets === 134,
  'cache-fields': ({ kind, what }) => kind === 'http.res.head' && what.includes('304'),
  fallback: ({ kind, what }) => kind === 'http.res.head' && what.includes('101'),
  acknowledge: ({ kind, way, octets }) => kind === 'ws.frame' && way === 'up' && octets === 17,
  'slow-job': ({ kind, what }) => kind === 'http.res.head' && what.includes('504'),
  'send-update': ({ kind, what }) => kind === 'http.res.head' && what.includes('501'),
  'press-twice': ({ kind, what }) => kind === 'http.req.head' && what.includes('DELETE'),
  'two-editors': ({ kind, what }) => kind === 'http.res.head' && what.includes('412'),
  'rest-on-socket': ({ kind, what }) => kind === 'http.res.head' && what.includes('412'),
  'push-and-get': ({ kind, what }) => kind === 'http.req.head' && what.includes('snapshots/'),
  stadium: ({ kind, sender }) => kind === 'http.req.head' && sender === 'ROBOT',
  leak: ({ kind, what }) => kind === 'http.req.head' && what.includes('greeting'),
  'five-doors': ({ kind, what }) => kind === 'http.res.head' && what.includes('426'),
  'night-shift': ({ kind, what }) => kind === 'http.res.head' && what.includes('204'),
  roulette: ({ seen, what }) => seen === 'page' && what.includes('1012'),
  'talk-over': ({ kind, what }) => kind === 'http.res.head' && what.includes('101'),
  chat: ({ kind, what }) => kind === 'http.req.head' && what.includes('Last-Event-Id: 1'),
  sketch: ({ kind, what }) => kind === 'http.res.head' && what.includes('101'),
  'x-ray': ({ kind, sender, octets }) =>
    kind === 'http.req.head' && sender === 'ROBOT' && octets < 80,
  sockets: ({ kind, what }) => kind === 'http.req.head' && what.includes('/close/3/10'),
  chunks: ({ kind, octets }) => kind === 'http.chunk' && octets === 22,
  'by-hand': ({ kind, what }) => kind === 'http.res.head' && what.includes('101'),
  'ways-to-fail': ({ kind, what }) => kind === 'http.res.head' && what.includes('301'),
  carriers: ({ kind, what }) => kind === 'http.res.head' && what.includes('101'),
  'no-101': ({ kind, sender, octets }) =>
    kind === 'h2.frame' && sender === 'ROBOT' && octets === 99,
  'quiet-feed': ({ kind, what }) => kind === 'http.res.head' && what.includes('304'),
  mailbox: ({ kind, what }) => kind === 'http.req.head' && what.includes('/mail?since='),
  'http2-heads': ({ kind, octets }) => kind === 'h2.frame' && octets === 39,
  'broken-frames': ({ kind, sender }) => kind === 'ws.frame' && sender === 'ROBOT',
} satisfies Record<string, (row: Awaited<ReturnType<BenchPage['rows']>>[number]) => boolean>;

/** Of a long recording, what to search for first: the list is read line by line. */
const sought: Partial<Record<keyof typeof lessons, string>> = { roulette: '1012' };

/** What the recorded user saw in the end. */
const outcome = {
  echo: '“HelloHello',
  'cache-fields': '0 bytes, from the cache',
  fallback: 'All 16 updates received; event stream survived on this path.',
  acknowledge: 'Your script: 5 sent, 5 answered. The server: 6 made.',
  'slow-job': 'Baked, and your script knows: 2 requests.',
  'send-update': 'PUT: 200. The handler was called.',
  'press-twice': 'The server did it once: 110.',
  'two-editors': 'The list: Tea, milk, bread. Nothing is lost.',
  'rest-on-socket': 'By HTTP, 8 of 8 tasks work. Nothing was invented.',
  'push-and-get': 'Version 5 looked at again: nothing on the wire.',
  stadium: '20 readers served; 1 response of the origin.',
  leak: 'Bert is greeted as Bert.',
  'five-doors': 'new WebSocket() asked for the WebSocket: 101.',
  'night-shift': 'Right: server D.',
  roulette: '50 % of 8 WebSockets are at new servers.',
  'talk-over': 'Over. Numbers crossed on their way, on different connections.',
  chat: 'At nine.',
  sketch: 'Ben’s stroke: 30 points in',
  'x-ray': 'The robot sent 7',
  sockets: '10 answers on 10 TCP connections.',
  chunks: '6 errors. By lines: 3 of 3 messages.',
  'by-hand': 'OPEN: your browser has accepted your value.',
  'ways-to-fail': 'On the wire 8 things; to the page 1 face.',
  carriers: 'Of 5 requests, 0 carried the cookie and 2 said their origin.',
  'no-101': 'In this capture: 2 messages, and the answer 101 never.',
  'quiet-feed': 'Over: 15 questions',
  mailbox: 'another way',
  'http2-heads': 'Your browser asked 10 times, the robot 10 times.',
  'broken-frames': 'ws and RFC 6455 differ here.',
};

/** How many goals of its first challenge a demo's recording meets. */
async function metGoals(demo: string): Promise<number> {
  const [{ default: script }, { default: definition }] = (await Promise.all([
    import(`#demos/${demo}/record.ts`),
    import(`#demos/${demo}/demo.ts`),
  ])) as [{ default: RecordingScript }, { default: DemoDefinition }];
  const first = `${definition.challenges[0]?.id ?? ''}/`;
  return script.meets.filter((goal) => goal.startsWith(first)).length;
}

/** Pages of a copy that has no demo server. */
const hosted = base.extend<{ site: Page }, { address: string }>({
  address: [
    async ({}, use) => {
      const server = await serveStatically();
      await use(server.address);
      await server.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ address }, use) => {
    await use(address);
  },
  site: async ({ page, address }, use) => {
    const troubles = watchForTrouble(page, address, []);
    await use(page);
    expect(troubles).toEqual([]);
  },
});

for (const [demo, path] of Object.entries(lessons) as [keyof typeof lessons, string][]) {
  hosted(`a copy without a server plays the recording of ${demo} and says so`, async ({ site }) => {
    const { made, browser } = decodeCapsule(
      await readFile(`content/captures/${demo}.json`, 'utf8'),
    );
    await site.goto(path);
    const bench = new BenchPage(site, demo);
    await bench.root.scrollIntoViewIfNeeded();
    const day = new Date(made).toLocaleDateString('en-GB', {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone: 'UTC',
    });
    await expect(
      bench.root.getByText(`RECORDED · ${day} · ${browser}`, { exact: true }),
    ).toBeVisible();
    await expect(bench.root.getByText('npm start')).toBeVisible();
    await expect(bench.root.getByRole('group', { name: /: controls$/ })).toContainText(
      outcome[demo],
    );
    await expect(bench.root.locator('.challenge-goals li.is-met')).toHaveCount(
      await metGoals(demo),
    );
    await bench.tab('List').click();
    await bench.root
      .getByRole('searchbox', { name: 'Search in bytes and notes' })
      .fill(sought[demo] ?? '');
    await bench.rowWhere(telling[demo], `the telling row of ${demo}`);
    await bench.tab('Timeline').click();
    await expectNoViolation(site);
  });
}

hosted('its predictions, explanations and checks work as on any other', async ({ site }) => {
  await site.goto(lessons.echo);
  await site.getByRole('button', { name: 'Skip' }).first().click();
  await expect(site.getByText('Eleven up, seven down.')).toBeVisible();
});

hosted('its benches open a reader’s own capsule, and lead back', async ({ site }) => {
  await site.goto(lessons.echo);
  const bench = new BenchPage(site);
  await bench.root.scrollIntoViewIfNeeded();
  await expect(bench.root.getByText(/^RECORDED/)).toBeVisible();
  const capsule = JSON.parse(await readFile('content/captures/echo.json', 'utf8')) as object;
  await bench.button('Save or open').click();
  const [chooser] = await Promise.all([
    site.waitForEvent('filechooser'),
    bench.button('Open a capsule…').click(),
  ]);
  const buffer = Buffer.from(JSON.stringify({ ...capsule, browser: 'Firefox 150' }));
  await chooser.setFiles({ name: 'mine.json', mimeType: 'application/json', buffer });
  await expect(bench.root.getByText(/^RECORDED .* Firefox 150$/)).toBeVisible();
  await bench.button('Back to the recording').click();
  await expect(bench.root.getByText(/^RECORDED .* Chromium \d+$/)).toBeVisible();
});

test.describe('the server goes', () => {
  test.use({
    expectedConsole: [
      /ERR_CONNECTION_REFUSED|WebSocket connection to .* failed|ERR_CONNECTION_RESET/,
    ],
  });

  test('the bench offers the recording, keeps the run, and goes live by itself', async ({
    page,
    server,
  }) => {
    const bench = new BenchPage(page);
    await bench.open(lessons.echo);
    await Promise.all([page.waitForResponse('**/captures/echo.json'), bench.root.hover()]);
    await bench.button('Send').click();
    await bench.rowWhere((row) => row.kind === 'ws.frame' && row.way === 'down', 'echo');
    const mine = (await bench.rows()).length;
    await server.stop('SIGKILL');
    try {
      await bench.button('Show a recording').press('Enter');
      await expect(bench.root.getByText(/^RECORDED/)).toBeVisible();
      // The button is gone.
      await expect(bench.tab('List')).toBeFocused();
      await bench.rowWhere(telling.echo, 'a frame of the recording');
      await bench.button('Back to this run').press('Enter');
      await expect(bench.tab('List')).toBeFocused();
      expect((await bench.rows()).length).toBeGreaterThanOrEqual(mine);
      await bench.button('Show a recording').click();
    } finally {
      await server.start();
    }
    await bench.isLive();
    await expect(bench.root.getByText(/^RECORDED/)).toHaveCount(0);
    await bench.button('Send').click();
    await bench.rowWhere((row) => row.kind === 'ws.frame' && row.way === 'down', 'echo');
  });
});
