import { useEffect, useRef, useState } from 'preact/hooks';
import type { Workbench } from '#demo/workbench.ts';
import { askEvery } from './client.ts';
import type demo from './demo.ts';
import { seriesOf } from './series.ts';

type Bench = Workbench<(typeof demo)['parameters']>;

const EVERY_MS = 1000;

/** One series of questions after another; what it brings is in the rows. */
export function useSeries({ address, values, rows, saw }: Bench) {
  const running = useRef<AbortController>();
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  useEffect(() => () => running.current?.abort(), [address]);

  const start = async (address: string) => {
    const { signal } = (running.current = new AbortController());
    const { how, asks } = values;
    const series = (seriesOf(rows)[0]?.series ?? 0) + 1;
    setProblem(undefined);
    setRunning(true);
    saw('asking', { series, how, asks });
    try {
      const cache = how === 'newer' ? 'no-cache' : 'no-store';
      await askEvery(EVERY_MS, { address, series, asks, cache, signal }, saw);
      saw('over', { series, asks });
    } catch (error) {
      if (!signal.aborted) setProblem(`It failed: ${(error as Error).message}.`);
      saw('error', { series, reason: signal.aborted ? 'stopped' : (error as Error).message });
    }
    if (running.current.signal === signal) setRunning(false);
  };
  const change = async (address: string) => {
    try {
      const { ok, status } = await fetch(new URL('change', address), { method: 'POST' });
      if (!ok) throw new Error(`answered with ${status}`);
    } catch (error) {
      setProblem(`It was not replaced: ${(error as Error).message}.`);
    }
  };
  return {
    isRunning,
    problem,
    start: () => {
      if (address !== undefined) void start(address);
    },
    change: () => {
      if (address !== undefined) void change(address);
    },
    stop: () => running.current?.abort(),
  };
}
