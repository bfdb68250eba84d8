import { useEffect, useRef, useState } from 'preact/hooks';
import type { Workbench } from '#demo/workbench.ts';
import { take } from './client.ts';
import type demo from './demo.ts';
import { transfersOf } from './transfers.ts';

type Bench = Workbench<(typeof demo)['parameters']>;

/** One way, in milliseconds: short, so that what is seen is the rate. */
const DELAY_MS = 10;

/** One transfer after another; what the script sees of it becomes rows. */
export function useTransfer({ address, values, rows, now, saw }: Bench) {
  const running = useRef<AbortController>();
  const [isRunning, setRunning] = useState(false);
  useEffect(() => () => running.current?.abort(), [address]);

  const start = async (address: string) => {
    const { signal } = (running.current = new AbortController());
    const { way, sizeKiB, pieceKiB, rate } = values;
    const transfer = (transfersOf(rows)[0]?.transfer ?? 0) + 1;
    setRunning(true);
    saw('transfer', { transfer, way, sizeKiB, pieceKiB, rate });
    try {
      const order = { transfer, way, sizeKiB, pieceKiB };
      await take(pathAddress(address, rate), order, now, saw, signal);
      saw('done', { transfer });
    } catch (error) {
      if (!signal.aborted) saw('error', { transfer, reason: (error as Error).message });
    }
    if (running.current.signal === signal) setRunning(false);
  };
  return {
    isRunning,
    start: () => {
      if (address !== undefined) void start(address);
    },
    stop: () => running.current?.abort(),
  };
}

/** The server side behind a path that carries so many kB in a second. */
export function pathAddress(address: string, rate: number): string {
  return new URL(`via/slow;delayMs=${DELAY_MS};octetsPerSecond=${rate * 1000}/`, address).href;
}
