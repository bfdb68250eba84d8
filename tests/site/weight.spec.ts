import type { Page, Request } from '@playwright/test';
import { writtenLessons } from '#tests/content/lesson-text.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const lessons = writtenLessons().map(({ slug }) => `/lessons/${slug}/`);

/** Over the bound today, by up to 2 KB: whoever makes one lighter is told so by its test. */
const heavier = [
  '/lessons/both-ways-at-once/',
  '/lessons/where-the-milliseconds-go/',
  '/lessons/the-request-you-never-send/',
  '/lessons/the-box-in-the-middle/',
];

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
      test.fail(heavier.includes(lesson), 'not yet light enough');
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
