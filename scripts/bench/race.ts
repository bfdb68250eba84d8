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
/** As the page has it when it is opened, and as it takes a formula with chance in it. */
const RHYTHMS = ['even', 'random'] as const;
const SEED = 6455;
const RACE_MS = 60_000;
const EVENTS = 40;
const EVERY_MS = 250;
const GOALS: readonly Goal[] = [
  { bound: 'at most', value: 1.15 },
  { bound: 'at least', value: 0.85 },
];

type Rhythm = (typeof RHYTHMS)[number];
type Mean = { readonly lane: string; readonly meanMs: number; readonly predictedMs: number };
type Outcome = {
  readonly means: readonly Mean[];
  /** What the browser took from an answer to its next question, as the page has it. */
  readonly turnaroundMs: number;
};

/**
 * Mean latency of each lane by the formula's, in a real browser: each round a seed of its own.
 *
 * So few events at random make long polling early or late by chance, which the formula knows nothing of.
 * So there it is held against its rule too, which takes the same events.
 */
export async function measureRace({ rounds }: Bench): Promise<Section[]> {
  const executablePath = await chromiumPath('facts');
  const title = 'The race: mean latency, measured / formula';
  if (executablePath === undefined) {
    return [{ title, rates: [], ratios: [], figures: [], notes: ['Chromium is not installed.'] }];
  }
  await buildIfStale();
  const main = benchFile('../../demo-server/main.ts');
  const site = join(import.meta.dirname, '../../dist');
  const server = Child.node(main, ['--host', '127.0.0.1', '--port', '0', '--site', site]);
  const address = await server.address();
  const browser = await chromium.launch({ executablePath, args: launchArguments });
  const races = RHYTHMS.flatMap((rhythm) => DELAYS_MS.map((delayMs) => ({ rhythm, delayMs })));
  const turnarounds: number[] = [];
  const samples = new Map<string, number[]>();
  const note = (name: string, ratio: number) => {
    samples.set(name, [...(samples.get(name) ?? []), ratio]);
  };
  for (let round = 1; round <= rounds; round += 1) {
    for (const { rhythm, delayMs } of races) {
      const { means, turnaroundMs } = await race(browser, address, {
        rhythm,
        delayMs,
        seed: round,
      });
      const moments = randomMoments(round, EVENTS, EVERY_MS);
      const byRule = longPollMeanByRule(moments, delayMs, turnaroundMs);
      for (const { lane, meanMs, predictedMs } of means) {
        const name = `${rhythm}, ${String(delayMs)} ms: ${lane}`;
        note(name, meanMs / predictedMs);
        if (lane === 'Long polling' && rhythm === 'random')
          note(`${name}, by rule`, meanMs / byRule);
      }
      turnarounds.push(turnaroundMs);
    }
  }
  const floorMs = await roundTripMs(browser, address);
  await browser.close();
  await server.stop();
  const figures = [...samples].flatMap(([name, ratios]) => figuresOf(name, ratios));
  const notes = [
    `${String(EVENTS)} events a race, one each ${String(EVERY_MS)} ms, evenly or on average; short polling asks every second.`,
    `From an answer to long polling to the next question, this browser took ${median(turnarounds).toFixed(1)} ms, which the formula counts.`,
    `Of each round trip, browser, server and machine take ${floorMs.toFixed(1)} ms without any delay, in a page that does nothing else.`,
    'By rule: measured / what long polling takes for the same random events, counted one by one.',
  ];
  return [{ title, rates: [], ratios: [], figures, notes }];
}

/** What a reader would do: opens the bench, starts, and reads what it says of each lane. */
async function race(
  browser: Browser,
  address: string,
  own: { readonly rhythm: Rhythm; readonly delayMs: number; readonly seed: number },
): Promise<Outcome> {
  const page = await browser.newPage();
  const values = { ...own, events: EVENTS, everyMs: EVERY_MS };
  const query = Object.entries(values).map(([name, value]) => `race.${name}=${String(value)}`);
  await page.goto(`${address}/embed/race/?${query.join('&')}`);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByText('The race is over').waitFor({ timeout: RACE_MS });
  const charts = await page.getByRole('img', { name: /, predicted / }).all();
  const labels = await Promise.all(charts.map((chart) => chart.getAttribute('aria-label')));
  const silence = await page.getByText('more of silence').innerText();
  await page.close();
  return { means: labels.map((label) => meanOf(label ?? '')), turnaroundMs: numberIn(silence) };
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

/** Reads `… counts 6.9 ms more of silence …`. */
function numberIn(silence: string): number {
  const ms = Number(/counts ([\d.]+) ms more/.exec(silence)?.[1]);
  if (!Number.isFinite(ms)) throw new Error(`No milliseconds in “${silence}”.`);
  return ms;
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
