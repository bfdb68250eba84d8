import { Child } from './child.ts';
import { ratesOf, ratiosOf, type Comparison } from './figures.ts';
import { measurePaired, type Target } from './paired-windows.ts';
import { benchFile, type Bench, type Section } from './section.ts';
import type { TargetKind } from './target-work.ts';

type OwnTarget = Target & { readonly url: string };
type Start = { readonly name: string; readonly file: string; readonly args?: readonly string[] };

const BARE = 'target-bare.ts';
const TAPPED = 'target-tapped.ts';

/** One sender, 1,000 receivers: operations are deliveries. */
export async function measureFanOut(bench: Bench): Promise<Section[]> {
  const base = 'bare ws, send() to each';
  const again = 'bare ws again (A/A)';
  const oneFrame = 'tapped, one frame for all';
  const targets = await startAll('fan-out', [
    { name: base, file: BARE },
    { name: again, file: BARE },
    { name: 'tapped, send() to each', file: TAPPED },
    { name: oneFrame, file: TAPPED, args: ['--one-frame'] },
  ]);
  const comparisons: Comparison[] = [
    { target: again, base, control: true },
    { target: 'tapped, send() to each', base },
    { target: oneFrame, base, goal: { bound: 'at least', value: 1 } },
  ];
  const order = { pattern: 'fan-out', connections: 1000, payloadLength: 128 } as const;
  const section = await measure(bench, { targets, comparisons, order });
  return [{ ...section, title: 'Fan-out, 128 octets, one to 1,000' }];
}

/** 1 KiB of JSON, keep-alive, one request in flight on each connection. */
export async function measureHttp(bench: Bench): Promise<Section[]> {
  const base = 'bare node:http';
  const again = 'bare node:http again (A/A)';
  const tapped = 'node:http, tapped';
  const targets = await startAll('http', [
    { name: base, file: BARE },
    { name: again, file: BARE },
    { name: tapped, file: TAPPED },
  ]);
  const comparisons: Comparison[] = [
    { target: again, base, control: true },
    { target: tapped, base, goal: { bound: 'at least', value: 0.65 } },
  ];
  const order = { pattern: 'exchange', connections: 32, payloadLength: 0 } as const;
  const section = await measure(bench, { targets, comparisons, order });
  return [{ ...section, title: 'HTTP, 1 KiB, keep-alive, 32 connections' }];
}

async function startAll(kind: TargetKind, starts: readonly Start[]): Promise<OwnTarget[]> {
  return Promise.all(
    starts.map(async ({ name, file, args = [] }) => {
      const server = Child.node(benchFile(file), [kind, ...args]);
      const address = await server.address();
      const url = kind === 'http' ? address : address.replace('http:', 'ws:');
      return { name, servers: [server], url };
    }),
  );
}

type Measurement = {
  readonly targets: readonly OwnTarget[];
  readonly comparisons: readonly Comparison[];
  readonly order: {
    readonly pattern: 'exchange' | 'fan-out';
    readonly connections: number;
    readonly payloadLength: number;
  };
};

async function measure(
  { load, rounds, random }: Bench,
  { targets, comparisons, order }: Measurement,
): Promise<Omit<Section, 'title'>> {
  for (const { name, url } of targets) {
    await load.ask('open', { group: name, urls: [url], ...order });
  }
  const { windows, failures } = await measurePaired(targets, {
    rounds,
    random,
    drive: ({ name }, ms) => load.ask('window', { group: name, inFlight: 1, ms }),
  });
  for (const { name } of targets) await load.ask('close', { group: name });
  await Promise.all(targets.flatMap(({ servers }) => servers).map((server) => server.stop()));
  return {
    rates: ratesOf(windows),
    ratios: ratiosOf(windows, comparisons),
    figures: [],
    notes: [...failures].map(([name, why]) => `${name}: left out, ${why}.`),
  };
}
