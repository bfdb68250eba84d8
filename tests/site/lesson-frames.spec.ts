import type { Locator } from '@playwright/test';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const lesson = '/lessons/frames-bit-by-bit/';

const goals = (bench: BenchPage): Locator => bench.root.locator('.challenge-goals li.is-met');
const answered = (bench: BenchPage): Locator =>
  bench.root.locator('.panel-answer').filter({ hasText: 'sent back' }).locator('output');

async function send(bench: BenchPage, frames: string, answer: string): Promise<void> {
  await bench.root.getByLabel('What the robot sends').selectOption({ label: frames });
  await bench.button('Send the robot').click();
  await expect(answered(bench)).toHaveText(answer);
  await expect(bench.button('Send the robot')).toBeEnabled();
}

test.describe('a frame taken apart by hand', () => {
  test('with the keyboard: bytes get names, then letters', async ({ page }) => {
    await page.goto(lesson);
    const decode = page.locator('sp-decode');
    const tiles = decode.getByRole('group', { name: 'The bytes of the frame' });
    await expect(decode.getByText('11 bytes have no name yet.')).toBeVisible();
    const names = ['FIN, opcode', 'MASK, length', 'masking key', 'payload'];
    const places = [[1], [2], [3, 4, 5, 6], [7, 8, 9, 10, 11]];
    for (const [index, name] of names.entries()) {
      await decode.getByRole('radio', { name }).focus();
      await page.keyboard.press('Space');
      for (const place of places[index]!) {
        await tiles
          .getByRole('button', { name: `Byte ${place},` })
          .first()
          .press('Enter');
      }
    }
    await expect(decode.getByText('All right. Now unmask the payload.')).toBeVisible();
    await decode.getByLabel('Letter 1').focus();
    await page.keyboard.type('Hello');
    await expect(decode.getByText('Hello. You have read a frame')).toBeVisible();
  });

  test('a wrong name is counted and marked, and can be put right', async ({ page }) => {
    await page.goto(lesson);
    const decode = page.locator('sp-decode');
    const tiles = decode.getByRole('group', { name: 'The bytes of the frame' }).getByRole('button');
    await decode.getByText('payload', { exact: true }).first().click();
    for (let index = 0; index < 11; index++) await tiles.nth(index).click();
    await expect(decode.getByText('5 of 11 are right.')).toBeVisible();
    await expect(tiles.nth(0)).toHaveClass('wrong');
    await expect(decode.getByText('Now unmask')).toBeHidden();
  });
});

