import { writtenLessons } from '#tests/content/lesson-text.ts';
import { BenchPage } from '#tests/site/bench-page.ts';
import { expect, test } from '#tests/site/site-test.ts';

const lesson = '/lessons/frames-bit-by-bit/';
const prediction = /How many bytes does your browser put on the connection/;
const explanation = 'Eleven up, seven down.';

test('an explanation is folded until a prediction is committed, and stays unfolded', async ({
  page,
}) => {
  await page.goto(lesson);
  await expect(page.getByText(explanation)).toBeHidden();
  const group = page.getByRole('group', { name: prediction });
  await group.getByRole('radio', { name: '7', exact: true }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText(explanation)).toBeHidden();
  await page.keyboard.press('Enter');
  await expect(page.getByText(explanation)).toBeVisible();
  await expect(page.getByText('You predicted “7”. It is “11”.')).toBeVisible();
  await page.reload();
  await expect(page.getByText(explanation)).toBeVisible();
  await expect(group.getByRole('radio', { name: '7', exact: true })).toBeChecked();
});

test('a commit without a choice does nothing', async ({ page }) => {
  await page.goto(lesson);
  await page.getByRole('button', { name: 'Commit' }).first().click();
  await expect(page.getByText(explanation)).toBeHidden();
});

test('a prediction that comes true is said so; a skipped one gets the answer', async ({ page }) => {
  await page.goto(lesson);
  await page.getByRole('group', { name: prediction }).getByLabel('11').check();
  await page.getByRole('button', { name: 'Commit' }).first().click();
  await expect(page.getByText('You predicted “11”, and so it is.')).toBeVisible();
  await page.getByRole('button', { name: 'Skip' }).first().click();
  await expect(page.getByText('The answer: “3”.')).toBeVisible();
});

test('the keyboard keeps its place when the pressed button goes', async ({ page }) => {
  await page.goto(lesson);
  await page.getByRole('button', { name: 'Skip' }).first().press('Enter');
  await expect(page.getByRole('button', { name: 'Commit' }).first()).toBeFocused();
  await page.getByRole('button', { name: 'Unfold it without one' }).first().press('Enter');
  await expect(page.locator('.unfolded').nth(1)).toBeFocused();
});

test('a link to a place leads there, below the header', async ({ page }) => {
  await page.goto(`${lesson}#both-sides`);
  const header = await page.locator('.top').boundingBox();
  const top = (): Promise<number> =>
    page.locator('#both-sides').evaluate((heading) => heading.getBoundingClientRect().top);
  await page.waitForLoadState('networkidle');
  expect(await top()).toBeGreaterThanOrEqual(header?.height ?? 0);
  expect(await top()).toBeLessThan(300);
});

test('sp:predict tells the page the id and the choice', async ({ page }) => {
  await page.goto(lesson);
  const told = page.evaluate(
    () =>
      new Promise((resolve) => {
        window.addEventListener('sp:predict', (event) => {
          resolve((event as CustomEvent<unknown>).detail);
        });
      }),
  );
  await page.getByRole('group', { name: prediction }).getByLabel('11').check();
  await page.getByRole('button', { name: 'Commit' }).first().click();
  expect(await told).toEqual({ id: 'hello-up', choice: '11' });
});

test('a quick check says right or wrong, and its reason opens', async ({ page }) => {
  await page.goto(lesson);
  const check = page.locator('sp-check').first();
  await check.getByLabel('6 bytes').check();
  await expect(check.getByText('Not quite. Why?')).toBeVisible();
  await check.getByLabel('8 bytes').check();
  await check.getByText('Right. Why?').click();
  await expect(check.getByText('four for the masking key', { exact: false })).toBeVisible();
});

test('a lesson marked as read is ticked here and on the map, and can be taken back', async ({
  page,
}) => {
  await page.goto(lesson);
  const here = page.locator('.course [data-lesson=frames-bit-by-bit]');
  await expect(here).not.toHaveClass(/done/);
  await page.getByRole('button', { name: 'Mark this lesson as read' }).click();
  await expect(here).toHaveClass(/done/);
  await expect(here.getByText('(done)')).toBeAttached();
  await page.goto('/lessons/');
  await expect(page.locator('.map .done h3')).toContainText('Frames, bit by bit');
  await page.goto(lesson);
  await page.getByRole('button', { name: 'Read. Take it back' }).click();
  await expect(here).not.toHaveClass(/done/);
});

