import type { Row } from '#capture/row.ts';
import type { Saw } from '#demo/workbench.ts';
import type { Transport } from './client.ts';
import { beginFeed, command, probe } from './probe.ts';

/** The boxes that can be hidden: those of `demo-server/hidden-box.ts`. */
export const Suspects: readonly string[] = [
  'strip-upgrade',
  'refuse-upgrade',
  'answer-200',
  'accept-then-drop',
  'hang',
  'buffer',
  'idle-reset',
  'idle-drop',
  'max-duration',
  'slow',
  'http10',
];

export const ProbeNames = [
  'WebSocket',
  'event stream',
  'long poll',
  'GET',
  'slow GET',
  'POST',
] as const;
export type ProbeName = (typeof ProbeNames)[number];

/** A request that takes longer has hung, for the reader. */
const PATIENCE_MS = 6000;

type Path = { readonly direct: string; readonly saw: Saw; readonly stop: AbortSignal };

/** Tries the path with one thing, and says in a line what the page saw of it. */
export async function tryPath(name: ProbeName, path: Path): Promise<string> {
  const behind = `${path.direct}via/hidden/`;
  const timeout = AbortSignal.any([path.stop, AbortSignal.timeout(PATIENCE_MS)]);
  switch (name) {
    case 'WebSocket':
      return tryStream('WebSocket', behind, path);
    case 'event stream':
      return tryStream('EventSource', behind, path);
    case 'long poll':
      return tryStream('long poll', behind, path);
    case 'GET':
      return timed(async () => {
        const response = await fetch(`${behind}page`, { signal: timeout, cache: 'no-store' });
        return `${response.status}, “${(await response.text()).trim()}”`;
      });
    case 'slow GET':
      return timed(() => readSlowly(`${behind}slow`, timeout));
    case 'POST':
      return timed(async () => {
        await command(behind, 'order', { coffees: 1 }, timeout);
        return '201';
      });
  }
}

/** One connection and no second one: what it delivered, and how it ended. */
async function tryStream(transport: Transport, address: string, { direct, saw, stop }: Path) {
  const feed = await beginFeed(direct, stop);
  const once = new AbortController();
  const seen: string[] = [];
  const beganAt = performance.now();
  const { received, medianMs } = await probe({
    transport,
    address,
    feed,
    stop: AbortSignal.any([once.signal, stop]),
    saw: (name, data) => {
      if (name === 'try') return;
      saw(name, data);
      if (name === 'open') seen.push('open');
      if (name === 'left') seen.push(`still ${String(data?.['readyState'])}`);
      if (name === 'close') seen.push(`closed with ${String(data?.['code'])}`);
      if (name === 'failed') seen.push(String(data?.['reason']));
      if (name === 'error-event' && transport === 'EventSource') seen.push('error event');
      const isOver = name === 'close' || name === 'failed' || seen.includes('error event');
      if (isOver) once.abort();
    },
  });
  const ms = Math.round(performance.now() - beganAt);
  const late = medianMs === undefined ? '' : `, ${medianMs} ms after they were published`;
  return [`${received} updates${late}`, ...seen, `over after ${ms} ms`].join('; ');
}

async function readSlowly(address: string, signal: AbortSignal): Promise<string> {
  const beganAt = performance.now();
  const response = await fetch(address, { signal, cache: 'no-store' });
  const reader = response.body?.getReader();
  const arrivals: number[] = [];
  try {
    for (let read = await reader?.read(); read?.done === false; read = await reader?.read()) {
      arrivals.push(Math.round(performance.now() - beganAt));
    }
  } catch {
    return `${response.status}, cut after ${arrivals.length} pieces`;
  }
  return `${response.status}, ${arrivals.length} pieces, the first after ${arrivals[0] ?? 0} ms`;
}

async function timed(act: () => Promise<string>): Promise<string> {
  const beganAt = performance.now();
  let said: string;
  try {
    said = await act();
  } catch (error) {
    said = (error as Error).name === 'TimeoutError' ? 'no answer' : (error as Error).message;
  }
  return `${said}; over after ${Math.round(performance.now() - beganAt)} ms`;
}

/** How the guessing stands, read out of the rows. */
export type Game = {
  readonly probes: readonly { readonly probe: string; readonly result: string }[];
  readonly isHidden: boolean;
  readonly named: { readonly box: string; readonly right: boolean } | undefined;
};

export function gameOf(rows: readonly Row[]): Game {
  const app = rows.filter(({ kind }) => kind === 'app');
  const from = app.findLastIndex(({ data }) => data['name'] === 'hidden');
  if (from < 0) return { probes: [], isHidden: false, named: undefined };
  const since = app.slice(from);
  const named = since.find(({ data }) => data['name'] === 'named')?.data;
  return {
    probes: since
      .filter(({ data }) => data['name'] === 'probe')
      .map(({ data }) => ({ probe: String(data['probe']), result: String(data['result']) })),
    isHidden: named === undefined,
    named: named && { box: String(named['box']), right: named['right'] === true },
  };
}
