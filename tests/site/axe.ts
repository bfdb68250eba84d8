import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './site-test.ts';

/**
 * Fails on whatever axe finds, in the light theme and in the dark one, without a load in between. Of
 * a theme only the contrast can differ, and all other rules together take many times as long.
 *
 * @param within CSS selector of the part to look at; the whole page without it.
 */
export async function expectNoViolation(page: Page, within = 'html'): Promise<void> {
  await page.emulateMedia({ colorScheme: 'light' });
  const inLight = await builder(page, within).analyze();
  await page.emulateMedia({ colorScheme: 'dark' });
  const inDark = await builder(page, within).withRules(['color-contrast']).analyze();
  const violations = [...inLight.violations, ...inDark.violations];
  expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
}

// Frames of other origins would need the mode that opens a page of its own for each result. To
// describe what passes as well takes twice as long as to look.
const builder = (page: Page, within: string) =>
  new AxeBuilder({ page })
    .include(within)
    .options({ resultTypes: ['violations'], selectors: false })
    .setLegacyMode();
