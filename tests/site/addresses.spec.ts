import type { Locator, Page } from '@playwright/test';
import { moved } from '#components/moved.ts';
import { publishedAddresses } from './published-addresses.ts';
import { expect, test } from './site-test.ts';

const frames = '/lessons/frames-bit-by-bit/';
const planB = '/lessons/plan-b/';

test('every published address is there, with all of its steps', async ({ request }) => {
  for (const [address, steps] of Object.entries(publishedAddresses)) {
    const response = await request.get(address);
    expect(response.status(), address).toBe(200);
    const html = await response.text();
    for (const step of steps) expect(html, `${address}#${step}`).toContain(`id="${step}"`);
  }
});

test('what has moved leads to an address that is there, with its state and step', async ({
  page,
}) => {
  for (const [from, to] of Object.entries(moved)) {
    await page.goto(`${from}?echo.size=5`);
    await page.waitForURL((url) => url.pathname !== from);
    const { pathname, search, hash } = new URL(page.url());
    expect(`${pathname}${hash}`).toBe(to);
    expect(search).toBe('?echo.size=5');
    expect(Object.keys(publishedAddresses)).toContain(pathname);
  }
});

const root = (page: Page): Locator => page.locator('wire-bench').first();
const selected = (page: Page, tab: string) =>
  expect(root(page).getByRole('tab', { name: tab, selected: true })).toBeVisible();

/** Addresses with state, and what a reader must find there. Each opens in a profile of its own. */
const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  [`${frames}?echo.message=Good%20morning`]: async (page) => {
    await expect(root(page).getByLabel('Message', { exact: true })).toHaveValue('Good morning');
  },
  [`${frames}?echo.size=65536&echo.as=binary`]: async (page) => {
    await expect(root(page).getByLabel('Fill up to')).toHaveValue('65536');
    await expect(root(page).getByLabel('binary')).toBeChecked();
  },
  [`${frames}?echo.tab=list`]: (page) => selected(page, 'List'),
  [`${frames}?echo.tab=code&echo.message=Hi`]: async (page) => {
    await selected(page, 'Code');
    await expect(
      root(page).getByRole('heading', { name: 'demo-server/demos/echo.ts' }),
    ).toBeVisible();
    await expect(root(page).getByLabel('Message', { exact: true })).toHaveValue('Hi');
  },
  [`${frames}?echo.show=recording&echo.tab=list&echo.row=15`]: async (page) => {
    await selected(page, 'List');
    await expect(root(page).locator('.chip-recorded')).toContainText('RECORDED');
    await expect(root(page).getByRole('heading', { name: /^Row 15: text/ })).toBeVisible();
  },
  [`${frames}?echo.challenge=two-ways-to-end#close`]: async (page) => {
    await expect(page.locator('#close')).toBeInViewport();
    await root(page).scrollIntoViewIfNeeded();
    await expect(
      root(page).getByRole('button', { name: 'Two ways to end', pressed: true }),
    ).toBeVisible();
  },
  [`${planB}?fallback.path=refuse-upgrade`]: async (page) => {
    await expect(root(page).getByLabel('Path')).toHaveValue('refuse-upgrade');
  },
  [`${planB}?fallback.timeoutMs=500&fallback.resume=off&fallback.tab=ledger`]: async (page) => {
    await expect(root(page).getByLabel('Wait for the first message')).toHaveValue('500');
    await expect(root(page).locator('[id$="-resume"]')).not.toBeChecked();
    await selected(page, 'Ledger');
  },
  '/lessons/did-it-happen/?acknowledge.orders=10&acknowledge.path=lost-answers': async (page) => {
    await expect(root(page).locator('[id$="-orders"]')).toHaveValue('10');
  },
  '/embed/echo/?theme=dark&echo.message=Hi&echo.projector=on': async (page) => {
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(root(page)).toHaveClass(/is-projected/);
    await expect(root(page).getByLabel('Message', { exact: true })).toHaveValue('Hi');
  },
};