test('a solved challenge of its demo finishes a lesson', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(() => {
    const challenges = { 'echo/header-hunter': '2026-11-23T00:00:00.000Z' };
    localStorage.setItem('sp:progress', JSON.stringify({ version: 1, lessons: {}, challenges }));
  });
  await page.goto(lesson);
  await expect(page.locator('.course .done')).toHaveText(/Frames, bit by bit/);
});

test('where storage is refused, a solved challenge finishes its lesson for as long as the page is open', async ({
  page,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('refused', 'SecurityError');
      },
    });
  });
  const bench = new BenchPage(page);
  await bench.open(lesson);
  for (const size of ['5', '126', '65536']) {
    await bench.root.getByLabel('Fill up to').fill(size);
    await bench.button('Send').click();
  }
  await expect(bench.root.getByText('✓ Solved')).toBeVisible();
  await expect(page.locator('.course .done')).toHaveText(/Frames, bit by bit/);
});

test('what stands in the page answers before any file of scripts has come', async ({ page }) => {
  await page.route('**/_astro/*.js', () => {});
  await page.goto(lesson);
  await page.getByRole('button', { name: 'Skip' }).first().click();
  await expect(page.getByText(explanation)).toBeVisible();
  await page.locator('sp-check').first().getByLabel('6 bytes').check();
  await expect(page.getByText('Not quite. Why?')).toBeVisible();
  await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('progress of a newer version is left as it is', async ({ page }) => {
  const newer = '{"version":2,"anything":true}';
  await page.goto('/');
  await page.evaluate((text) => {
    localStorage.setItem('sp:progress', text);
  }, newer);
  await page.goto(lesson);
  await page.getByRole('button', { name: 'Mark this lesson as read' }).click();
  expect(await page.evaluate(() => localStorage.getItem('sp:progress'))).toBe(newer);
});

test('steps have permanent links, named in the course’s list', async ({ page }) => {
  await page.goto(lesson);
  const steps = page.getByRole('list', { name: 'On this page' });
  await steps.getByRole('link', { name: 'Decode one by hand' }).click();
  await expect(page).toHaveURL(/#decode-by-hand$/);
  await expect(page.getByRole('heading', { name: 'Decode one by hand' })).toBeInViewport();
});

test('lessons before and after are the written ones', async ({ page }) => {
  const slugs = writtenLessons().map(({ slug }) => slug);
  const here = 'the-request-you-never-send';
  const place = slugs.indexOf(here);
  await page.goto(`/lessons/${here}/`);
  const around = page.getByRole('navigation', { name: 'Lessons before and after' });
  const links = await around
    .getByRole('link')
    .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).pathname));
  expect(links).toEqual([slugs[place - 1], slugs[place + 1]].map((slug) => `/lessons/${slug}/`));
});

test('the map names all eighteen lessons; those not written say so and are no links', async ({
  page,
}) => {
  await page.goto('/lessons/');
  const lessons = page.locator('.map li');
  await expect(lessons).toHaveCount(18);
  for (const item of await lessons.all()) {
    const links = await item.getByRole('heading').getByRole('link').count();
    const says = await item.getByText('not written yet').count();
    expect(links + says).toBe(1);
  }
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a lesson is complete and open', async ({ page }) => {
    await page.goto(lesson);
    await expect(page.getByText(explanation)).toBeVisible();
    await expect(page.getByRole('group', { name: prediction })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Commit' }).first()).toBeHidden();
    await expect(page.getByRole('button', { name: 'Search' })).toBeHidden();
    await page.getByText('Answer', { exact: true }).first().click();
    await expect(page.getByText('four for the masking key', { exact: false })).toBeVisible();
  });

  test('the menu opens on a phone', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(lesson);
    await page.getByRole('button', { name: 'Menu' }).click();
    await expect(page.getByRole('navigation', { name: 'Course' })).toBeVisible();
  });
});

test('a quick check remembers the choice on this device', async ({ page }) => {
  await page.goto(lesson);
  await page.locator('sp-check').first().getByLabel('8 bytes').check();
  await page.reload();
  const first = page.locator('sp-check').first();
  await expect(first.getByLabel('8 bytes')).toBeChecked();
  await expect(first.getByText('Right. Why?')).toBeVisible();
  await expect(page.locator('sp-check').nth(1).getByRole('radio', { checked: true })).toHaveCount(
    0,
  );
});
