import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { readReplay } from '#bench/replay.ts';
import type { Row } from '#capture/row.ts';
import acknowledge from '#demos/acknowledge/demo.ts';
import cacheFields from '#demos/cache-fields/demo.ts';
import echo from '#demos/echo/demo.ts';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const CACHE_RECORDING = 'content/captures/cache-fields.json';

const octetsOf = (page: Page) => page.getByRole('region', { name: 'Bytes: ' }).first();

/** The first response with that status code in the recording of cache-fields. */
async function recordedHead(statusCode: number): Promise<Row> {
  const { store } = readReplay(cacheFields, await readFile(CACHE_RECORDING, 'utf8'), 'recording');
  const row = store.rows.find(
    ({ kind, data }) => kind === 'http.res.head' && data['statusCode'] === statusCode,
  );
  if (row === undefined) throw new Error(`There is no ${statusCode} in that recording.`);
  return row;
}

/** A row of a recording, which is the same for everybody. */
async function openRow(page: Page, demo: string, row: number): Promise<void> {
  await page.goto(`/embed/${demo}/?${demo}.show=recording&${demo}.row=${row}`);
  await expect(octetsOf(page).getByRole('heading', { name: `Row ${row}:` })).toBeVisible();
}

test('unmasking is shown bit by bit, for whichever byte the reader chooses', async ({ page }) => {
  await openRow(page, 'echo', 15);
  const unmasking = octetsOf(page).getByRole('group', { name: 'Unmasking' });
  const steps = unmasking.getByRole('button');
  await expect(steps).toHaveCount(5);
  for (const [index, letter] of [...'Hello'].entries()) {
    await steps.nth(index).click();
    const name = (await steps.nth(index).textContent()) ?? '';
    const [, sent = '', key = '', meant = ''] = /sent (..)key (..)meant (..)/.exec(name) ?? [];
    expect(Number.parseInt(meant, 16)).toBe(letter.charCodeAt(0));
    expect(Number.parseInt(sent, 16) ^ Number.parseInt(key, 16)).toBe(letter.charCodeAt(0));
    const bits = await unmasking.getByRole('row').nth(2).getByRole('cell').allInnerTexts();
    expect(bits.slice(0, 8).join('')).toBe(letter.charCodeAt(0).toString(2).padStart(8, '0'));
    const flipped = await unmasking.locator('u').count();
    const ones = [...Number.parseInt(key, 16).toString(2)].filter((bit) => bit === '1').length;
    expect(flipped).toBe(ones);
  }
});

test('a field of a head says what it is for, and the list of fields walks them', async ({
  page,
}) => {
  await openRow(page, 'echo', 2);
  const octets = octetsOf(page);
  await octets.getByText(/^All fields as a list/).click();
  await octets.getByRole('button', { name: /Field name Sec-WebSocket-Key/ }).click();
  await expect(octets.getByText('16 random bytes in base64')).toBeVisible();
  await expect(octets.getByRole('link', { name: 'RFC 6455 §11.3.1' })).toHaveAttribute(
    'href',
    'https://www.rfc-editor.org/rfc/rfc6455#section-11.3.1',
  );
  await octets.getByRole('listbox').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(octets.getByText('16 random bytes in base64')).toBeVisible();
});

test('the keys reach every field of a long head, and keep their place', async ({ page }) => {
  const file = await readFile('content/captures/echo.json', 'utf8');
  const { rows } = readReplay(echo, file, 'recording').store;
  const head = rows.find(({ kind }) => kind === 'http.req.head')!;
  // Longer than what is drawn at first.
  expect(head.octets?.length).toBeGreaterThan(512);
  await openRow(page, 'echo', head.number);
  const fields = octetsOf(page).getByRole('listbox');
  await fields.press('End');
  const active = (await fields.getAttribute('aria-activedescendant')) ?? '';
  await expect(page.locator(`[id="${active}"]`)).toHaveText('CR LF');
  await openRow(page, 'echo', head.number);
  await octetsOf(page).getByRole('button', { name: 'Show more' }).press('Enter');
  await expect(octetsOf(page).getByRole('button', { name: 'Show more' })).toHaveCount(0);
  await expect(fields).toBeFocused();
});

test('the Accept value is recomputed from this connection’s key, digest and all', async ({
  page,
}) => {
  await openRow(page, 'echo', 3);
  const terms = await octetsOf(page).locator('.accept-key dd').allInnerTexts();
  const [key = '', guid = '', digest = '', accept = ''] = terms;
  const { createHash } = await import('node:crypto');
  const sha1 = createHash('sha1').update(key + guid);
  expect(digest.replaceAll(' ', '')).toBe(sha1.copy().digest('hex'));
  expect(accept.split(' ')[0]).toBe(sha1.digest('base64'));
});