test.describe('Break it', () => {
  test('all three challenges, each by its way, sent by ROBOT', async ({ page }) => {
    const bench = new BenchPage(page, 'broken-frames');
    await bench.open(lesson);
    await send(bench, 'close 1000 “bye”', 'close 1000');
    await send(bench, 'Hello, unmasked', 'close 1002');
    await expect(bench.root.getByText('A client has to mask every frame.').first()).toBeVisible();
    await expect(bench.root.getByText('ws does what RFC 6455 says.')).toBeVisible();
    await send(bench, 'text ff fe', 'close 1007');
    await expect(goals(bench)).toHaveCount(3);
    await send(bench, '2,000 bytes of text', 'close 1009');
    await expect(goals(bench)).toHaveCount(4);
    await send(bench, 'Hel + ping + lo', 'pong “p”, then text “Hello”');
    await send(bench, 'a length of 5 in the 16-bit form', 'text “Hello”');
    await expect(bench.root.getByText('ws and RFC 6455 differ here.')).toBeVisible();
    const rows = await bench.rows();
    const up = rows.filter(({ kind, way }) => kind === 'ws.frame' && way === 'up');
    expect(up.length).toBeGreaterThan(0);
    expect([...new Set(up.map(({ sender }) => sender))]).toEqual(['ROBOT']);
  });

  test('legal frames, and broken ones that ws refuses, solve none of the three', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'broken-frames');
    await bench.open(lesson);
    const solved = (count: number) => expect(goals(bench)).toHaveCount(count);
    const challenge = (name: string) => bench.root.getByRole('button', { name }).click();
    // An echo is no close, and one code is not four.
    await send(bench, 'Hello, as it should be', 'text “Hello”');
    await send(bench, 'Hel + lo, two fragments', 'text “Hello”');
    await solved(0);
    await send(bench, 'Hello, unmasked', 'close 1002');
    await solved(1);
    await challenge('Interrupt yourself');
    await solved(0);
    await challenge('Two readers, two opinions');
    await solved(0);
  });

  test('a guess is compared with what came', async ({ page }) => {
    const bench = new BenchPage(page, 'broken-frames');
    await bench.open(lesson);
    await bench.root.getByLabel('Your guess').selectOption('1007');
    await send(bench, 'Hello, unmasked', 'close 1002');
    await expect(bench.root.getByText('You guessed close 1007. It was close 1002.')).toBeVisible();
    await bench.root.getByLabel('Your guess').selectOption('echo');
    await send(bench, '€ cut in two fragments', 'text “€”');
    await expect(bench.root.getByText('You guessed an echo, and so it was.')).toBeVisible();
    await expect(bench.root.getByText('1 of 2 guesses right')).toBeVisible();
  });

  test('a predictable key lets a request stand on the wire, a fresh one does not', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'broken-frames');
    await bench.open(lesson);
    const wire = bench.root.locator('.panel-answer').filter({ hasText: 'on the wire' });
    await send(bench, 'a disguised request, key 01 02 03 04', 'text of 19 bytes');
    await expect(wire).toContainText('GET /x HTTP/1.1␍␊␍␊');
    await send(bench, 'the same text, with a fresh key', 'text of 19 bytes');
    await expect(wire).not.toContainText('GET /x');
  });

  test('frames of one’s own are built, and what is no hex gets a sentence', async ({ page }) => {
    const bench = new BenchPage(page, 'broken-frames');
    await bench.open(`${lesson}?broken-frames.preset=own&broken-frames.masking=none`);
    await expect(bench.button('Send the robot')).toBeDisabled();
    await bench.button('Add this frame').click();
    await expect(bench.root.getByText('81 05 48 65 6c 6c 6f')).toBeVisible();
    await bench.button('Send the robot').click();
    await expect(answered(bench)).toHaveText('close 1002');
    await bench.root.getByLabel('Frames of your own').fill('81 0');
    await expect(bench.root.getByRole('alert')).toContainText('two digits a byte');
    await expect(bench.button('Send the robot')).toBeDisabled();
  });
});

test.describe('the challenges of the echo', () => {
  const challenge = (bench: BenchPage, name: string) =>
    bench.root.getByRole('button', { name }).click();

  test('one header is not three: neither short messages nor what the server sends', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'echo');
    await bench.open(`${lesson}?echo.size=65536&echo.echo=8`);
    await bench.button('Send').click();
    // Eight fragments come back, with headers of 4 bytes, and one frame has gone up with 14.
    await expect(goals(bench)).toHaveCount(1);
    await bench.root.getByLabel('Fill up to').fill('5');
    await bench.button('Send').click();
    await bench.button('Ping from the server').click();
    await bench.rowWhere(({ what, way }) => /^pong/.test(what) && way === 'up', 'a pong');
    await expect(goals(bench)).toHaveCount(2);
  });

  test('“Two ways to end”: another code, or the largest message that is taken, is neither', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'echo');
    await bench.open(`${lesson}?echo.size=1048576&echo.code=4002`);
    await challenge(bench, 'Two ways to end');
    await bench.button('Send').click();
    await bench.rowWhere(({ kind, way }) => kind === 'ws.message' && way === 'down', 'an echo');
    await bench.root.getByText('How it ends').click();
    await bench.button('Close').click();
    await bench.rowWhere(({ what, way }) => /^close 4002/.test(what) && way === 'down', 'a close');
    await expect(goals(bench)).toHaveCount(0);
  });

  test('“Two ways to end” is solved by a message that is too large, and by 4001', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'echo');
    await bench.open(`${lesson}?echo.size=1048577`);
    await challenge(bench, 'Two ways to end');
    await bench.button('Send').click();
    await expect(goals(bench)).toHaveCount(1);
    await bench.root.getByLabel('Fill up to').fill('0');
    await bench.button('Connect').click();
    await bench.button('Send').click();
    await bench.root.getByText('How it ends').click();
    await bench.button('Close').click();
    await expect(goals(bench)).toHaveCount(2);
  });
});
