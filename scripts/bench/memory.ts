import { Child } from './child.ts';
import { benchFile, type Bench, type Figure, type Section } from './section.ts';
import { median, medianInterval, seededRandom, verdictOf, type Goal } from './statistics.ts';

const CONNECTIONS = 2000;
/** More would tell little: after a collection, the same connections take the same heap. */
const MAX_ROUNDS = 5;
const KIBI = 1024;
const SEED = 6455;
const GOAL: Goal = { bound: 'at most', value: 2 };

type PerConnection = { readonly heap: number; readonly resident: number };

/** Memory that one idle WebSocket takes, with and without a tap, in fresh processes each round. */
export async function measureMemory({ rounds, load }: Bench): Promise<Section[]> {
  const bare: PerConnection[] = [];
  const tapped: PerConnection[] = [];
  for (let round = 0; round < Math.min(rounds, MAX_ROUNDS); round += 1) {
    // The order alternates, so that neither is always the one that comes second.
    if (round % 2 === 0) bare.push(await perConnection(load, 'target-bare.ts'));
    tapped.push(await perConnection(load, 'target-tapped.ts'));
    if (round % 2 === 1) bare.push(await perConnection(load, 'target-bare.ts'));
  }
  const figures = (['heap', 'resident'] as const).flatMap((kind) => {
    const ofBare = bare.map((one) => one[kind]);
    const ofTapped = tapped.map((one) => one[kind]);
    const byTap = ofTapped.map((octets, round) => octets - (ofBare[round] ?? octets));
    const label = kind === 'heap' ? 'heap after collection' : 'resident set';
    return [
      figureOf(`bare ws, ${label}`, ofBare),
      figureOf(`tapped, ${label}`, ofTapped),
      figureOf(`the tap alone, ${label}`, byTap, GOAL),
    ];
  });
  const title = `Memory per idle WebSocket, ${String(CONNECTIONS)} of them`;
  const note = 'The ring of the run is emptied first: it is bounded per run, not per connection.';
  return [{ title, rates: [], ratios: [], figures, notes: [note] }];
}

async function perConnection(load: Child, file: string): Promise<PerConnection> {
  const server = Child.node(benchFile(file), ['fan-out'], ['--expose-gc']);
  const group = 'memory';
  const url = (await server.address()).replace('http:', 'ws:');
  const open = (connections: number) => {
    const order = { group, urls: [url], connections, payloadLength: 0 };
    return load.ask('open', { ...order, pattern: 'exchange' });
  };
  // What the first connections load and compile is not the next ones' cost.
  await open(50);
  await load.ask('close', { group });
  const before = await server.ask('usage', {});
  await open(CONNECTIONS);
  if (file === 'target-tapped.ts') await server.ask('forget', {});
  const after = await server.ask('usage', {});
  await load.ask('close', { group });
  await server.stop();
  return {
    heap: (after.heap - before.heap) / CONNECTIONS,
    resident: (after.resident - before.resident) / CONNECTIONS,
  };
}

function figureOf(name: string, octets: readonly number[], goal?: Goal): Figure {
  const samples = octets.map((count) => count / KIBI);
  const interval = medianInterval(samples, seededRandom(SEED));
  const judged = goal === undefined ? {} : { goal, verdict: verdictOf(interval, goal) };
  return { name, unit: 'KiB', median: median(samples), interval, ...judged };
}
