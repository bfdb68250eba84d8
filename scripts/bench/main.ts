// npm run bench: how much the demo server's capturing costs, against what anybody would write without
// it. All in one run, ratios by CPU time, each with its interval; figures of two runs don't compare.
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

import { PARTS, readArguments, type Arguments, type Part } from './arguments.ts';
import { runAsBatchJob } from './batch-job.ts';
import { Child, stopAll } from './child.ts';
import { measureEcho } from './echo.ts';
import { measureFlood } from './flood.ts';
import { measureMemory } from './memory.ts';
import { machineBusySeconds } from './process-tree.ts';
import { measureRace } from './race.ts';
import { missesOf, reportOf } from './report.ts';
import { benchFile, type Bench, type Section } from './section.ts';
import { measureFanOut, measureHttp } from './servers.ts';
import { seededRandom } from './statistics.ts';

const MAX_MS = 15 * 60_000;

const measurements: Readonly<Record<Part, (bench: Bench) => Promise<Section[]>>> = {
  echo: measureEcho,
  fanout: measureFanOut,
  http: measureHttp,
  memory: measureMemory,
  race: measureRace,
  flood: measureFlood,
};

const args = readOrExit();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => process.exit(1));
}
setTimeout(() => {
  console.error(`Not done after ${String(MAX_MS / 60_000)} minutes: given up.`);
  process.exit(1);
}, MAX_MS).unref();

const sections = await measureAll(args);
if (args.json !== undefined) {
  const machine = {
    node: process.version,
    cpus: availableParallelism(),
    platform: process.platform,
  };
  writeFileSync(args.json, `${JSON.stringify({ machine, sections }, undefined, 2)}\n`);
}
const misses = missesOf(sections);
if (misses.length > 0) console.log(`Missed goals:\n  ${misses.join('\n  ')}`);
process.exit(args.strict && misses.length > 0 ? 1 : 0);

async function measureAll({ parts, rounds }: Arguments): Promise<Section[]> {
  const measured: Section[] = [];
  const load = Child.node(benchFile('load.ts'));
  if (!runAsBatchJob(load)) console.log('No chrt here: the load may preempt the servers.');
  const bench = { rounds, load, random: seededRandom(Date.now()) };
  console.log(
    `${String(rounds)} rounds of paired windows, Node ${process.version}, ${String(availableParallelism())} CPUs.\n`,
  );
  for (const part of parts) {
    const machine = watchMachine();
    const ofPart = await measurements[part](bench);
    for (const section of ofPart) console.log(`${reportOf(section)}\n`);
    console.log(`${machine()}\n`);
    measured.push(...ofPart);
  }
  await stopAll();
  return measured;
}

/** Tells afterwards how busy the machine was: at 100 % with little of our own, others were in the way. */
function watchMachine(): () => string {
  const begin = { at: performance.now(), busy: machineBusySeconds() };
  return () => {
    const busy = machineBusySeconds();
    if (begin.busy === undefined || busy === undefined) return '';
    const whole = ((performance.now() - begin.at) / 1000) * availableParallelism();
    return `The machine was busy for ${(((busy - begin.busy) / whole) * 100).toFixed(0)} % of the time.`;
  };
}

function readOrExit(): Arguments {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(
      `${(error as Error).message} Usage: npm run bench -- [${PARTS.join('|')}] [--rounds n] [--json file] [--strict]`,
    );
    process.exit(2);
  }
}
