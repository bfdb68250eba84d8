import type { Browser, Locator, Page } from '@playwright/test';
import { expectNoViolation } from './axe.ts';
import { BenchPage } from './bench-page.ts';
import { expect, test, watchForTrouble } from './site-test.ts';

const lesson = '/lessons/both-ways-at-once/';
const goals = (bench: BenchPage): Locator => bench.root.locator('.challenge-goals li.is-met');
const figure = (bench: BenchPage, label: string): Locator =>
  bench.root.locator('.figures > div').filter({ hasText: label }).locator('dd');

/** The browser's own words when a stream is cut, as the offline button does. */
const cutStream = /ERR_INCOMPLETE_CHUNKED_ENCODING/;

test.describe('talk over each other', () => {
  const talk = async (page: Page, query = ''): Promise<BenchPage> => {
    const bench = new BenchPage(page, 'talk-over');
    await bench.open(`${lesson}?${query}`);
    await bench.button('Talk').click();
    // Fifteen numbers in turn, each with its way there and back, take more than the usual five seconds.
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/^Over/, { timeout: 30_000 });
    return bench;
  };

  for (const by of ['websocket', 'turns']) {
    test(`${by}: one connection carries it`, async ({ page }) => {
      const bench = await talk(page, `talk-over.by=${by}&talk-over.numbers=10`);
      await expect(figure(bench, 'connections')).toHaveText('1');
      await expect(figure(bench, 'numbers up, down')).toHaveText(/^10, \d+$/);
    });
  }

  test('events: the stream’s connection carries it, and those that the browser took for POSTs', async ({
    page,
  }) => {
    // One, while each number is answered before the next is said; on a slow machine they are more.
    const carriers = { events: new Set<number>(), numbers: new Set<number>() };
    const browser = await page.context().newCDPSession(page);
    await browser.send('Network.enable');
    browser.on('Network.responseReceived', ({ response: { url, connectionId } }) => {
      const path = /\/talks\/\d+\/(events|numbers)$/.exec(url)?.[1];
      if (path === 'events' || path === 'numbers') carriers[path].add(connectionId);
    });
    const bench = await talk(page, 'talk-over.by=events&talk-over.numbers=10');
    await expect(figure(bench, 'numbers up, down')).toHaveText(/^10, \d+$/);
    expect(carriers.events.size).toBe(1);
    expect([...carriers.numbers].filter((id) => carriers.events.has(id))).toEqual([]);
    await expect(figure(bench, 'connections')).toHaveText(`${1 + carriers.numbers.size}`);
  });

  test('a WebSocket’s numbers take fewer bytes than POSTs', async ({ page }) => {
    const bench = await talk(page, 'talk-over.numbers=20');
    await bench.root.getByLabel('SSE + POST', { exact: true }).check();
    await bench.button('Talk').click();
    const lines = bench.root
      .getByRole('region', { name: 'What each talk took' })
      .locator('tbody tr');
    await expect(lines).toHaveCount(2);
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/^Over/);
    const up = async (line: Locator): Promise<number> =>
      Number((await line.locator('td').nth(1).innerText()).split('/')[0]?.replace(/\D/g, ''));
    expect(await up(lines.nth(0))).toBeGreaterThan(5 * (await up(lines.nth(1))));
  });

  const far = 'talk-over.delayMs=100&talk-over.numbers=15';

  test('“Crossing swords” is solved over a WebSocket with a delay', async ({ page }) => {
    const bench = await talk(page, far);
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/on one connection/);
    await expect(goals(bench)).toHaveCount(2);
    const drawn = bench.root.getByRole('img', { name: /crossed at most \d+ of the server/ });
    await expect(drawn).toBeVisible();
    await expect(bench.root.getByRole('status').getByText('Solved')).toBeVisible();
  });

  test('and half solved by SSE and POST, on different connections', async ({ page }) => {
    const bench = await talk(page, `${far}&talk-over.by=events`);
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/on different connections/);
    await expect(goals(bench)).toHaveCount(1);
  });

  test('and not at all by taking turns', async ({ page }) => {
    const bench = await talk(page, `${far}&talk-over.by=turns`);
    await expect(bench.root.locator('.panel-verdict')).toHaveText(/No number crossed/);
    await bench.rowWhere(({ what }) => /^done/.test(what), 'the end');
    await expect(goals(bench)).toHaveCount(0);
  });
});

/** One user's pane of the chat. */
class Person {
  readonly root: Locator;
  readonly name: string;

  constructor(bench: BenchPage, name: string) {
    this.name = name;
    this.root = bench.root.getByRole('region', { name: `${name}’s chat` });
  }

  /** Within the five seconds of being offline and some more. */
  async isOnline(): Promise<void> {
    const online = this.root.getByText('connected', { exact: true });
    await expect(online).toBeVisible({ timeout: 20_000 });
  }

  async say(text: string): Promise<void> {
    await this.root.getByLabel(`${this.name} says`).fill(text);
    await this.root.getByLabel(`${this.name} says`).press('Enter');
  }

