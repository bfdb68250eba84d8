import type { Locator } from '@playwright/test';
import { BenchPage } from './bench-page.ts';
import { expect, test } from './site-test.ts';

const address = (query = '') => `/lessons/did-it-happen/${query && `?${query}`}`;
const setting = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([name, value]) => `acknowledge.${name}=${value}`)
    .join('&');
const allPieces = { ids: 'on', acks: 'on', timeout: 'on', retry: 'on', deduplicate: 'on' };

/** The panel's own sentence: what the script knows beside what the server's program has noted. */
const verdict = (bench: BenchPage): Locator => bench.root.locator('.panel-verdict');
const figure = (bench: BenchPage, label: string): Locator =>
  bench.root.locator('.figures > div').filter({ hasText: label }).locator('dd');
const goals = (bench: BenchPage): Locator => bench.root.locator('.challenge-goals li.is-met');
const made = async (bench: BenchPage): Promise<number[]> => {
  const text = await bench.root.locator('.panel-answer output').nth(1).innerText();
  return text.split(' ').map(Number);
};

async function send(bench: BenchPage, values: Readonly<Record<string, string | number>>) {
  await bench.open(address(setting(values)));
  await bench.button('Send').click();
}

test.describe('silence', () => {
  for (const path of ['black-hole', 'accept-then-drop']) {
    test(`${path}: five sends return, and nothing happens; “No news” is solved`, async ({
      page,
    }) => {
      const bench = new BenchPage(page);
      await send(bench, { path });
      await expect(goals(bench)).toHaveCount(3);
      await expect(verdict(bench)).toHaveText(
        'Your script: 5 sent, 0 answered. The server: 0 made.',
      );
      await expect(figure(bench, 'readyState')).toHaveText('OPEN');
      await expect(figure(bench, 'buffered')).toHaveText('0');
      await expect(bench.root.getByRole('region', { name: 'Orders' })).toContainText('no answer');

      const rows = await bench.rows();
      expect(
        rows.filter(({ seen, what }) => seen === 'page' && /^(error|close)/.test(what)),
      ).toEqual([]);
      expect(rows.filter(({ kind, way }) => kind === 'ws.frame' && way === 'up')).toHaveLength(5);
      expect(rows.filter(({ seen, what }) => seen === 'server' && /arrived/.test(what))).toEqual(
        [],
      );
    });
  }

  test('the same view from the script when all five arrive: “No news” is not solved', async ({
    page,
  }) => {
    const bench = new BenchPage(page);
    await send(bench, { path: 'none' });
    await bench.rowWhere(({ what }) => /^no-news/.test(what), 'no news');
    await expect(verdict(bench)).toHaveText('Your script: 5 sent, 0 answered. The server: 5 made.');
    await expect(figure(bench, 'readyState')).toHaveText('OPEN');
    await expect(figure(bench, 'buffered')).toHaveText('0');
    await expect(goals(bench)).toHaveCount(1);
  });
});

test.describe('the ladder', () => {
  const rungs = async (bench: BenchPage): Promise<string[]> =>
    bench.root.getByRole('region', { name: 'The ladder' }).locator('td').allInnerTexts();
  for (const [why, values, reached] of [
    ['all is well, with acknowledgements', { ids: 'on', acks: 'on' }, [5, 5, 5, 5, 5]],
    ['nothing is acknowledged', {}, [5, 5, 5, 5, 0]],
    ['the fifth answer is lost', { by: 'post', path: 'lost-answers' }, [5, 5, 5, 5, 4]],
    ['the program is stuck', { stuck: 'on' }, [5, 5, 5, 0, 0]],
    ['orders are lost from the fifth on', { path: 'lost-orders' }, [5, 5, 4, 4, 0]],
    ['a box swallows all', { path: 'black-hole' }, [5, 5, 0, 0, 0]],
  ] as const) {
    test(`where ${why}: ${reached.join(', ')}`, async ({ page }) => {
      const bench = new BenchPage(page);
      await send(bench, values);
      await bench.rowWhere(({ what }) => /^(done|no-news)/.test(what), 'the end');
      await expect.poll(() => rungs(bench)).toEqual(reached.map((count) => `${count} of 5`));
    });
  }
});

