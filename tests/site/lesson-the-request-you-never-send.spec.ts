import type { Locator, Page } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const address = (query = '') => `/lessons/the-request-you-never-send/${query && `?${query}`}`;
const setting = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([name, value]) => `cache-fields.${name}=${value}`)
    .join('&');

const loads = (bench: BenchPage): Locator =>
  bench.root.getByRole('region', { name: 'Loads' }).locator('tbody tr');
const solved = (bench: BenchPage, title: string): Locator =>
  bench.root.locator('.challenge').filter({ hasText: title }).locator('.challenge-goals li.is-met');

/** Presses, and waits for the load that comes of it. */
async function press(bench: BenchPage, name: string): Promise<Locator> {
  const before = await loads(bench).count();
  await bench.button(name).click();
  await expect(loads(bench)).toHaveCount(before + 1);
  return loads(bench).first();
}

async function choose(bench: BenchPage, title: string): Promise<void> {
  const tab = bench.root.getByRole('button', { name: title });
  if ((await tab.count()) > 0) await tab.first().click();
}

test.describe('the same over WebSocket', () => {
  const outcome = (bench: BenchPage, text: RegExp) =>
    expect(bench.root.locator('.panel-verdict')).toHaveText(text);

  /**
   * Connects, changes the snapshot five times, of which three have to be seen in time, and looks at it
   * once more.
   */
  async function follow(page: Page, way: string): Promise<BenchPage> {
    const bench = new BenchPage(page, 'push-and-get');
    await bench.open(address(`push-and-get.way=${way}`));
    await bench.button('Connect').click();
    for (const version of [2, 3, 4, 5, 6]) {
      await bench.button('Change it').click();
      await outcome(bench, new RegExp(`^Version ${version} seen: .+ bytes on the wire`));
    }
    await bench.button('Look again').click();
    return bench;
  }

  test('“Best of both” is solved by a push and a GET', async ({ page }) => {
    const bench = await follow(page, 'name');
    await outcome(bench, /^Version 6 looked at again: nothing on the wire\.$/);
    await expect(solved(bench, 'Best of both')).toHaveCount(2);
  });

  for (const way of ['whole', 'name-no-store']) {
    test(`and not by ${way}: each look takes its bytes`, async ({ page }) => {
      const bench = await follow(page, way);
      await outcome(bench, /^Version 6 looked at again: .+ bytes on the wire\.$/);
      await expect(solved(bench, 'Best of both')).toHaveCount(1);
    });
  }

  test('axe finds nothing in it, and it fits 360 px', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await follow(page, 'name');
    await expectNoViolation(page, '#bench-push-and-get');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

test.describe('the origin is down', () => {
  // The browser itself writes each 503 to the console.
  test.use({ expectedConsole: [/Failed to load resource: .* 503/] });

  const title = 'The origin is down and nobody noticed';
  const stale = 'Your browser: stale, it has to ask';

  /** Loads, lets it become stale, takes the origin down, and loads again. */
  async function outage(
    page: Page,
    values: Readonly<Record<string, string>>,
    again = 'Load again',
  ) {
    const bench = new BenchPage(page);
    await bench.open(address(setting({ maxAge: 3, ...values })));
    await press(bench, 'Load');
    if (values['path'] === 'shared-cache') {
      await expect(bench.root.getByText('Shared cache: stale')).toBeVisible();
    }
    await expect(
      bench.root.getByText(/^Your browser: (stale, it has to ask|never fresh)/),
    ).toBeVisible();
    await bench.root.getByRole('checkbox', { name: 'The origin is down: it answers 503' }).check();
    return { bench, row: await press(bench, again) };
  }

  test('stale-if-error in the shared cache: the page is told 200', async ({ page }) => {
    const { bench, row } = await outage(page, { path: 'shared-cache', freshness: 'sie' });
    await expect(row).toContainText('stale');
    await expect(row.locator('td').first()).toHaveText('1');
    await expect(bench.root.getByText(stale)).toBeVisible();
    const rows = await bench.rows();
    expect(rows.some(({ what }) => /stale-if-error lets the stale response/.test(what))).toBe(true);
    await choose(bench, title);
    await expect(solved(bench, title)).toHaveCount(3);
  });

  for (const [why, values, again] of [
    ['max-age alone permits nothing', { path: 'shared-cache', freshness: 'max-age' }, 'Load again'],
    ['s-maxage forbids it', { path: 'shared-cache', freshness: 's-maxage' }, 'Load again'],
    ['no cache but the browser’s', { path: 'direct', freshness: 'sie' }, 'Load again'],
    [
      'a reload wants the origin',
      { path: 'shared-cache', freshness: 'sie' },
      'Reload past the cache',
    ],
  ] as const) {
    test(`${why}: the page is told 503`, async ({ page }) => {
      const { bench, row } = await outage(page, values, again);
      await expect(row.locator('td').first()).toHaveText('none: 503');
      await choose(bench, title);
      expect(await solved(bench, title).count()).toBeLessThan(3);
    });
  }
});

test('the shared cache answers for the origin: s-maxage', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(address(setting({ path: 'shared-cache', freshness: 's-maxage', maxAge: 30 })));
  await expect(await press(bench, 'Load')).toContainText('miss');
  await expect(await press(bench, 'Load again')).toContainText('hit');
  await expect(bench.root.getByText(/^Shared cache: fresh for/)).toBeVisible();
  const asked = (await bench.rows()).filter(({ what }) => what.startsWith('GET …/resource'));
  expect(asked.map(({ sender }) => sender).sort()).toEqual(['BOX', 'BROWSER', 'BROWSER']);
});

type Case = {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly cache?: RequestCache;
  /** What crosses the wire the second time: a status code, or nothing. */
  readonly wire: number | 'nothing';
  readonly transferSize: number | 'full';
};

/** What Chromium's own cache does, measured with the tap (Chromium 156). */
const CASES: readonly Case[] = [
  { name: 'max-age', settings: { cacheControl: 'max-age=60' }, wire: 'nothing', transferSize: 0 },
  {
    name: 'no-cache with ETag',
    settings: { cacheControl: 'no-cache', etag: true },
    wire: 304,
    transferSize: 300,
  },
  {
    name: 'Last-Modified, max-age=0',
    settings: { cacheControl: 'max-age=0', lastModified: 'ten-days-ago' },
    wire: 304,
    transferSize: 300,
  },
  {
    name: 'no-store',
    settings: { cacheControl: 'no-store', etag: true },
    wire: 200,
    transferSize: 'full',
  },
  {
    name: 'stale-while-revalidate, stale',
    settings: { cacheControl: 'max-age=0, stale-while-revalidate=60', etag: true },
    wire: 304,
    transferSize: 0,
  },
  {
    name: 'Vary: *',
    settings: { cacheControl: 'max-age=60', vary: '*' },
    wire: 200,
    transferSize: 'full',
  },
  {
    name: 'heuristic',
    settings: { lastModified: 'ten-days-ago' },
    wire: 'nothing',
    transferSize: 0,
  },
  { name: 'nothing at all', settings: {}, wire: 200, transferSize: 'full' },
  {
    name: 'fetch force-cache on stale',
    settings: { cacheControl: 'max-age=0' },
    cache: 'force-cache',
    wire: 'nothing',
    transferSize: 0,
  },
  {
    name: 'fetch reload on fresh',
    settings: { cacheControl: 'max-age=60', etag: true },
    cache: 'reload',
    wire: 200,
    transferSize: 'full',
  },
  {
    name: 'fetch no-cache on fresh',
    settings: { cacheControl: 'max-age=60', etag: true },
    cache: 'no-cache',
    wire: 304,
    transferSize: 300,
  },
];

test.describe('the browser’s own cache, case by case', () => {
  for (const { name, settings, cache = 'default', wire, transferSize } of CASES) {
    test(name, async ({ page }) => {
      const bench = new BenchPage(page);
      await bench.open(address());
      const run = await bench.run();
      const size = await page.evaluate(
        async ([at, values, mode]) => {
          const url = new URL(`/live/${at}/cache-fields/resource`, location.href).href;
          await fetch(new URL('settings', url), {
            method: 'PUT',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify(values),
          });
          await (await fetch(url)).text();
          performance.clearResourceTimings();
          const timed = new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              const entry = list.getEntriesByName(url).at(-1);
              if (entry) resolve((entry as PerformanceResourceTiming).transferSize);
            }).observe({ type: 'resource' });
          });
          await (await fetch(url, { cache: mode })).text();
          return timed;
        },
        [run, settings, cache] as const,
      );
      if (transferSize === 'full') expect(size).toBeGreaterThan(2000);
      else expect(size).toBe(transferSize);
      const answers = async () =>
        (await bench.rows()).filter(({ seen, what }) => seen === 'server' && /^answer/.test(what));
      await expect.poll(async () => (await answers()).length).toBe(wire === 'nothing' ? 1 : 2);
      if (wire !== 'nothing') expect((await answers()).at(-1)?.what).toContain(String(wire));
    });
  }
});

