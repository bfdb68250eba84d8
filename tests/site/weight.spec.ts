import type { Page, Request } from '@playwright/test';
import { writtenLessons } from '#tests/content/lesson-text.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const lessons = writtenLessons().map(({ slug }) => `/lessons/${slug}/`);

/** Octets of the contents of all answers, as they came (compressed), by kind. */
async function weigh(page: Page, visit: () => Promise<void>) {
  const requests: Request[] = [];
  page.on('requestfinished', (request) => requests.push(request));
  await visit();
  const weights = { fonts: 0, rest: 0, fontFiles: 0 };
  for (const request of requests) {
    const { responseBodySize } = await request.sizes();
    if (request.resourceType() === 'font') {
      weights.fonts += responseBodySize;
      weights.fontFiles += 1;
    } else {
      weights.rest += responseBodySize;
    }
  }
  return weights;
}

test.describe('a lesson with its live bench, before its reader acts', () => {
  for (const lesson of lessons) {
    test(`${lesson} takes at most 45 KB and two fonts`, async ({ page }) => {
      const bench = new BenchPage(page);
      const weights = await weigh(page, async () => {
        await bench.open(lesson);
        await page.waitForLoadState('networkidle');
      });
      console.log(`${lesson} ${JSON.stringify(weights)}`);
      expect(weights.rest).toBeLessThanOrEqual(45_000);
      expect(weights.rest).toBeGreaterThan(10_000);
      expect(weights.fontFiles).toBeLessThanOrEqual(2);
    });
  }
});

/** What a page asked for until its load event, itself first. */
const askedToLoad = () => {
  const [navigation] = performance.getEntriesByType('navigation');
  const { loadEventStart } = navigation as PerformanceNavigationTiming;
  const asked = performance
    .getEntriesByType('resource')
    .filter(({ startTime }) => startTime < loadEventStart)
    .map(({ name }) => new URL(name).pathname);
  return [location.pathname, ...asked.sort()];
};

test.describe('until it is loaded', () => {
  const others = ['/', '/lessons/', '/teach/', '/quiz/', '/code/echo/', '/embed/echo/'];
  for (const path of [...lessons, ...others]) {
    test(`${path} takes at most four requests: itself, one sheet, two fonts`, async ({ page }) => {
      await page.goto(path, { waitUntil: 'load' });
      const asked = await page.evaluate(askedToLoad);
      expect(asked).toEqual([
        path,
        expect.stringMatching(/^\/_astro\/inter-.*\.woff2$/),
        expect.stringMatching(/^\/_astro\/page\..*\.css$/),
        expect.stringMatching(/^\/_astro\/source-serif-.*\.woff2$/),
      ]);
    });
  }
});