test.describe('no answer, yet it happened', () => {
  test('ten POSTs, two answers lost: ten coffees, eight answers', async ({ page }) => {
    const bench = new BenchPage(page);
    await send(bench, { by: 'post', path: 'lost-answers', orders: 10 });
    await expect(verdict(bench)).toHaveText(
      'Your script: 10 sent, 8 answered. The server: 10 made.',
    );
  });

  test('and with time-out and retry it is twelve coffees', async ({ page }) => {
    const bench = new BenchPage(page);
    await send(bench, {
      by: 'post',
      path: 'lost-answers',
      orders: 10,
      timeout: 'on',
      retry: 'on',
    });
    await expect(verdict(bench)).toHaveText(
      'Your script: 10 sent, 10 answered. The server: 12 made.',
    );
    await expect(bench.root.getByText('2 coffees!')).toHaveCount(2);
  });

  test('202 answers for a coffee that is never made', async ({ page }) => {
    const bench = new BenchPage(page);
    await send(bench, { by: 'post-202' });
    await expect(verdict(bench)).toHaveText('Your script: 5 sent, 5 answered. The server: 4 made.');
    await expect(bench.root.getByRole('row', { name: '3 sent, 202 nothing' })).toBeVisible();
  });
});

test.describe('piece by piece over a WebSocket that loses answers', () => {
  const lossy = { path: 'lost-answers', orders: 10 };
  const steps: readonly (readonly [pieces: object, answered: number, made: number])[] = [
    [{ ids: 'on' }, 0, 10],
    [{ ids: 'on', acks: 'on' }, 4, 10],
    [{ ids: 'on', acks: 'on', timeout: 'on' }, 4, 10],
    [{ ids: 'on', acks: 'on', timeout: 'on', retry: 'on' }, 10, 18],
    [allPieces, 10, 10],
  ];
  for (const [pieces, answered, count] of steps) {
    test(`${Object.keys(pieces).join(', ')}: ${answered} answered, ${count} made`, async ({
      page,
    }) => {
      const bench = new BenchPage(page);
      await send(bench, { ...lossy, ...(pieces as Record<string, string>) });
      await bench.rowWhere(({ what }) => /^(done|no-news)/.test(what), 'the end');
      await expect(verdict(bench)).toHaveText(
        `Your script: 10 sent, ${answered} answered. The server: ${count} made.`,
      );
    });
  }
});

test.describe('Exactly once', () => {
  const challenge = async (bench: BenchPage) => {
    await bench.button('Exactly once').click();
  };

  for (const by of ['websocket', 'post']) {
    test(`is solved by all five pieces, ${by}`, async ({ page }) => {
      const bench = new BenchPage(page);
      await bench.open(address(setting({ by, path: 'lost-orders', orders: 10, ...allPieces })));
      await challenge(bench);
      await bench.button('Send').click();
      await expect(goals(bench)).toHaveCount(1);
      await bench.root.getByLabel('Path').selectOption('lost-answers');
      await bench.button('Send').click();
      await expect(goals(bench)).toHaveCount(2);
      await expect(bench.root.getByRole('status').getByText('Solved')).toBeVisible();
    });
  }

  test('is half solved without de-duplication: what was lost on its way up', async ({ page }) => {
    const bench = new BenchPage(page);
    await send(bench, { path: 'lost-answers', orders: 10, ...allPieces, deduplicate: 'off' });
    await challenge(bench);
    await bench.rowWhere(({ what }) => /^done/.test(what), 'the end');
    await expect(verdict(bench)).toContainText('18 made');
    await bench.root.getByLabel('Path').selectOption('lost-orders');
    await bench.button('Send').click();
    await expect(goals(bench)).toHaveCount(1);
    await expect(goals(bench)).toContainText('where orders get lost');
  });

  test('is not solved without retry, nor on a path that loses nothing', async ({ page }) => {
    const bench = new BenchPage(page);
    await send(bench, { path: 'lost-orders', orders: 10, ...allPieces, retry: 'off' });
    await challenge(bench);
    await bench.rowWhere(({ what }) => /^done/.test(what), 'the end');
    await bench.root.getByLabel('Path').selectOption('none');
    await bench.button('Send').click();
    await expect(verdict(bench)).toHaveText(
      'Your script: 10 sent, 10 answered. The server: 10 made.',
    );
    await expect(goals(bench)).toHaveCount(0);
  });
});

test.describe('ten in a row', () => {
  const inOrder = Array.from({ length: 10 }, (_, index) => index + 1);
  for (const [values, isOrdered] of [
    [{ by: 'websocket' }, true],
    [{ by: 'websocket', oneAtATime: 'off' }, false],
    [{ by: 'post' }, false],
    [{ by: 'post-in-turn' }, true],
  ] as const) {
    test(`${JSON.stringify(values)}: made in order: ${isOrdered}`, async ({ page }) => {
      const bench = new BenchPage(page);
      await send(bench, { ...values, orders: 10 });
      await expect(verdict(bench)).toContainText('10 made');
      const order = await made(bench);
      expect(order.toSorted((a, b) => a - b)).toEqual(inOrder);
      if (isOrdered) expect(order).toEqual(inOrder);
      else expect(order).not.toEqual(inOrder);
      if (values.by === 'websocket') {
        const arrived = bench.root.locator('.panel-answer output').first();
        await expect(arrived).toHaveText(inOrder.join(' '));
      }
    });
  }
});

