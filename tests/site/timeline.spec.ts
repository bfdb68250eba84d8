import type { Locator } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { GONE_EVENTS, longRun } from './long-run.ts';
import { expect, test } from './site-test.ts';

const echoLesson = '/lessons/frames-bit-by-bit/';

/** The rows' buttons in the document, in their order: of a short run, all. */
const rowsOf = (bench: BenchPage): Locator =>
  bench.root.getByRole('list', { name: 'Timeline' }).getByRole('button');
const scrollerOf = (bench: BenchPage): Locator => bench.root.locator('.timeline-scroll');
const followOf = (bench: BenchPage): Locator =>
  bench.root.getByRole('button', { name: /Follow the newest/ });

async function sayHello(bench: BenchPage): Promise<void> {
  await bench.open(echoLesson);
  await bench.button('Send').click();
  await expect(rowsOf(bench).filter({ hasText: 'message' }).last()).toBeAttached();
  await expect(bench.root.getByRole('status').filter({ hasText: '“Hello”' })).toBeVisible();
}

test('the keyboard alone pauses, steps through a run, and goes on', async ({ page }) => {
  const bench = new BenchPage(page);
  await sayHello(bench);
  const press = async (name: string) => {
    await bench.button(name).focus();
    await page.keyboard.press('Enter');
  };
  const rows = rowsOf(bench);
  await press('From the start');
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toHaveAttribute('aria-current', 'true');
  await expect(bench.button('Step back')).toHaveAttribute('aria-disabled', 'true');
  const first = await rows.first().innerText();
  for (const count of [2, 3]) {
    await press('Step forward');
    await expect(rows).toHaveCount(count);
    await expect(rows.last()).toHaveAttribute('aria-current', 'true');
  }
  // The one that is stepped to is the one whose bytes are shown.
  const current = (await rows.last().getAttribute('data-row')) ?? '';
  await expect(
    bench.root.getByRole('heading', { name: new RegExp(`^Row ${current}:`) }),
  ).toBeVisible();
  for (const count of [2, 1]) {
    await press('Step back');
    await expect(rows).toHaveCount(count);
  }
  expect(await rows.first().innerText()).toBe(first);

  // What comes meanwhile waits, and is told.
  const waiting = bench.root.getByText(/^\d+ newer rows wait$/);
  const before = parseInt(await waiting.innerText(), 10);
  await press('Send');
  await expect.poll(async () => parseInt(await waiting.innerText(), 10)).toBeGreaterThan(before);
  await expect(rows).toHaveCount(1);
  await press('Go on');
  await expect(waiting).toHaveCount(0);
  await expect(rows.filter({ hasText: '“Hello”' }).last()).toBeAttached();
  await expect(bench.button('Pause')).toBeFocused();
});

test('the focus goes with the choice, but is not taken from a reader who has left', async ({
  page,
}) => {
  const bench = new BenchPage(page);
  await sayHello(bench);
  for (const [tab, current] of [
    ['Timeline', rowsOf(bench).and(page.locator('[aria-current="true"]'))],
    ['List', bench.root.locator('.list tr[aria-selected="true"]')],
  ] as const) {
    await bench.tab(tab).click();
    await current.focus();
    await page.keyboard.press('ArrowUp');
    await expect(current).toBeFocused();

    // Between the key and the frame in which the row would get the focus.
    const field = bench.root.getByLabel('Message', { exact: true });
    const left = await field.evaluateHandle((element) => ({
      done: new Promise<void>((resolve) => {
        const ask = window.requestAnimationFrame.bind(window);
        window.requestAnimationFrame = (callback) =>
          ask((time) => {
            const isFocusing = String(callback).includes('.focus()');
            if (isFocusing) element.focus();
            callback(time);
            if (!isFocusing) return;
            window.requestAnimationFrame = ask;
            resolve();
          });
      }),
    }));
    await page.keyboard.press('ArrowUp');
    await left.evaluate(({ done }) => done);
    await expect(field).toBeFocused();
  }
});

