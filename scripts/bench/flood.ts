import { chromium } from '@playwright/test';

import { chromiumPath, launchArguments } from '#scripts/browser.mjs';
import { buildIfStale } from '#scripts/build.mjs';
import { Child } from './child.ts';
import { floodWords } from './flood-batches.ts';
import { FloodPage } from './flood-page.ts';
import { benchFile, type Bench, type Figure, type Section } from './section.ts';
import {
  isQuiet,
  median,
  medianInterval,
  seededRandom,
  verdictOf,
  type Goal,
} from './statistics.ts';

const FLOOD_MS = 3000;
const MAX_ROUNDS = 5;
const SEED = 6455;
const KEPT_FRAMES = 1_000_000;
const KEPT_PER_SECOND = 100_000;
/** The opening of the one connection has them, and each frame two. */
const OPENING_ROWS = 4;
const OPENING_EVENTS = 3;
const MEGA = 1_000_000;
const AT_LEAST_NINE_TENTHS: Goal = { bound: 'at least', value: 0.9 };
const NOTHING_MISSES: Goal = { bound: 'at most', value: 0 };

/** Frames a second, and what is asked of the ratio. At none, both pages are the same: that is A/A. */
const rates: ReadonlyMap<number, Goal | undefined> = new Map([
  [0, undefined],
  [1000, undefined],
  [10_000, AT_LEAST_NINE_TENTHS],
  [50_000, undefined],
  [100_000, { bound: 'at least', value: 0.65 }],
]);

type Pages = { readonly server: Child; readonly idle: FloodPage; readonly flooded: FloodPage };

/** Animation frames of a bench that is flooded, against those of one at rest beside it. */
export async function measureFlood({ rounds }: Bench): Promise<Section[]> {
  const executablePath = await chromiumPath('facts');
  const title = 'A flood of 64-byte messages, in a browser of its own beside one at rest';
  if (executablePath === undefined) {
    return [{ title, rates: [], ratios: [], figures: [], notes: ['Chromium is not installed.'] }];
  }
  await buildIfStale();
  const launch = () => chromium.launch({ executablePath, args: launchArguments });
  const [atRest, underFlood] = await Promise.all([launch(), launch()]);
  const server = Child.node(benchFile('flood-server.ts'));
  const address = await server.address();
  const idle = await FloodPage.open(atRest, address);
  const idleFrames: number[] = [];
  const ratios = new Map<number, number[]>();
  const missing = new Map<number, number[]>();
  const open = async () => ({ server, idle, flooded: await FloodPage.open(underFlood, address) });
  for (let round = 0; round < Math.min(rounds, MAX_ROUNDS); round += 1) {
    for (const perSecond of rates.keys()) {
      const pages = await open();
      let frames = 0;
      const painted = await countBoth(pages, async () => {
        ({ frames } = await server.ask('flood', { perSecond, ms: FLOOD_MS }));
      });
      idleFrames.push(painted.idle);
      pushTo(ratios, perSecond, painted.flooded / painted.idle);
      pushTo(missing, perSecond, await pages.flooded.rowsMissing(2 * frames + OPENING_ROWS));
      await pages.flooded.close();
    }
  }
  const kept = await measureKept(await open());
  await Promise.all([server.stop(), atRest.close(), underFlood.close()]);
  const isNoisy = !isQuiet(median(ratios.get(0) ?? [Number.NaN]));
  const figures = [
    figureOf('at rest', 'frames/s', idleFrames),
    ...[...ratios].map(([perSecond, samples]) => {
      const figure = figureOf(nameOf(perSecond), '× at rest', samples, rates.get(perSecond));
      return isNoisy && figure.goal !== undefined
        ? { ...figure, verdict: 'noisy' as const }
        : figure;
    }),
    figureOf('rows missing, all rates', 'rows', [...missing.values()].flat(), NOTHING_MISSES),
    ...kept,
  ];
  return [{ title, rates: [], ratios: [], figures, notes: [] }];
}

/** Keeps a million frames, then scrolls through them and looks for the words of one. */
async function measureKept({ server, idle, flooded }: Pages): Promise<Figure[]> {
  const before = await flooded.memory();
  const ms = (KEPT_FRAMES / KEPT_PER_SECOND) * 1000;
  const { frames } = await server.ask('flood', { perSecond: KEPT_PER_SECOND, ms });
  const missing = await flooded.rowsMissing(2 * frames + OPENING_ROWS);
  const memory = ((await flooded.memory()) - before) / MEGA;
  const scrolled = await countBoth({ idle, flooded }, () => flooded.scrollThrough());
  const drawn = await flooded.rowsDrawn();
  const middle = OPENING_EVENTS + Math.floor(frames / 2);
  const searches = [await flooded.search(floodWords(middle)), await flooded.search('not there')];
  await flooded.close();
  return [
    figureOf('kept at 100,000/s', 'messages', [frames]),
    figureOf('rows missing of them', 'rows', [missing], NOTHING_MISSES),
    figureOf('memory for them', 'MB', [memory], { bound: 'at most', value: 120 }),
    figureOf('scrolling through them', '× at rest', [scrolled.flooded / scrolled.idle]),
    figureOf('last row, scrolled to the end', '', [Math.max(...drawn) - 2 * frames], {
      bound: 'at least',
      value: OPENING_ROWS,
    }),
    figureOf('rows found of one message', 'rows', [searches[0]?.found ?? 0], {
      bound: 'at least',
      value: 2,
    }),
    figureOf(
      'search through them',
      'ms',
      searches.map((search) => search.ms),
    ),
  ];
}

async function countBoth(
  { idle, flooded }: Omit<Pages, 'server'>,
  during: () => Promise<unknown>,
): Promise<{ idle: number; flooded: number }> {
  const ends = await Promise.all([idle.countFrames(), flooded.countFrames()]);
  await during();
  const [ofIdle = Number.NaN, ofFlooded = Number.NaN] = await Promise.all(ends.map((end) => end()));
  return { idle: ofIdle, flooded: ofFlooded };
}

const nameOf = (perSecond: number): string =>
  perSecond === 0 ? 'A/A: both at rest' : `${perSecond.toLocaleString('en')} messages/s`;

function pushTo(samples: Map<number, number[]>, key: number, value: number): void {
  samples.set(key, [...(samples.get(key) ?? []), value]);
}

function figureOf(name: string, unit: string, samples: readonly number[], goal?: Goal): Figure {
  const interval = medianInterval(samples, seededRandom(SEED));
  const judged = goal === undefined ? {} : { goal, verdict: verdictOf(interval, goal) };
  return { name, unit, median: median(samples), interval, ...judged };
}