type How = Pick<RequestInit, 'method' | 'cache' | 'mode'> & {
  readonly headers?: Readonly<Record<string, string>>;
};
type Got = { readonly text: string; readonly transferSize: number | undefined };

test.describe('the browser’s own cache, one load after the other', () => {
  /** The resource of a new run, answered as these settings say, and how often the server answered. */
  async function resource(page: Page, settings: Readonly<Record<string, unknown>>) {
    const bench = new BenchPage(page);
    await bench.open(address());
    const run = await bench.run();
    const url = new URL(`/live/${run}/cache-fields/resource`, page.url()).href;
    const load = (init: How = {}): Promise<Got> =>
      page.evaluate(
        async ([at, how]) => {
          performance.clearResourceTimings();
          const timed = new Promise<number>((resolve) => {
            new PerformanceObserver((list) => {
              const entry = list.getEntriesByName(at).at(-1);
              if (entry) resolve((entry as PerformanceResourceTiming).transferSize);
            }).observe({ type: 'resource' });
          });
          try {
            const text = await (await fetch(at, how)).text();
            return { text, transferSize: await timed };
          } catch (error) {
            return { text: (error as Error).name, transferSize: undefined };
          }
        },
        [url, init] as const,
      );
    await page.evaluate(
      async ([at, values]) => {
        await fetch(new URL('settings', at), {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(values),
        });
      },
      [url, settings] as const,
    );
    const answers = async () =>
      (await bench.rows()).filter(({ seen, what }) => seen === 'server' && /^answer/.test(what));
    const answered = (count: number) =>
      expect.poll(async () => (await answers()).length).toBe(count);
    return { bench, url, load, answered };
  }
  const fresh = { cacheControl: 'max-age=60', etag: true };

  test('Vary: one variant is kept, and going back asks again', async ({ page }) => {
    const { load, answered } = await resource(page, { ...fresh, vary: 'accept-language' });
    const sizes = [];
    for (const language of ['en', 'en', 'de', 'en']) {
      sizes.push((await load({ headers: { 'Accept-Language': language } })).transferSize);
    }
    expect(sizes.map((size) => size === 0)).toEqual([false, true, false, false]);
    await answered(3);
  });

  test('a POST to the same address drops what a GET has stored', async ({ page }) => {
    const { load, answered } = await resource(page, fresh);
    await load();
    expect((await load()).transferSize).toBe(0);
    await load({ method: 'POST' });
    expect((await load()).text).toContain('Version 2');
    await answered(2);
  });

  test('stale-while-revalidate: the old one at once, the new one next time', async ({ page }) => {
    const { url, load, answered } = await resource(page, {
      cacheControl: 'max-age=0, stale-while-revalidate=60',
      etag: true,
    });
    await load();
    await page.evaluate((at) => fetch(new URL('change', at), { method: 'POST' }), url);
    const second = await load();
    expect(second.text).toContain('Version 1');
    expect(second.transferSize).toBe(0);
    await answered(2);
    await expect
      .poll(async () => (await load()).text, 'the answer behind it has arrived')
      .toContain('Version 2');
  });

  for (const cache of ['default', 'force-cache', 'only-if-cached'] as const) {
    test(`fetch ${cache} on fresh: nothing crosses the wire`, async ({ page }) => {
      const { load, answered } = await resource(page, fresh);
      await load();
      expect((await load({ cache, mode: 'same-origin' })).transferSize).toBe(0);
      await answered(1);
    });
  }

  test.describe('with nothing stored', () => {
    test.use({ expectedConsole: [/ERR_CACHE_MISS/] });

    test('fetch only-if-cached fails, and nothing crosses the wire', async ({ page }) => {
      const { load, answered } = await resource(page, fresh);
      const got = await load({ cache: 'only-if-cached', mode: 'same-origin' });
      expect(got.text).toBe('TypeError');
      await load();
      await answered(1);
    });
  });

  for (const cache of ['no-store', 'reload'] as const) {
    test(`fetch ${cache} on fresh asks past all caches, and for all of it`, async ({ page }) => {
      const { bench, load, answered } = await resource(page, fresh);
      await load();
      expect((await load({ cache })).transferSize).toBeGreaterThan(2000);
      await answered(2);
      const heads = (await bench.rows()).filter(({ kind }) => kind === 'http.req.head');
      expect(heads.at(-1)?.what).toContain('Cache-Control: no-cache');
    });
  }

  test('location.reload(): what is fresh is not asked for', async ({ page }) => {
    const { load, answered } = await resource(page, fresh);
    await load();
    await answered(1);
    const [document] = await Promise.all([
      page.waitForRequest((request) => request.isNavigationRequest()),
      page.reload(),
    ]);
    expect((await document.allHeaders())['cache-control']).toBe('max-age=0');
    expect((await load()).transferSize).toBe(0);
  });
});