test('the newest is followed until the reader scrolls away, and again when asked for', async ({
  page,
}) => {
  const bench = new BenchPage(page);
  await sayHello(bench);
  const scroller = scrollerOf(bench);
  const fromEnd = () =>
    scroller.evaluate((node) => node.scrollHeight - node.scrollTop - node.clientHeight);
  const height = () => scroller.evaluate((node) => node.scrollHeight);
  for (let count = 0; count < 8; count++) await bench.button('Send').click();
  await expect.poll(height).toBeGreaterThan(1000);
  await expect.poll(fromEnd).toBeLessThan(2);
  await expect(followOf(bench)).toHaveCount(0);

  await scroller.evaluate((node) => node.scrollTo(0, 0));
  await expect(followOf(bench)).toBeVisible();
  const before = await height();
  await bench.button('Send').click();
  await expect.poll(height).toBeGreaterThan(before);
  expect(await scroller.evaluate((node) => node.scrollTop)).toBe(0);
  await followOf(bench).press('Enter');
  await expect.poll(fromEnd).toBeLessThan(2);
  await expect(followOf(bench)).toHaveCount(0);
  await expect(scroller).toBeFocused();
});

test('for a reader who asked for less motion nothing moves by itself, and steps do', async ({
  page,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const bench = new BenchPage(page);
  await sayHello(bench);
  const scroller = scrollerOf(bench);
  const height = () => scroller.evaluate((node) => node.scrollHeight - node.clientHeight);
  for (let count = 0; count < 8; count++) await bench.button('Send').click();
  await expect.poll(height).toBeGreaterThan(500);
  expect(await scroller.evaluate((node) => node.scrollTop)).toBe(0);
  await followOf(bench).click();
  await expect.poll(() => scroller.evaluate((node) => node.scrollTop)).toBeGreaterThan(500);
  await bench.button('From the start').click();
  await bench.button('Step forward').click();
  await expect(rowsOf(bench).last()).toBeInViewport();
});

test('zooming in sets rows as far apart as they are in time', async ({ page }) => {
  const bench = new BenchPage(page);
  await sayHello(bench);
  await bench.button('From the start').click();
  await bench.button('Step forward').click();
  const rows = rowsOf(bench);
  await expect(rows).toHaveCount(2);
  const gap = async () => {
    const [first, second] = [await rows.first().boundingBox(), await rows.last().boundingBox()];
    return (second?.y ?? 0) - (first?.y ?? 0) - (first?.height ?? 0);
  };
  expect(await gap()).toBe(0);
  await expect(bench.button('Zoom out')).toHaveAttribute('aria-disabled', 'true');
  const times = (await rows.locator('.timeline-time').allInnerTexts()).map((text) =>
    Number(text.replace(/[,\s]/g, '')),
  );
  const ms = (times[1] ?? 0) - (times[0] ?? 0);
  for (const pxPerMs of [0.1, 0.5, 2, 10, 50]) {
    await bench.button('Zoom in on time').click();
    await expect(bench.root.getByText(`${pxPerMs} px per ms`)).toBeVisible();
    // The times are shown with one decimal; longer gaps than 240 px are folded.
    if (ms * pxPerMs > 230) await expect(bench.root.getByText('of silence').first()).toBeVisible();
    else expect(Math.abs((await gap()) - ms * pxPerMs)).toBeLessThanOrEqual(0.2 * pxPerMs + 1);
  }
  await expect(bench.button('Zoom in on time')).toHaveAttribute('aria-disabled', 'true');
});

test('what the page cannot see is told where it is drawn', async ({ page }) => {
  const bench = new BenchPage(page);
  await sayHello(bench);
  await bench.button('Ping from the server').click();
  const ping = /down, to the client:.*ping your script never sees this/;
  await expect(bench.root.getByRole('button', { name: ping })).toBeAttached();
  await expect(
    rowsOf(bench).filter({ hasText: '“Hello”' }).filter({ hasText: 'masked' }).first(),
  ).toHaveAccessibleName(/the mask is seen here only/);
});

test('a recording’s script and browser are not called the reader’s', async ({ page }) => {
  for (const demo of ['echo', 'acknowledge']) {
    const bench = new BenchPage(page, demo);
    await page.goto(`/embed/${demo}/?${demo}.show=recording`);
    await expect(bench.root.getByText(/^RECORDED/)).toBeVisible();
    await expect(bench.root.locator('.lane-script')).toHaveText('that run’s script');
    for (const tab of ['Timeline', 'List', 'Ledger']) {
      await bench.tab(tab).click();
      await expect(bench.root.getByRole('tabpanel')).not.toContainText(/\byour\b/i);
    }
    await expect(bench.root.getByRole('region', { name: 'Bytes' })).not.toContainText(/\byour\b/i);
  }
});

test('what a box swallowed is marked at the lifeline that never got it', async ({ page }) => {
  const bench = new BenchPage(page, 'acknowledge');
  const recording = '/embed/acknowledge/?acknowledge.show=recording';
  await bench.openRecorded(recording);
  const swallowed = rowsOf(bench).filter({ hasText: 'octets-swallowed' });
  await expect(swallowed.first()).toHaveAccessibleName(/unseen by the server/);
  const lane = (await bench.root.locator('.lane-server').boundingBox())!;
  const mark = (await swallowed.first().locator('.timeline-lost').boundingBox())!;
  expect(mark.x + mark.width).toBeGreaterThan(lane.x);
  expect(mark.x + mark.width).toBeLessThanOrEqual(lane.x + lane.width);

  // The same for an answer: what is swallowed on its way down is missing at the script.
  const down = await bench.rowWhere(
    ({ what }) => what.startsWith('octets-swallowed black-hole, down'),
    'an answer that was swallowed',
  );
  await page.goto(`${recording}&acknowledge.row=${down.row}`);
  await expect(bench.root.locator(`[data-row="${down.row}"]`)).toHaveAccessibleName(
    /unseen by the script/,
  );
});

test('who never got it is told whole, beside what was kept, at 1280 px and on a phone', async ({
  page,
}) => {
  const bench = new BenchPage(page, 'acknowledge');
  await bench.openRecorded('/embed/acknowledge/?acknowledge.show=recording');
  const { row } = await bench.rowWhere(
    ({ what }) => what.startsWith('octets-swallowed black-hole, up'),
    'a message that was swallowed',
  );
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto(`/lessons/did-it-happen/?acknowledge.show=recording&acknowledge.row=${row}`);
    await bench.root.scrollIntoViewIfNeeded();
    const swallowed = bench.root.locator(`[data-row="${row}"]`);
    await expect(swallowed).toBeAttached();
    await expect(swallowed).toHaveAccessibleName(/octets-swallowed.*unseen by the server/);
    const [note, lost] = [swallowed.locator('.timeline-note'), swallowed.locator('.timeline-lost')];
    // On a phone half of the timeline is narrower than the note’s name, which the list has whole.
    for (const part of width === 360 ? [lost] : [note.locator('b'), lost]) {
      const cut = await part.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(cut).toBeLessThanOrEqual(0);
    }
    const [kept, told] = [(await note.boundingBox())!, (await lost.boundingBox())!];
    expect(told.x).toBeGreaterThanOrEqual(kept.x + kept.width - 1);
    const lane = (await bench.root.locator('.lane-server').boundingBox())!;
    expect(told.x + told.width).toBeLessThanOrEqual(lane.x + lane.width);
  }
});