test('what caches will do with an answer is told, and its freshness drains', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open('/lessons/the-request-you-never-send/?cache-fields.maxAge=3');
  await bench.button('Load').click();
  const view = bench.root.getByRole('group', { name: 'What caches do with this answer' });
  await expect(view.getByText('max-age=3', { exact: true })).toBeVisible();
  const left = view.getByRole('progressbar', { name: /browser’s own cache/ });
  const before = Number(await left.getAttribute('value'));
  expect(before).toBeGreaterThan(0);
  await expect.poll(async () => Number(await left.getAttribute('value'))).toBeLessThan(before);
  await expect(view.getByText(/^Stale since/).first()).toBeVisible();
  await expect(view.getByRole('link', { name: 'RFC 9111 §4.3' }).first()).toBeVisible();
});

test('rows that belong together lead to each other', async ({ page }) => {
  const { number, answers, data } = await recordedHead(304);
  const stored = Number(data['revalidates']);
  await openRow(page, 'cache-fields', number);
  const octets = octetsOf(page);
  await octets.getByRole('button', { name: `row ${stored}: 200 OK` }).click();
  await expect(octets.getByRole('heading', { name: `Row ${stored}:` })).toBeVisible();
  await octets.getByRole('button', { name: `row ${number}: 304` }).click();
  await octets.getByRole('button', { name: `row ${answers}: GET` }).click();
  await expect(octets.getByRole('heading', { name: `Row ${answers}:` })).toBeVisible();
});

test('a row without bytes is told whole, with who noted it', async ({ page }) => {
  const file = await readFile('content/captures/acknowledge.json', 'utf8');
  const { store } = readReplay(acknowledge, file, 'recording');
  const row = store.rows.find(({ data }) => data['name'] === 'octets-swallowed')!;
  await openRow(page, 'acknowledge', row.number);
  const octets = octetsOf(page);
  await expect(octets.getByText('noted by the box')).toBeVisible();
  await expect(octets.getByText('Choose a row')).toHaveCount(0);
  const values = await octets.getByRole('definition').allInnerTexts();
  expect(values).toContain(String(row.data['box']));
  expect(values).toContain(String(row.data['octets']));
});

test('the ledger adds an estimate with TLS and TCP/IP, and marks it', async ({ page }) => {
  await page.goto('/embed/cache-fields/?cache-fields.show=recording&cache-fields.tab=ledger');
  const ledger = page.getByRole('region', { name: 'Ledger: ' });
  const both = async () => {
    const cells = ledger.getByRole('row', { name: /^In all/ }).getByRole('cell');
    return Number((await cells.last().innerText()).replace(/\D/g, ''));
  };
  const captured = await both();
  expect(captured).toBeGreaterThan(0);
  await expect(ledger.getByText('MODEL', { exact: true })).toHaveCount(1);
  await ledger.getByRole('radio', { name: /With TLS/ }).check();
  await expect(ledger.getByText('MODEL', { exact: true })).toHaveCount(4);
  expect(await both()).toBeGreaterThan(captured + 1000);
  await expect(ledger.getByText(/^A model, not a capture/)).toBeVisible();
  await expect(ledger.getByText('Not sent: loads answered')).toBeVisible();
  await expect(ledger.getByText(/^2 \(5.808 bytes\)$/)).toBeVisible();
  // Two answers of 304 in the recording, each for a text of 2,008 bytes.
  await expect(ledger.getByText(/^2 \(4.016 bytes\)$/)).toBeVisible();
});

test('axe finds nothing in these views', async ({ page }) => {
  for (const [demo, row] of [
    ['echo', 22],
    ['cache-fields', (await recordedHead(200)).number],
  ] as const) {
    await openRow(page, demo, row);
    await page.getByText(/^All fields as a list/).click();
    for (const tab of ['Timeline', 'Ledger']) {
      await page.getByRole('tab', { name: tab }).click();
      if (tab === 'Ledger') await page.getByRole('radio', { name: /With TLS/ }).check();
      await expectNoViolation(page);
    }
  }
});

test('nothing is cut at 360 px: a long frame, a cached head, the ledger', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  for (const [demo, row] of [
    ['echo', 22],
    ['cache-fields', (await recordedHead(200)).number],
  ] as const) {
    await openRow(page, demo, row);
    await page.getByRole('tab', { name: 'Ledger' }).click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    const cut = await page.locator('.octets, .ledger').evaluateAll((regions) =>
      regions.flatMap((region) => {
        const right = region.getBoundingClientRect().right;
        return [...region.querySelectorAll('*')]
          .filter((element) => element.closest('.ledger-transports, .visually-hidden') === null)
          .filter((element) => element.checkVisibility())
          .filter((element) => element.getBoundingClientRect().right > right + 1)
          .map(({ className, tagName }) => `${tagName} ${className}`);
      }),
    );
    expect(cut).toEqual([]);
  }
});
