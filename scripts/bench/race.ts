import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';

import { randomMoments } from '#demo-server/feed.ts';
import { chromiumPath, launchArguments } from '#scripts/browser.mjs';
import { buildIfStale } from '#scripts/build.mjs';
import { Child } from './child.ts';
import { longPollMeanByRule } from './long-poll-rule.ts';
import { benchFile, type Bench, type Figure, type Section } from './section.ts';
import { median, medianInterval, seededRandom, verdictOf, type Goal } from './statistics.ts';

const DELAYS_MS = [50, 200];
const SEED = 6455;
const RACE_MS = 60_000;
const EVENTS = 40;
const EVERY_MS = 250;
const GOALS: readonly Goal[] = [
  { bound: 'at most', value: 1.15 },
  { bound: 'at least', value: 0.85 },
];

type Mean = { readonly lane: string; readonly meanMs: number; readonly predictedMs: number };

/**
 * Mean latency of each lane by the formula's, in a real browser: each round a seed of its own.
 *
 * So few events make long polling early or late by chance, which the formula knows nothing of. So it is
 * held against its rule too, which takes the same events.
 */
export async function measureRace({ rounds }: Bench): Promise<Section[]> {
  const executablePath = await chromiumPath('facts');
  const title = 'The race: mean latency, measured / formula, events at random';
  if (executablePath === undefined) {
    return [{ title, rates: [], ratios: [], figures: [], notes: ['Chromium is not installed.'] }];
  }
  await buildIfStale();
  const main = benchFile('../../demo-server/main.ts');
  const site = join(import.meta.dirname, '../../dist');
  const server = Child.node(main, ['--host', '127.0.0.1', '--port', '0', '--site', site]);
  const address = await server.address();
  const browser = await chromium.launch({ executablePath, args: launchArguments });
  const samples = new Map<string, number[]>();
  const note = (name: string, ratio: number) => {
    samples.set(name, [...(samples.get(name) ?? []), ratio]);
  };
  for (let round = 1; round <= rounds; round += 1) {
    for (const delayMs of DELAYS_MS) {
      const byRule = longPollMeanByRule(randomMoments(round, EVENTS, EVERY_MS), delayMs);
      for (const { lane, meanMs, predictedMs } of await race(browser, address, delayMs, round)) {
        const name = `${lane}, ${String(delayMs)} ms`;
        note(name, meanMs / predictedMs);
        if (lane === 'Long polling') note(`${name}, to its rule`, meanMs / byRule);
      }
    }
  }
  const floorMs = await roundTripMs(browser, address);
  await browser.close();
  await server.stop();
  const figures = [...samples].flatMap(([name, ratios]) => figuresOf(name, ratios));
  const notes = [
    `${String(EVENTS)} events a race, one each ${String(EVERY_MS)} ms on average; short polling asks every second.`,
    `Of each round trip, browser, server and machine take ${floorMs.toFixed(1)} ms without any delay, in a page that does nothing else.`,
    'To its rule: measured / what the same events would take by long polling if programs took no time.',
  ];
  return [{ title, rates: [], ratios: [], figures, notes }];
}

/** What a reader would do: opens the bench, starts, and reads what it says of each lane. */
async function race(
  browser: Browser,
  address: string,
  delayMs: number,
  seed: number,
): Promise<Mean[]> {
  const page = await browser.newPage();
  const values = { delayMs, seed, rhythm: 'random', events: EVENTS, everyMs: EVERY_MS };
  const query = Object.entries(values).map(([name, value]) => `race.${name}=${String(value)}`);
  await page.goto(`${address}/embed/race/?${query.join('&')}`);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('The race is over').waitFor({ timeout: RACE_MS });
  const charts = await page.getByRole('img', { name: /, predicted / }).all();
  const labels = await Promise.all(charts.map((chart) => chart.getAttribute('aria-label')));
  await page.close();
  return labels.map((label) => meanOf(label ?? ''));
}

/** Median round trip of a small answer, at the pace of the race's events. */
async function roundTripMs(browser: Browser, address: string): Promise<number> {
  const page = await browser.newPage();
  await page.goto(`${address}/version.json`);
  const samples = await page.evaluate(
    async ({ count, everyMs }) => {
      const taken: number[] = [];
      for (let round = 0; round < count; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, everyMs));
        const begin = performance.now();
        await (await fetch('/version.json', { cache: 'no-store' })).json();
        taken.push(performance.now() - begin);
      }
      return taken;
    },
    { count: EVENTS, everyMs: EVERY_MS },
  );
  await page.close();
  return median(samples);
}

/** Reads `SSE: 40 events, mean 51.3 ms, predicted 50.0 ms`. */
function meanOf(label: string): Mean {
  const [, lane = '', mean = '', predicted = ''] =
    /^(.+): \d+ events, mean ([\d.,]+) ms, predicted ([\d.,]+) ms$/.exec(label) ?? [];
  const number = (text: string) => Number(text.replaceAll(',', ''));
  const [meanMs, predictedMs] = [number(mean), number(predicted)];
  if (lane === '' || !Number.isFinite(meanMs / predictedMs)) {
    throw new Error(`No mean in “${label}”.`);
  }
  return { lane, meanMs, predictedMs };
}

function figuresOf(name: string, ratios: readonly number[]): Figure[] {
  const interval = medianInterval(ratios, seededRandom(SEED));
  return GOALS.map((goal) => {
    return {
      name,
      unit: '×',
      median: median(ratios),
      interval,
      goal,
      verdict: verdictOf(interval, goal),
    };
  });
}
