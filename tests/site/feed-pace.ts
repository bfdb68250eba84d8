import type { Page } from '@playwright/test';

/** What POST feed takes, within the server's bounds. */
type Pace = { readonly intervalMs?: number; readonly pauseMs?: number };

/**
 * Sets how fast the feed of `fallback` goes for this page. The lesson's own feed takes seven
 * seconds, three of them a pause for readers, of which no assertion speaks.
 */
export async function paceFeed(page: Page, pace: Pace = { pauseMs: 100 }): Promise<void> {
  await page.route('**/feed', (route) => {
    const asked = route.request().postDataJSON() as object;
    return route.continue({ postData: JSON.stringify({ ...asked, ...pace }) });
  });
}
