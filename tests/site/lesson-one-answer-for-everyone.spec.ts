import type { Locator, Page } from '@playwright/test';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const address = (query = '') => `/lessons/one-answer-for-everyone/${query && `?${query}`}`;
/** The score changes every five seconds, which is as long as an expectation waits by itself. */
const untilScored = { timeout: 15_000 };
const verdict = (bench: BenchPage): Locator => bench.root.locator('.panel-verdict');
const figure = (bench: BenchPage, label: string): Locator =>
  bench.root.locator('.figures > div').filter({ hasText: label }).locator('dd');
const countOf = async (locator: Locator): Promise<number> =>
  Number((await locator.innerText()).replace(/\D/g, ''));
const goals = (bench: BenchPage, title: string): Locator =>
  bench.root.locator('.challenge').filter({ hasText: title }).locator('.challenge-goals li.is-met');

async function stadium(page: Page, values: Readonly<Record<string, string | number>>) {
  const bench = new BenchPage(page, 'stadium');
  const query = Object.entries(values).map(([name, value]) => `stadium.${name}=${value}`);
  await bench.open(address(query.join('&')));
  await bench.button('Let them read').click();
  return bench;
}

async function choose(bench: BenchPage, title: string): Promise<void> {
  const tab = bench.root.getByRole('button', { name: title });
  if ((await tab.count()) > 0) await tab.first().click();
}

test.describe('the stadium', () => {
  test('200 robots behind the cache: at most 2 responses of the origin, in the capture', async ({
    page,
  }) => {
    const bench = await stadium(page, { way: 'shared-cache', readers: 200, lifetime: 30 });
    await expect(verdict(bench)).toHaveText(
      /^200 readers served; [12] responses? of the origin\.$/,
    );
    const left = await countOf(figure(bench, 'bytes left the origin'));
    const reached = await countOf(figure(bench, 'bytes reached readers'));
    expect(reached).toBeGreaterThan(50 * left);
    await expect(bench.root.getByLabel('Decisions of the cache')).toContainText(/MISS [12](?!\d)/);
    await choose(bench, 'Ten thousand for the price of one');
    await expect(goals(bench, 'Ten thousand for the price of one')).toHaveCount(2);
  });

  test('60 robots straight to the origin cost one each, and the challenge is not solved', async ({
    page,
  }) => {
    const bench = await stadium(page, { way: 'direct', readers: 60 });
    await expect(verdict(bench)).toHaveText('60 readers served; 60 responses of the origin.');
    expect(await countOf(figure(bench, 'bytes left the origin'))).toBe(
      await countOf(figure(bench, 'bytes reached readers')),
    );
    await choose(bench, 'Ten thousand for the price of one');
    await expect(goals(bench, 'Ten thousand for the price of one')).toHaveCount(1);
  });

  test('one event wakes 20 long polls through one response', async ({ page }) => {
    const bench = await stadium(page, { way: 'long-poll', readers: 20 });
    await expect(verdict(bench)).toHaveText(
      '20 readers served; 1 response of the origin.',
      untilScored,
    );
    await expect(bench.root.getByLabel('Decisions of the cache')).toContainText('COLLAPSED 19');
    await choose(bench, 'One event wakes them all');
    await expect(goals(bench, 'One event wakes them all')).toHaveCount(2);
  });

  for (const [way, sentence] of [
    ['events', '20 readers served; 20 events of the origin.'],
    ['websocket', '20 readers served; 20 messages of the origin.'],
  ] as const) {
    test(`${way}: one event is twenty of the origin’s`, async ({ page }) => {
      const bench = await stadium(page, { way, readers: 20 });
      await expect(verdict(bench)).toHaveText(sentence, untilScored);
      await choose(bench, 'One event wakes them all');
      await expect(goals(bench, 'One event wakes them all')).toHaveCount(0);
    });
  }

  test('10,000 readers are a MODEL: half a request per second', async ({ page }) => {
    const bench = new BenchPage(page, 'stadium');
    await bench.open(address('stadium.way=shared-cache&stadium.readers=10000'));
    const model = bench.root.getByRole('group', { name: /^MODEL/ });
    await expect(model).toContainText('0.50 responses per second leave the origin');
    await expect(model).toContainText('5,000 responses per second reach readers');
    await expect(bench.root.getByText('200 ROBOTs ask at once.')).toBeVisible();
  });
});

test.describe('the leak', () => {
  async function leaked(page: Page) {
    const bench = new BenchPage(page, 'leak');
    await bench.open(address());
    await bench.button('Ask as Ada').click();
    await expect(verdict(bench)).toHaveText(/^Ada is greeted as Ada\. It came from the origin\.$/);
    await bench.button('Ask as Bert').click();
    await expect(verdict(bench)).toHaveText(
      /^A leak: Bert is greeted as Ada\. It was kept by the cache, Age \d+\.$/,
    );
    await expect(goals(bench, 'Plug it')).toHaveCount(1);
    return bench;
  }

  for (const repair of ['private', 'no-store', 'vary', 'own-address']) {
    test(`${repair} plugs it`, async ({ page }) => {
      const bench = await leaked(page);
      await bench.root.getByLabel('The origin says').selectOption(repair);
      for (const user of ['Ada', 'Bert']) {
        await bench.button(`Ask as ${user}`).click();
        await expect(verdict(bench)).toHaveText(
          `${user} is greeted as ${user}. It came from the origin.`,
        );
      }
      await expect(goals(bench, 'Plug it')).toHaveCount(2);
    });
  }

  test('asking again does not plug it', async ({ page }) => {
    const bench = await leaked(page);
    await bench.button('Ask as Bert').click();
    const table = bench.root.getByRole('region', { name: 'Greetings' });
    await expect(table.locator('tbody tr')).toHaveCount(3);
    await expect(table.locator('tbody tr').first()).toContainText('Ada, a leak');
    await expect(goals(bench, 'Plug it')).toHaveCount(1);
  });
});
