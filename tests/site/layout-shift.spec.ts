import { serveStatically } from './static-site.ts';
import { expect, test } from './site-test.ts';

/** What the page’s own observer hears: https://wicg.github.io/layout-instability/. */
type LayoutShift = PerformanceEntry & { readonly value: number };

for (const lesson of ['frames-bit-by-bit', 'the-request-you-never-send', 'did-it-happen']) {
  test(`nothing in ${lesson} moves when its fonts come late`, async ({ browser }) => {
    const site = await serveStatically();
    const page = await browser.newPage({ viewport: { width: 412, height: 823 } });
    const { promise: drawn, resolve: release } = Promise.withResolvers<void>();
    let fonts = 0;
    await page.route('**/*.woff2', async (route) => {
      fonts++;
      await drawn;
      await route.continue();
    });
    await page.goto(`${site.address}/lessons/${lesson}/`, { waitUntil: 'commit' });
    await page.waitForFunction(
      () => performance.getEntriesByName('first-contentful-paint').length > 0,
    );
    release();
    await page.waitForLoadState('networkidle');
    const sum = await page.evaluate(async () => {
      await document.fonts.ready;
      // What was laid out anew for them is drawn by then.
      const drawnTwice = () =>
        new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      await drawnTwice();
      const shifts: LayoutShift[] = [];
      new PerformanceObserver((list) => {
        shifts.push(...(list.getEntries() as LayoutShift[]));
      }).observe({ type: 'layout-shift', buffered: true });
      await drawnTwice();
      return shifts.reduce((total, { value }) => total + value, 0);
    });
    expect(sum).toBe(0);
    expect(fonts).toBeGreaterThan(0);
    await page.close();
    await site.close();
  });
}