for (const [address, holds] of Object.entries(states)) {
  test(`a new profile opens exactly this: ${address}`, async ({ page }) => {
    await page.goto(address);
    const anchor = new URL(page.url()).hash;
    if (anchor === '') await root(page).scrollIntoViewIfNeeded();
    await holds(page);
    await expect(page.locator('.notice-link, .missing-step')).toHaveCount(0);
  });
}

test('what “Link to this” copies opens the same in another profile', async ({ page, browser }) => {
  await page.goto(`${frames}?echo.show=recording&echo.row=15`);
  await root(page).scrollIntoViewIfNeeded();
  await expect(root(page).getByRole('heading', { name: /^Row 15/ })).toBeVisible();
  await root(page).getByRole('tab', { name: 'List' }).click();
  await root(page).getByRole('button', { name: 'Two ways to end' }).click();
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await root(page).getByRole('button', { name: 'Link to this' }).click();
  const link = await root(page).getByRole('textbox', { name: 'Link to this' }).inputValue();
  expect([...new URL(link).searchParams].sort()).toEqual([
    ['echo.challenge', 'two-ways-to-end'],
    ['echo.row', '15'],
    ['echo.show', 'recording'],
    ['echo.tab', 'list'],
  ]);
  const other = await browser.newPage();
  await other.goto(link);
  await root(other).scrollIntoViewIfNeeded();
  await selected(other, 'List');
  await expect(root(other).getByRole('heading', { name: /^Row 15/ })).toBeVisible();
  await expect(
    root(other).getByRole('button', { name: 'Two ways to end', pressed: true }),
  ).toBeVisible();
  await other.close();
});

/** Broken addresses, the sentence that each gets, and what opens instead. */
const broken: readonly (readonly [string, RegExp, (page: Page) => Promise<void>])[] = [
  [
    `${frames}?echo.size=99999999`,
    /sets “size” to “99999999”/,
    (page) => expect(root(page).getByLabel('Fill up to')).toHaveValue('0'),
  ],
  [`${frames}?echo.tab=frames`, /tab “frames”.*timeline/, (page) => selected(page, 'Timeline')],
  [
    `${frames}?ecoh.message=Hi`,
    /“ecoh\.message”.*not on this page/,
    (page) => expect(root(page).getByLabel('Message', { exact: true })).toHaveValue('Hello'),
  ],
  [
    `${frames}?echo.show=recording&echo.row=9999`,
    /row 9999, but this recording has \d+/,
    (page) => expect(root(page).locator('.chip-recorded')).toBeVisible(),
  ],
  [`${frames}?echo.row=3`, /Only a recording’s rows/, (page) => selected(page, 'Timeline')],
  [
    '/embed/echo/?theme=sepia',
    /theme “sepia”/,
    (page) => expect(root(page).getByRole('button', { name: 'Send' })).toBeVisible(),
  ],
  [
    `${frames}#no-such-step`,
    /a step “no-such-step”/,
    (page) => expect(page.getByRole('heading', { level: 1 })).toBeInViewport(),
  ],
  [
    `${frames}#%`,
    /a step “%”/,
    (page) => expect(page.getByRole('heading', { level: 1 })).toBeInViewport(),
  ],
];

for (const [address, sentence, holds] of broken) {
  test(`a broken address opens the nearest thing and says so: ${address}`, async ({ page }) => {
    await page.goto(address);
    if (!address.includes('#')) await root(page).scrollIntoViewIfNeeded();
    const told = page.locator('.notice-link, .missing-step');
    await expect(told).toHaveCount(1);
    await expect(told).toHaveText(sentence);
    await holds(page);
  });
}

test.describe('an address without a page', () => {
  test.use({ expectedConsole: [/404/] });
  test('says so and leads on', async ({ page }) => {
    await page.goto('/embed/ecoh/');
    await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'all lessons' })).toBeVisible();
  });
});
