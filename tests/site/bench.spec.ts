import { readFile } from 'node:fs/promises';
import echo from '#demos/echo/demo.ts';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const lessons = {
  echo: '/lessons/frames-bit-by-bit/',
  cache: '/lessons/the-request-you-never-send/',
  fallback: '/lessons/plan-b/',
};

test.describe('everyone', () => {
  for (const [name, path] of Object.entries(lessons)) {
    test(`axe finds nothing in the live ${name} bench, whichever view is open`, async ({
      page,
    }) => {
      const bench = new BenchPage(page);
      await bench.open(path);
      await act(bench, name);
      for (const tab of ['List', 'Ledger', 'Code', 'Timeline']) {
        await bench.tab(tab).click();
        await expectNoViolation(page, 'wire-bench');
      }
    });
  }

  test('a bench fits 360 px, and no text in it is under 12 px', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    for (const [name, path] of Object.entries(lessons)) {
      const bench = new BenchPage(page);
      await bench.open(path);
      await act(bench, name);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      const small = await bench.root.evaluate((root) =>
        [...root.querySelectorAll('*')]
          .filter((element) =>
            [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''),
          )
          .filter((element) => element.checkVisibility())
          .filter((element) => parseFloat(getComputedStyle(element).fontSize) < 12)
          .map((element) => `${element.tagName} ${element.className}`),
      );
      expect(small).toEqual([]);
    }
  });

  test('the keyboard alone sends, chooses a row and walks its fields', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(lessons.echo);
    await bench.root.getByLabel('Message', { exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(bench.root.getByRole('status').filter({ hasText: '“Hello”' })).toBeVisible();

    const current = bench.root.getByRole('list', { name: 'Timeline' }).locator('[aria-current]');
    await expect(current).toHaveAccessibleName(/up, to the server:.*text “Hello”.*11 B/);
    await current.focus();
    await page.keyboard.press('ArrowDown');
    await expect(current).toBeFocused();
    await expect(current).toHaveAccessibleName(/server program:.*message/);
    await page.keyboard.press('ArrowUp');
    await expect(current).toHaveAccessibleName(/text “Hello”/);

    const fields = bench.root.getByRole('listbox', { name: /Fields/ });
    await fields.focus();
    await page.keyboard.press('Home');
    const names: string[] = [];
    for (let step = 0; step < 9; step++) {
      const option = fields.getByRole('option', { selected: true });
      names.push((await option.getAttribute('data-name')) ?? '');
      await page.keyboard.press('ArrowRight');
    }
    // RFC 6455 §5.2, in the order of its figure.
    expect(names.map((name) => name.replace(': ', ''))).toEqual([
      'FIN, 1 bit',
      'RSV1, 1 bit',
      'RSV2, 1 bit',
      'RSV3, 1 bit',
      'Opcode, 4 bits',
      'MASK, 1 bit',
      'Payload length, 7 bits',
      'Masking key, 4 bytes',
      'Payload, 5 bytes',
    ]);
    await expect(bench.root.getByRole('link', { name: 'RFC 6455 §5.2' })).toBeVisible();
  });

  test('nothing is announced until the reader asks for it', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(lessons.echo);
    await bench.button('Send').click();
    const told = bench.root.getByText(/new rows, the last/);
    await expect(bench.root.getByText('“Hello”').first()).toBeVisible();
    await expect(told).toHaveCount(0);
    await bench.root.getByLabel('Announce new rows').check();
    await bench.button('Send').click();
    await expect(told).toHaveAttribute('aria-live', 'polite');
  });
});

test('with the last hint its button goes, and the keyboard is at the hints', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open('/embed/echo/');
  const hint = bench.button('Hint');
  for (const [index] of echo.challenges[0]!.hints.entries()) {
    await hint.press('Enter');
    await expect(bench.root.locator('.challenge-hints li')).toHaveCount(index + 1);
  }
  await expect(hint).toHaveCount(0);
  await expect(bench.root.getByRole('list', { name: 'Hints' })).toBeFocused();
});

test('axe finds nothing on a bench that no script has reached', async ({ page }) => {
  // Asked for, and never answered.
  await page.route('**/_astro/*.js', () => {});
  await page.goto(lessons.fallback);
  await expect(page.getByRole('link', { name: 'The code that runs here' }).first()).toBeVisible();
  await expectNoViolation(page);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('a bench says what it would do and how to run it, and shows its code', async ({ page }) => {
    await page.goto(lessons.echo);
    const bench = page.locator('wire-bench').first();
    await expect(bench.getByText(/npm start/)).toBeVisible();
    await expect(bench.getByLabel('Message', { exact: true })).toHaveValue('Hello');
    await bench.getByRole('link', { name: 'The code that runs here' }).click();
    await expect(page.getByRole('heading', { name: 'src/demos/echo/client.ts' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'demo-server/demos/echo.ts' })).toBeVisible();
    await expect(page.getByText('new WebSocket(url)')).toBeVisible();
  });
});