  get log(): Locator {
    return this.root.getByRole('log').locator('p');
  }

  async goOffline(): Promise<void> {
    await this.root.getByRole('button', { name: /^Offline for 5 s/ }).click();
    await expect(this.root.getByText('offline', { exact: true })).toBeVisible();
  }
}

test.describe('the chat, twice', () => {
  test.use({ expectedConsole: [cutStream] });

  const open = async (page: Page, by: string, names = ['Ada', 'Ben']) => {
    const bench = new BenchPage(page, 'chat');
    await bench.open(`${lesson}?chat.by=${by}`);
    return { bench, people: await enter(bench, names) };
  };
  const enter = async (bench: BenchPage, names: readonly string[]): Promise<[Person, Person]> => {
    await bench.button('Open the chat').click();
    const [one, other] = names.map((name) => new Person(bench, name)) as [Person, Person];
    await one.isOnline();
    await other.isOnline();
    return [one, other];
  };

  test('by SSE and POST nothing is missed: “Nothing missed” is solved', async ({ page }) => {
    const { bench, people } = await open(page, 'events');
    const [ada, ben] = people;
    await ada.say('Shall we meet?');
    await expect(ben.log).toHaveText([/Ada Shall we meet\?/]);
    await ada.goOffline();
    await ben.say('At nine.');
    await expect(ben.log).toHaveCount(2);
    await expect(ada.log).toHaveCount(1);
    await ada.isOnline();
    await expect(ada.log).toHaveText([/Ada Shall we meet\?/, /Ben At nine\./]);
    await expect(goals(bench)).toHaveCount(2);
    await bench.rowWhere(({ what }) => /Last-Event-Id: 1/.test(what), 'the question for the rest');
  });

  test('over the plain WebSocket it is: it stays closed, and the message never comes', async ({
    page,
  }) => {
    const { bench, people } = await open(page, 'websocket');
    const [ada, ben] = people;
    await ada.say('Shall we meet?');
    await expect(ben.log).toHaveCount(1);
    await ada.goOffline();
    await ben.say('At nine.');
    const again = ada.root.getByRole('button', { name: /^Connect again/ });
    await expect(again).toBeEnabled({ timeout: 20_000 });
    await expect(ada.root.getByText('connection lost')).toBeVisible();
    await again.click();
    await ada.isOnline();
    await ben.say('Are you there?');
    await expect(ada.log).toHaveText([
      /Ada Shall we meet\?/,
      /1 message never came/,
      /Ben Are you there\?/,
    ]);
    await expect(ben.log).toHaveCount(3);
    await expect(goals(bench)).toHaveCount(1);
  });

  test('nothing said meanwhile solves nothing', async ({ page }) => {
    const { bench, people } = await open(page, 'events');
    const [ada, ben] = people;
    await ada.goOffline();
    await ada.isOnline();
    await ben.say('Welcome back.');
    await expect(ada.log).toHaveCount(1);
    await expect(goals(bench)).toHaveCount(0);
  });

  test('shows text as text, and refuses what is not plain in a sentence', async ({ page }) => {
    const { people } = await open(page, 'websocket');
    const [ada, ben] = people;
    await ada.say('<img src=x onerror=alert(1)>');
    await expect(ben.log).toHaveText([/<img src=x onerror=alert\(1\)>/]);
    await expect(ben.root.locator('img')).toHaveCount(0);
    await ada.say('turned \u202e around');
    await expect(ada.root.getByText('Plain text only, without control characters.')).toBeVisible();
    await ada.say('still here');
    await expect(ben.log).toHaveCount(2);
  });

  const guestOf = async (browser: Browser, link: string): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(link);
    return page;
  };

  test('two browsers share a room by its link; Clear empties it for both', async ({
    page,
    browser,
    server,
  }) => {
    const { bench, people } = await open(page, 'events');
    await bench.root.getByText('Across two browsers').click();
    await bench.button('Share a room').press('Enter');
    // It is there in the button's place, chosen and ready to be copied.
    await expect(bench.root.getByLabel('Link to this room')).toBeFocused();
    const link = await bench.root.getByLabel('Link to this room').inputValue();
    expect(link).toMatch(/chat\.room=[\w-]{22}/);
    for (const person of people) await person.isOnline();
    const guest = await guestOf(browser, link);
    const troubles = watchForTrouble(guest, server.address, []);
    const theirs = new BenchPage(guest, 'chat');
    await theirs.root.scrollIntoViewIfNeeded();
    await theirs.isLive();
    const [cleo, dan] = await enter(theirs, ['Cleo', 'Dan']);
    await people[0].say('Come in!');
    await expect(cleo.log).toHaveText([/Ada Come in!/]);
    await dan.say('Thanks.');
    await expect(people[1].log).toHaveText([/Ada Come in!/, /Dan Thanks\./]);
    await theirs.button('Clear').first().click();
    await bench.root.getByRole('group').getByRole('button', { name: 'Clear' }).click();
    await expect(cleo.log).toHaveCount(0);
    await expect(people[0].log).toHaveCount(0);
    expect(troubles).toEqual([]);
    await guest.context().close();
  });
});

