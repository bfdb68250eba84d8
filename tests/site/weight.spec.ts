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

/** What a page asked for until its load event, the document itself left out. */
const askedToLoad = () => {
  const [navigation] = performance.getEntriesByType('navigation');
  const { loadEventStart } = navigation as PerformanceNavigationTiming;
  return performance
    .getEntriesByType('resource')
    .filter(({ startTime }) => startTime < loadEventStart)
    .map(({ name }) => new URL(name).pathname);
};

test.describe('a lesson, until it is loaded', () => {
  for (const lesson of lessons) {
    test(`${lesson} takes four requests and two fonts`, async ({ page }) => {
      await page.goto(lesson, { waitUntil: 'load' });
      const asked = await page.evaluate(askedToLoad);
      const fonts = asked.filter((path) => path.endsWith('.woff2'));
      // The first script keeps a reader’s theme from flashing, and stands alone for it.
      expect(asked.filter((path) => !fonts.includes(path)).sort()).toEqual([
        expect.stringMatching(/PageScript.*\.js$/),
        expect.stringMatching(/page\..*\.css$/),
        '/theme.js',
      ]);
      expect(fonts.length).toBeLessThanOrEqual(2);
    });
  }
});
