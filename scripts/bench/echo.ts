import { runAsBatchJob } from './batch-job.ts';
import { Child } from './child.ts';
import { startDemoServer } from './demo-server.ts';
import { ratesOf, ratiosOf, type Comparison } from './figures.ts';
import { measurePaired, type Target } from './paired-windows.ts';
import { isInstalled, peers, startPeer } from './peers.ts';
import { benchFile, type Bench, type Section } from './section.ts';

type EchoTarget = Target & { readonly urls: readonly string[] };
type Mode = {
  readonly title: string;
  readonly connections: number;
  readonly inFlight: number;
  /** At least so much of the base, per CPU-second. */
  readonly goals: Readonly<Record<string, number>>;
};

const PAYLOAD_LENGTH = 64;
/** Each holds an equal share of the connections, as each page on a reader's screen has its own. */
const RUNS = 4;
/** A ring of 4 MiB leaves in batches of 256 KiB, sixty a second. */
const BACKLOG_MS = 300;

const BASE = 'bare ws';
const CONTROL = 'bare ws again (A/A)';
const TAPPED = 'ours, tapped';
const WATCHED = 'ours, tapped and watched';
const MITMDUMP = 'bare ws behind mitmdump';

const PING_PONG: Mode = {
  title: 'Echo, 64 octets, one message in flight on each of 64 connections',
  connections: 64,
  inFlight: 1,
  goals: { [TAPPED]: 0.95, [WATCHED]: 0.75 },
};
const PIPELINED: Mode = {
  title: 'Echo, 64 octets, 32 messages in flight on each of 16 connections',
  connections: 16,
  inFlight: 32,
  // Shown to be possible: bare `ws` writes once per message, where one write per turn would do.
  goals: { [WATCHED]: 2 },
};

/** Compares the demo server's echo with a bare one, and with what else captures or forwards. */
export async function measureEcho(bench: Bench): Promise<Section[]> {
  const notes: string[] = [];
  const watcher = Child.node(benchFile('watcher.ts'));
  runAsBatchJob(watcher);
  const targets = [...(await startOurs(watcher)), ...(await startPeers(notes))];
  const sections: Section[] = [];
  for (const mode of [PING_PONG, PIPELINED]) {
    const before = await watcher.ask('watched', {});
    const section = await measureMode(bench, targets, mode);
    const { events, dropped } = await watcher.ask('watched', {});
    const share = (dropped - before.dropped) / (events + dropped - before.events - before.dropped);
    const loss = `The ring dropped ${(share * 100).toFixed(1)} % of the events before the watcher had them.`;
    sections.push({ ...section, notes: [...section.notes, ...notes, loss] });
  }
  await Promise.all([watcher, ...targets.flatMap(({ servers }) => servers)].map((c) => c.stop()));
  return sections;
}

async function startOurs(watcher: Child): Promise<EchoTarget[]> {
  const bare = [BASE, CONTROL].map(async (name) => {
    const server = Child.node(benchFile('target-bare.ts'), ['echo']);
    const url = (await server.address()).replace('http:', 'ws:');
    return { name, servers: [server], urls: [url] };
  });
  const [tapped, watched] = await Promise.all([startDemoServer(RUNS), startDemoServer(RUNS)]);
  await watcher.ask('watch', { urls: watched.wireUrls });
  return [
    ...(await Promise.all(bare)),
    { name: TAPPED, servers: [tapped.server], urls: tapped.echoUrls },
    { name: WATCHED, servers: [watched.server], urls: watched.echoUrls, settleMs: BACKLOG_MS },
  ];
}

async function startPeers(notes: string[]): Promise<EchoTarget[]> {
  const targets: EchoTarget[] = [];
  for (const peer of peers) {
    const { name, program } = peer;
    if (!isInstalled(peer)) {
      notes.push(`${program}: not installed.`);
      continue;
    }
    try {
      const { servers, url } = await startPeer(peer);
      targets.push({ name, servers, urls: [url] });
    } catch (error) {
      notes.push(`${program}: left out, ${(error as Error).message}.`);
    }
  }
  return targets;
}

async function measureMode(
  { load, rounds, random }: Bench,
  targets: readonly EchoTarget[],
  { title, connections, inFlight, goals }: Mode,
): Promise<Section> {
  for (const { name, urls } of targets) {
    const order = { urls, connections, payloadLength: PAYLOAD_LENGTH };
    await load.ask('open', { group: name, pattern: 'exchange', ...order });
  }
  const { windows, failures } = await measurePaired(targets, {
    rounds,
    random,
    drive: ({ name }, ms) => load.ask('window', { group: name, inFlight, ms }),
  });
  for (const { name } of targets) await load.ask('close', { group: name });
  const names = targets.map(({ name }) => name);
  return {
    title,
    rates: ratesOf(windows),
    ratios: ratiosOf(windows, comparisons(names, goals)),
    figures: [],
    notes: [...failures].map(([name, why]) => `${name}: left out, ${why}.`),
  };
}

function comparisons(names: readonly string[], goals: Mode['goals']): Comparison[] {
  const toBase = names.filter((name) => name !== BASE).map((target) => ({ target, base: BASE }));
  const judged = toBase.map((comparison) => {
    const value = goals[comparison.target];
    const goal = value === undefined ? {} : { goal: { bound: 'at least', value } as const };
    return { ...comparison, ...goal, control: comparison.target === CONTROL };
  });
  return [...judged, { target: TAPPED, base: MITMDUMP, goal: { bound: 'at least', value: 30 } }];
}
