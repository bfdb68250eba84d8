import { useState } from 'preact/hooks';
import type { Workbench } from '#demo/workbench.ts';
import { race, raceByRobot } from './client.ts';
import type demo from './demo.ts';

type Bench = Workbench<(typeof demo)['parameters']>;

/** One round after another, each from the state that is set. */
export function useRounds({ address, values, rows, saw }: Bench) {
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();

  const start = async (address: string) => {
    const { open, delayMs } = values;
    const round =
      rows.filter(({ kind, data }) => kind === 'app' && data['name'] === 'begin').length + 1;
    setProblem(undefined);
    setRunning(true);
    saw('begin', { round, open, delayMs });
    try {
      const waits =
        open === 'http2'
          ? await raceByRobot(address, delayMs)
          : await race(farAddress(address, delayMs), round, open === 'http1' ? open : 'nothing');
      saw('round', { round, open, delayMs, ...waits });
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
      saw('error', { round, reason: (error as Error).message });
    }
    setRunning(false);
  };
  return {
    isRunning,
    problem,
    start: () => {
      if (address !== undefined) void start(address);
    },
  };
}

/** The server side behind a long way, on which a new connection takes two round trips to be open. */
export function farAddress(address: string, delayMs: number): string {
  return new URL(`via/slow;delayMs=${delayMs};handshakes=2/`, address).href;
}