test('the Code tab shows the files that run, as they stand in the repository', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(lessons.echo);
  await bench.tab('Code').click();
  const code = bench.root.getByRole('region', { name: 'The code that runs here' });
  for (const path of ['src/demos/echo/client.ts', 'demo-server/demos/echo.ts']) {
    await expect(code.getByRole('heading', { name: path })).toBeVisible();
    const source = await readFile(path, 'utf8');
    const shown = code.locator('section', { hasText: path }).locator('pre');
    expect((await shown.textContent())?.trim()).toBe(source.trim());
  }
});

test.describe('links', () => {
  test('a link opens exactly the state that it was taken from', async ({ page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const bench = new BenchPage(page);
    await bench.open(lessons.echo);
    await bench.root.getByLabel('Message', { exact: true }).fill('ö & =?');
    await bench.root.getByLabel('Fill up to').fill('126');
    await bench.root.getByLabel('binary').check();
    await bench.button('Link to this').click();
    await expect(bench.root.getByText('Link copied')).toBeVisible();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(new URL(link).search).toBe(
      '?echo.message=%C3%B6+%26+%3D%3F&echo.size=126&echo.as=binary',
    );

    await bench.open(link);
    await expect(bench.root.getByLabel('Message', { exact: true })).toHaveValue('ö & =?');
    await expect(bench.root.getByLabel('Fill up to')).toHaveValue('126');
    await expect(bench.root.getByLabel('binary')).toBeChecked();
  });

  test('what a link gets wrong is named and left out', async ({ page }) => {
    const bench = new BenchPage(page);
    await bench.open(`${lessons.echo}?echo.mesage=x&echo.size=9999999&echo.message=Hi`);
    await expect(bench.root.getByText(/sets “mesage”.*left out/)).toBeVisible();
    await expect(bench.root.getByText(/sets “size” to “9999999”/)).toBeVisible();
    await expect(bench.root.getByLabel('Message', { exact: true })).toHaveValue('Hi');
    await expect(bench.root.getByLabel('Fill up to')).toHaveValue('0');
  });
});

test('threat 16: a captured payload is text and nothing else', async ({ page }) => {
  const bench = new BenchPage(page);
  const payload = '<img src=x onerror=alert(1)>\u202e</script>';
  await bench.open(`${lessons.echo}?echo.message=${encodeURIComponent(payload)}`);
  await bench.button('Send').click();
  const frame = bench.root.getByRole('button', { name: /down, to the client:.*text/ });
  await expect(frame).toHaveAccessibleName(/<img src=x onerror=alert\(1\)>‹U\+202E›<\/script>/);
  expect(await bench.root.locator('img').count()).toBe(0);
});

test('challenges tick while they run, point at the row, and are kept', async ({ page }) => {
  const bench = new BenchPage(page);
  await bench.open(lessons.echo);
  const goals = bench.root.getByRole('region', { name: 'Challenge' }).getByRole('listitem');
  for (const [index, size] of ['5', '126', '65536'].entries()) {
    await bench.root.getByLabel('Fill up to').fill(size);
    await bench.button('Send').click();
    await expect(goals.nth(index)).toContainText('Done');
  }
  await expect(bench.root.getByText('✓ Solved')).toBeVisible();
  await goals.nth(1).getByRole('button').click();
  await expect(bench.root.getByRole('heading', { name: /^Row \d+: text$/ })).toBeVisible();
  await page.reload();
  await bench.root.scrollIntoViewIfNeeded();
  await bench.isLive();
  await expect(bench.root.getByRole('button', { name: /Header hunter \(Solved\)/ })).toBeVisible();
});

/** Something for each bench to show. */
async function act(bench: BenchPage, name: string): Promise<void> {
  if (name === 'echo') {
    await bench.button('Send').click();
    await expect(bench.root.getByText('“Hello”').first()).toBeVisible();
    await bench.button('Ping from the server').click();
    await bench.root.getByText('How it ends').click();
  } else if (name === 'cache') {
    await bench.button('Load').click();
    await bench.button('Load again').click();
    await expect(bench.root.getByText('0 bytes, from the cache')).toBeVisible();
  } else {
    await bench.root.getByLabel('Path').selectOption('refuse-upgrade');
    await bench.root.getByLabel('Wait for the first message').fill('500');
    await bench.root.getByLabel('Path').selectOption('none');
    await bench.button('Start').click();
    await expect(bench.root.getByText(/First update, by WebSocket/)).toBeVisible();
  }
}
