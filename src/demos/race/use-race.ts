import { useEffect, useRef, useState } from 'preact/hooks';
import type { Workbench } from '#demo/workbench.ts';
import type demo from './demo.ts';

type Bench = Pick<Workbench<(typeof demo)['parameters']>, 'address' | 'values' | 'saw' | 'now'>;

/**
 * Starts a race and stops it. What it brings is in the rows.
 *
 * @param load fetches what draws those: beside the race, files would take its connections
 */
export function useRace({ address, values, saw, now }: Bench, load?: () => Promise<unknown>) {
  const running = useRef<AbortController>();
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();

  const start = async () => {
    if (address === undefined) return;
    running.current?.abort();
    const controller = (running.current = new AbortController());
    const path = new URL(`via/slow;delayMs=${values.delayMs}/`, address).href;
    setProblem(undefined);
    setRunning(true);
    try {
      // With the first press: the page is to be read before.
      const [{ race }] = await Promise.all([import('./run-race.ts'), load?.()]);
      await race(path, values, controller.signal, { saw, now });
    } catch (error) {
      if (controller.signal.aborted) return;
      controller.abort();
      setProblem(`The race broke off: ${(error as Error).message}.`);
      saw('error', { reason: (error as Error).message });
    }
    if (running.current === controller) setRunning(false);
  };
  const stop = () => {
    if (address === undefined || running.current?.signal.aborted !== false) return;
    running.current.abort();
    setRunning(false);
    saw('stop');
    import('./feed.ts')
      .then(({ endFeed }) => endFeed(address))
      .catch((error: unknown) => setProblem((error as Error).message));
  };

  useEffect(() => () => running.current?.abort(), [address]);
  return { isRunning, problem, start: () => void start(), stop };
}