test('a lifeline is not called the browser’s where a robot sends', async ({ page }) => {
  const bench = new BenchPage(page, 'broken-frames');
  const client = bench.root.getByRole('list', { name: 'Lifelines' }).getByRole('listitem').nth(1);
  await page.goto('/embed/broken-frames/');
  await expect(client).toHaveText('robot');
  await page.goto('/embed/broken-frames/?broken-frames.show=recording');
  await expect(rowsOf(bench).first()).toBeAttached();
  await expect(client).toHaveText('robot');
});

test('20,000 rows are drawn as far as they are in sight, and the keys reach both ends', async ({
  page,
}) => {
  const bench = new BenchPage(page);
  await bench.open(echoLesson);
  await bench.button('Save or open').click();
  await bench.openFile('long.capsule.json', longRun(10_000));
  const rows = rowsOf(bench);
  const current = bench.root.getByRole('list', { name: 'Timeline' }).locator('[aria-current]');
  await expect(rows.first()).toContainText('TCP connection 1 opened');
  expect(await rows.count()).toBeLessThan(60);
  await rows.first().focus();
  await page.keyboard.press('End');
  await expect(current).toContainText('“message 10000”');
  await expect(current).toBeFocused();
  await expect(current).toBeInViewport({ ratio: 0.9 });
  expect(await rows.count()).toBeLessThan(60);
  await page.keyboard.press('Home');
  await expect(current).toContainText('TCP connection 1 opened');
  await expect(current).toBeInViewport({ ratio: 0.9 });

  // The middle: what did not come is there as a row.
  await scrollerOf(bench).evaluate((node) => node.scrollTo(0, node.scrollHeight / 2 - 300));
  await expect(
    bench.root.getByText(`${GONE_EVENTS} older events were dropped here`),
  ).toBeAttached();
});

test('axe finds nothing on a paused timeline', async ({ page }) => {
  const bench = new BenchPage(page);
  await sayHello(bench);
  await bench.button('From the start').click();
  await bench.button('Zoom in on time').click();
  await expectNoViolation(page, 'wire-bench');
});