test.describe('In order and fast', () => {
  for (const [values, solved] of [
    [{ by: 'websocket' }, 2],
    [{ by: 'post-in-one' }, 2],
    [{ by: 'post-in-turn' }, 1],
    [{ by: 'post' }, 0],
    [{ by: 'websocket', oneAtATime: 'off' }, 0],
  ] as const) {
    test(`${JSON.stringify(values)} meets ${solved} of its 2 goals`, async ({ page }) => {
      const bench = new BenchPage(page);
      await bench.open(address(setting({ ...values, orders: 10 })));
      await bench.button('In order and fast').click();
      await bench.button('Send').click();
      await expect(verdict(bench)).toContainText('10 made');
      await bench.rowWhere(({ what }) => /^(done|no-news)/.test(what), 'the end');
      await expect(goals(bench)).toHaveCount(solved);
      const trips = { websocket: '2', 'post-in-one': '1', 'post-in-turn': '10', post: /^[2-9]$/ };
      await expect(figure(bench, 'round trips')).toHaveText(trips[values.by]);
    });
  }
});

test.describe('200, 202, and silence', () => {
  const order = async (bench: BenchPage, values: Readonly<Record<string, string | number>>) => {
    const query = Object.entries({ bakesMs: 300, everyMs: 100, ...values })
      .map(([name, value]) => `slow-job.${name}=${value}`)
      .join('&');
    await bench.open(address(query));
    await bench.button('Order a cake').click();
  };
  const statusOf = async (bench: BenchPage) => {
    const rows = await bench.rows();
    return rows.filter(({ kind }) => kind === 'http.res.head').map(({ what }) => what);
  };

  test('waiting: one request, one 200; “Told, not asked” is not solved', async ({ page }) => {
    const bench = new BenchPage(page, 'slow-job');
    await order(bench, { by: 'waiting' });
    await expect(verdict(bench)).toHaveText('Baked, and your script knows: 1 request.');
    await expect(goals(bench)).toHaveCount(0);
  });

  test('asking again: a 202, then requests until one says so; half solved', async ({ page }) => {
    const bench = new BenchPage(page, 'slow-job');
    await order(bench, { by: 'asking' });
    await expect(verdict(bench)).toHaveText(/^Baked, and your script knows: [2-9] requests\.$/);
    expect((await statusOf(bench))[0]).toContain('202');
    await expect(goals(bench)).toHaveCount(1);
  });

  for (const by of ['events', 'websocket']) {
    test(`told over ${by}: two requests, and “Told, not asked” is solved`, async ({ page }) => {
      const bench = new BenchPage(page, 'slow-job');
      await order(bench, { by });
      await expect(verdict(bench)).toHaveText('Baked, and your script knows: 2 requests.');
      await expect(goals(bench)).toHaveCount(2);
    });
  }

  test.describe('a proxy without patience', () => {
    test.use({ expectedConsole: [/status of 504/] });

    test('answers 504, and the cake is baked; “Gone, and baked” is solved', async ({ page }) => {
      const bench = new BenchPage(page, 'slow-job');
      await order(bench, { by: 'waiting', box: 'max-duration', bakesMs: 2300 });
      await bench.button('Gone, and baked').click();
      await expect(verdict(bench)).toHaveText(
        'The answer: 504. The cake is baked, and your script was not told.',
      );
      await expect(goals(bench)).toHaveCount(2);
    });
  });

  test.describe('a stream that the proxy cuts', () => {
    test.use({ expectedConsole: [/ERR_INCOMPLETE_CHUNKED_ENCODING/] });

    test('opens again by itself and is told what it missed', async ({ page }) => {
      const bench = new BenchPage(page, 'slow-job');
      await order(bench, { by: 'events', box: 'max-duration', bakesMs: 2300 });
      await expect(verdict(bench)).toHaveText('Baked, and your script knows: 3 requests.');
      const asked = (await bench.rows()).filter(({ kind }) => kind === 'http.req.head');
      expect(asked.some(({ what }) => what.includes('Last-Event-Id: 0'))).toBe(true);
    });
  });

  test('the same proxy lets a 202 and its WebSocket be', async ({ page }) => {
    const bench = new BenchPage(page, 'slow-job');
    await order(bench, { by: 'websocket', box: 'max-duration', bakesMs: 2300 });
    await bench.button('Gone, and baked').click();
    await expect(verdict(bench)).toHaveText('Baked, and your script knows: 2 requests.');
    await expect(goals(bench)).toHaveCount(0);
  });
});

test('a narrow screen shows the panel without a sideways page', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const bench = new BenchPage(page);
  await send(bench, { path: 'black-hole' });
  await expect(verdict(bench)).toContainText('5 sent');
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
});
