import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import type { Talk } from './client.ts';
import type demo from './demo.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

const EVERY_MS = 50;

/** One talk after another; what the script says and hears becomes rows. */
export function useTalk({ address, values, saw }: Bench) {
  const running = useRef<AbortController>();
  const [isRunning, setRunning] = useState(false);
  useEffect(() => () => running.current?.abort(), [address]);

  const start = async (address: string) => {
    const { signal } = (running.current = new AbortController());
    const { by, delayMs, numbers } = values;
    setRunning(true);
    try {
      // With the first press: the page is to be read before. All of it: files that came beside the
      // talk would take its connections.
      const [{ ways }] = await Promise.all([import('./client.ts'), import('./Outcome.tsx')]);
      const talk = await beginTalk(address, signal);
      saw('talk', { talk, by, delayMs });
      let heard = 0;
      const place: Talk = {
        address: talkAddress(address, delayMs, talk),
        count: numbers,
        everyMs: EVERY_MS,
        heard: () => heard,
        onNumber: (said) => {
          heard = Math.max(heard, said.n);
          saw('heard', said);
        },
        signal,
      };
      await ways[by]?.(place, saw);
      saw('done', { talk, by });
    } catch (error) {
      if (!signal.aborted) saw('error', { reason: (error as Error).message });
    }
    if (running.current.signal === signal) setRunning(false);
  };
  return {
    isRunning,
    start: () => {
      if (address !== undefined) void start(address);
    },
  };
}

/** Where a talk is; with a delay, behind the box that makes it. */
export function talkAddress(address: string, delayMs: number, talk: number): string {
  const way = delayMs > 0 ? `via/slow;delayMs=${delayMs}/` : '';
  return new URL(`${way}talks/${talk}/`, address).href;
}

async function beginTalk(address: string, signal: AbortSignal): Promise<number> {
  const response = await fetch(new URL('talks', address), { method: 'POST', signal });
  if (!response.ok) throw new Error(`the talk did not begin: ${response.status}`);
  return ((await response.json()) as { talk: number }).talk;
}
