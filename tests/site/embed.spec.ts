import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator, Page } from '@playwright/test';
import { serveStatically } from './static-site.ts';
import { expectNoViolation } from './axe.ts';
import { expect, test } from './site-test.ts';

/** A page of another site with a bench in a frame, which notes the messages that it gets. */
async function frameFrom(page: Page, source: string, attributes = ''): Promise<FrameLocator> {
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><title>Slides</title>
      <iframe src="${source}" title="bench" width="900" height="700" ${attributes}></iframe>
      <script>
        messages = [];
        addEventListener('message', ({ origin, data }) => messages.push({ origin, data }));
      </script>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // Other than localhost, 127.0.0.1 is another site.
  await page.goto(`http://127.0.0.1:${port}/`);
  page.on('close', () => server.close());
  return page.frameLocator('iframe');
}

type Told = { readonly origin: string; readonly data: { type: string; height: number } };
const messagesOf = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as { messages: Told[] }).messages);

test('a bench in another site’s frame is live, and tells its height and nothing else', async ({
  browser,
  server,
}) => {
  const page = await browser.newPage();
  const origin = server.address;
  const frame = await frameFrom(page, `${origin}/embed/echo/?echo.message=Slide`);
  await expect(frame.locator('.chip-live')).toBeVisible();
  await frame.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(frame.getByRole('status').filter({ hasText: '“Slide”' })).toBeVisible();

  const before = (await messagesOf(page)).at(-1)?.data.height ?? 0;
  await frame.getByRole('button', { name: 'Hint' }).click();
  await expect
    .poll(async () => (await messagesOf(page)).at(-1)?.data.height ?? 0)
    .toBeGreaterThan(before);
  for (const message of await messagesOf(page)) {
    expect(message.origin).toBe(origin);
    expect(Object.keys(message.data).sort()).toEqual(['demo', 'height', 'type']);
  }
  const told = (await messagesOf(page)).at(-1)?.data;
  expect(told).toMatchObject({ type: 'switching-protocols:height', demo: 'echo' });
  // As high as it says, it needs no scroll bar.
  await page.locator('iframe').evaluate((element, height) => {
    element.setAttribute('height', String(height));
  }, told?.height);
  const overflow = await frame
    .locator('html')
    .evaluate((html) => html.scrollHeight - html.clientHeight);
  expect(overflow).toBe(0);
  await page.close();
});

test('a bench in a frame works where storage is refused, and keeps nothing', async ({
  browser,
  server,
}) => {
  const page = await browser.newPage();
  const asked: string[] = [];
  await page.exposeFunction('asked', (name: string) => asked.push(name));
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'] as const) {
      Object.defineProperty(window, name, {
        get: () => {
          void (window as unknown as { asked: (name: string) => void }).asked(name);
          throw new DOMException('refused', 'SecurityError');
        },
      });
    }
  });
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const frame = await frameFrom(page, `${server.address}/embed/echo/`);
  for (const size of ['5', '126', '65536']) {
    await frame.getByLabel('Fill up to').fill(size);
    await frame.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(frame.locator('.challenge-goals .is-met')).toHaveCount(
      ['5', '126', '65536'].indexOf(size) + 1,
    );
  }
  await expect(frame.getByText('✓ Solved')).toBeVisible();
  expect(errors).toEqual([]);
  expect(asked).toEqual([]);
  await page.close();
});

test('a sandboxed frame with an origin of its own is live; one without says what is missing', async ({
  browser,
  server,
}) => {
  const page = await browser.newPage();
  const source = `${server.address}/embed/echo/`;
  let frame = await frameFrom(page, source, 'sandbox="allow-scripts allow-same-origin"');
  await expect(frame.locator('.chip-live')).toBeVisible();
  await expect(frame.getByText(/without allow-same-origin/)).toBeHidden();

  frame = await frameFrom(page, source, 'sandbox="allow-scripts"');
  await expect(frame.getByText(/without allow-same-origin/)).toBeVisible();
  await expect(frame.getByRole('link', { name: 'open this bench in a tab' })).toHaveAttribute(
    'href',
    '/embed/echo/',
  );
  await page.close();
});

test('no other page can be framed', async ({ browser, server }) => {
  const page = await browser.newPage();
  for (const path of ['/', '/lessons/frames-bit-by-bit/', '/teach/', '/code/echo/']) {
    const frame = await frameFrom(page, `${server.address}${path}`);
    await expect(frame.getByText('Switching Protocols')).toHaveCount(0);
  }
  await page.close();
});

test('without a demo server, a framed bench plays its recording, sandboxed or not', async ({
  browser,
}) => {
  const site = await serveStatically();
  const page = await browser.newPage();
  const address = site.address.replace('127.0.0.1', 'localhost');
  const source = `${address}/embed/echo/?echo.row=15`;
  let frame = await frameFrom(page, source, 'sandbox="allow-scripts allow-same-origin"');
  await expect(frame.locator('.chip-recorded')).toContainText('RECORDED');
  await expect(frame.getByRole('heading', { name: /^Row 15/ })).toBeVisible();
  frame = await frameFrom(page, source, 'sandbox="allow-scripts"');
  await expect(frame.getByText(/without allow-same-origin/)).toBeVisible();
  await page.close();
  await site.close();
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing on a bench alone, ${theme}, projected or not`, async ({ page }) => {
    for (const projector of ['', '&echo.projector=on']) {
      await page.goto(`/embed/echo/?theme=${theme}&echo.show=recording&echo.row=15${projector}`);
      await expect(page.getByRole('heading', { name: /^Row 15/ })).toBeVisible();
      await expectNoViolation(page);
    }
  });
}

test('what is pressed before a bench is alive is done when it is', async ({ page }) => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/_astro/start-bench.*.js', async (route) => {
    await released;
    await route.continue();
  });
  // With an address to read, which comes after the press.
  await page.goto('/embed/echo/?echo.show=recording');
  await page.getByRole('button', { name: 'Projector' }).click();
  await expect(page.locator('wire-bench')).not.toHaveClass(/is-projected/);
  release();
  await expect(page.locator('wire-bench')).toHaveClass(/is-projected/);
});

test('a projected bench fits its window and has no text under 24 px', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto('/embed/echo/?echo.show=recording&echo.row=15');
  await page.getByRole('button', { name: 'Projector' }).click();
  await expect(page.locator('wire-bench')).toHaveClass(/is-projected/);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1280);
  // Playwright's box is in the window's pixels: 13.4 px type on a line of 1.3, and its padding, twice.
  // Its style sheet comes with the instrument.
  await expect(async () => {
    const button = await page.getByRole('button', { name: 'Projector' }).boundingBox();
    expect(button?.height).toBeGreaterThan(50);
  }).toPass();
  const small = await page.locator('wire-bench').evaluate(
    (bench) =>
      [...bench.querySelectorAll('*')].filter((element) => {
        const hasText = [...element.childNodes].some(
          (node) => node instanceof Text && node.data.trim() !== '',
        );
        return hasText && parseFloat(getComputedStyle(element).fontSize) < 12;
      }).length,
  );
  expect(small).toBe(0);
});
