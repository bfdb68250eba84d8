import type { Child } from './child.ts';
import type { Window } from './figures.ts';
import { shuffled, type RandomSource } from './statistics.ts';

/** A server under load, alive as long as the others that it is compared with. */
export type Target = {
  readonly name: string;
  /** Whose CPU time counts. */
  readonly servers: readonly Child[];
  /** How long it has work after the last answer, such as a backlog for its watchers. */
  readonly settleMs?: number;
};

/** Drives one target for one window. */
export type Drive = (
  target: Target,
  ms: number,
) => Promise<{ readonly operations: number; readonly wallSeconds: number }>;

/** Windows per target; a target that failed on the way has its reason instead. */
export type Measured = {
  readonly windows: Map<string, Window[]>;
  readonly failures: Map<string, string>;
};

const WINDOW_MS = 450;
/** Until the demo server's rings are full, and the engine has compiled what happens then. */
const WARM_UP_MS = 6000;
const SETTLE_MS = 20;

/**
 * Warms all targets up, then measures each once per round, in random order.
 *
 * Wall time on a shared machine says nothing, and its noise comes in waves longer than a round: so CPU
 * time is counted, and only what was measured in the same round is compared.
 */
export async function measurePaired(
  targets: readonly Target[],
  { rounds, random, drive }: { rounds: number; random: RandomSource; drive: Drive },
): Promise<Measured> {
  const windows = new Map(targets.map(({ name }) => [name, [] as Window[]]));
  const failures = new Map<string, string>();
  const attempt = async (target: Target, ms: number) => {
    if (failures.has(target.name)) return;
    try {
      const window = await measureOne(target, ms, drive);
      if (ms === WINDOW_MS) windows.get(target.name)?.push(window);
    } catch (error) {
      // Half a series would pair windows of different rounds.
      failures.set(target.name, (error as Error).message);
      windows.delete(target.name);
    }
  };
  for (const target of targets) await attempt(target, WARM_UP_MS);
  for (let round = 0; round < rounds; round += 1) {
    for (const target of shuffled(targets, random)) await attempt(target, WINDOW_MS);
  }
  return { windows, failures };
}

async function measureOne(target: Target, ms: number, drive: Drive): Promise<Window> {
  const before = await cpuSecondsOf(target);
  const { operations, wallSeconds } = await drive(target, ms);
  await new Promise((resolve) => setTimeout(resolve, target.settleMs ?? SETTLE_MS));
  const cpuSeconds = (await cpuSecondsOf(target)) - before;
  if (operations === 0 || cpuSeconds <= 0) throw new Error('no answer in a window');
  return { operations, wallSeconds, cpuSeconds };
}

async function cpuSecondsOf({ servers }: Target): Promise<number> {
  const each = await Promise.all(servers.map((server) => server.cpuSeconds()));
  return each.reduce((sum, seconds) => sum + seconds, 0);
}
