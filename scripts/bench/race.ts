import { join } from 'node:path';
import { chromium, type Browser } from '@playwright/test';

import { chromiumPath, launchArguments } from '#scripts/browser.mjs';
import { buildIfStale } from '#scripts/build.mjs';
import { Child } from './child.ts';
import { benchFile, type Bench, type Figure, type Section } from './section.ts';
import { median, medianInterval, seededRandom, verdictOf, type Goal } from './statistics.ts';

const DELAYS_MS = [50, 200];
const SEED = 6455;
const RACE_MS = 60_000;
const GOALS: readonly Goal[] = [
  { bound: 'at most', value: 1.15 },
  { bound: 'at least', value: 0.85 },
];

type Mean = { readonly lane: string; readonly ratio: number };

/** Mean latency of each lane by the formula's, in a real browser: each round a seed of its own. */
export async function measureRace({ rounds }: Bench): Promise<Section[]> {
  const executablePath = await chromiumPath();
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
  for (let round = 1; round <= rounds; round += 1) {
    for (const delayMs of DELAYS_MS) {
      for (const { lane, ratio } of await race(browser, address, delayMs, round)) {
        const name = `${lane}, ${String(delayMs)} ms`;
        samples.set(name, [...(samples.get(name) ?? []), ratio]);
      }
    }
  }
  await browser.close();
  await server.stop();
  const figures = [...samples].flatMap(([name, ratios]) => figuresOf(name, ratios));
  const notes = ['40 events a race, one each 250 ms on average; short polling asks every second.'];
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
  const query = `race.delayMs=${String(delayMs)}&race.rhythm=random&race.seed=${String(seed)}`;
  await page.goto(`${address}/embed/race/?${query}`);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('The race is over').waitFor({ timeout: RACE_MS });
  const charts = await page.getByRole('img', { name: /, predicted / }).all();
  const labels = await Promise.all(charts.map((chart) => chart.getAttribute('aria-label')));
  await page.close();
  return labels.map((label) => meanOf(label ?? ''));
}

/** Reads `SSE: 40 events, mean 51.3 ms, predicted 50.0 ms`. */
function meanOf(label: string): Mean {
  const [, lane = '', mean = '', predicted = ''] =
    /^(.+): \d+ events, mean ([\d.\u202f]+) ms, predicted ([\d.\u202f]+) ms$/.exec(label) ?? [];
  const number = (text: string) => Number(text.replaceAll('\u202f', ''));
  const ratio = number(mean) / number(predicted);
  if (lane === '' || !Number.isFinite(ratio)) throw new Error(`No mean in “${label}”.`);
  return { lane, ratio };
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