test.describe('two pens, one board', () => {
  const open = async (page: Page, query: string): Promise<BenchPage> => {
    const bench = new BenchPage(page, 'sketch');
    await bench.open(`${lesson}?${query}`);
    await bench.button('Open the board').click();
    await expect(bench.button('Draw a circle (Ada)')).toBeEnabled();
    await expect(bench.button('Draw a circle (Ben)')).toBeEnabled();
    return bench;
  };
  const strokes = (bench: BenchPage, user: string): Locator =>
    bench.root.getByRole('region', { name: `${user}’s board` }).locator('polyline');
  const verdict = (bench: BenchPage): Locator => bench.root.locator('.panel-verdict');

  for (const by of ['websocket', 'events']) {
    test(`${by}: a stroke by keyboard appears on the other board, point by point`, async ({
      page,
    }) => {
      const bench = await open(page, `sketch.by=${by}`);
      const pen = bench.root.getByRole('application', { name: /^Ben’s pen, up/ });
      await pen.focus();
      for (const key of ['Space', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'Space']) {
        await page.keyboard.press(key);
      }
      await expect(verdict(bench)).toHaveText(/^Ben’s stroke: 4 points in \d messages\.$/);
      await expect(strokes(bench, 'Ada')).toHaveAttribute('points', '50,37 53,37 56,37 56,40');
      await expect(strokes(bench, 'Ben')).toHaveAttribute('points', '50,37 53,37 56,37 56,40');
      await bench.button('Wipe').click();
      await expect(strokes(bench, 'Ada')).toHaveCount(0);
      await expect(strokes(bench, 'Ben')).toHaveCount(0);
    });
  }

  test('pens that are changed before their WebSockets are open leave no warning', async ({
    page,
  }) => {
    const bench = new BenchPage(page, 'sketch');
    await bench.open(`${lesson}?sketch.delayMs=300`);
    await bench.button('Open the board').click();
    await bench.root.getByLabel('SSE + POST', { exact: true }).check();
    await expect(bench.button('Draw a circle (Ada)')).toBeEnabled();
  });

  test('draws with a pointer', async ({ page }) => {
    const bench = await open(page, '');
    const face = bench.root.getByRole('application', { name: /^Ada’s pen/ });
    const { x, y, width, height } = (await face.boundingBox())!;
    await page.mouse.move(x + 0.2 * width, y + 0.2 * height);
    await page.mouse.down();
    await page.mouse.move(x + 0.8 * width, y + 0.8 * height, { steps: 6 });
    await page.mouse.up();
    await expect(verdict(bench)).toHaveText(/^Ada’s stroke: [5-8] points in [6-9] messages\.$/);
    const points = await strokes(bench, 'Ada').getAttribute('points');
    await expect(strokes(bench, 'Ben')).toHaveAttribute('points', points ?? '');
  });

  test('“Fewer requests than points” is solved by POST far away, and not by WebSocket or nearby', async ({
    page,
  }) => {
    const bench = await open(page, '');
    const circle = bench.button('Draw a circle (Ada)');
    await circle.click();
    await expect(verdict(bench)).toHaveText('Ada’s stroke: 30 points in 31 messages.');
    await bench.root.getByLabel('SSE + POST', { exact: true }).check();
    await expect(circle).toBeEnabled();
    const [face] = await bench.root.getByRole('application').all();
    await face?.focus();
    for (const key of ['Space', 'ArrowUp', 'Space']) await page.keyboard.press(key);
    await expect(verdict(bench)).toHaveText(/^Ada’s stroke: 2 points/);
    await expect(goals(bench)).toHaveCount(0);
    await bench.root.getByLabel('One-way delay').fill('100');
    await expect(circle).toBeEnabled();
    await circle.click();
    await expect(goals(bench)).toHaveCount(1);
    await expect(strokes(bench, 'Ben').last()).toHaveAttribute('points', /^(?:\d+,\d+ ){29}/);
  });
});

test('axe finds nothing in the three benches, and they fit 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  const bench = new BenchPage(page, 'talk-over');
  await bench.open(`${lesson}?talk-over.numbers=5`);
  await bench.button('Talk').click();
  await expect(bench.root.locator('.panel-verdict')).toHaveText(/^Over/);
  for (const [demo, button] of [
    ['chat', 'Open the chat'],
    ['sketch', 'Open the board'],
  ] as const) {
    const next = new BenchPage(page, demo);
    await next.root.scrollIntoViewIfNeeded();
    await next.isLive();
    await next.button(button).click();
  }
  await expect(page.getByLabel('Ben says')).toBeEnabled();
  for (const demo of ['talk-over', 'chat', 'sketch']) {
    await expectNoViolation(page, `#bench-${demo}`);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});
