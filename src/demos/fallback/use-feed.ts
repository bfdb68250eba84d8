import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { feedAddress, startFeed, tally, type Arrival } from './feed.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

/** One run of the feed after another; what the client sees of it becomes rows. */
export function useFeed({ address, values, now, saw }: Bench) {
  const running = useRef<AbortController>();
  const [isRunning, setRunning] = useState(false);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    if (address === undefined) return;
    const { signal } = (running.current = new AbortController());
    const { path, order, timeoutMs, resume, dropKnown } = values;
    const came: Arrival[] = [];
    setRunning(true);
    try {
      // Not before somebody starts: most of a page's readers only read it. All of it: files that came
      // beside the feed would take its connections.
      const [{ climb }] = await Promise.all([import('./client.ts'), import('./Outcome.tsx')]);
      const startedAt = now();
      await startFeed(address, saw, signal);
      const survived = await climb(
        {
          address: feedAddress(address, path),
          order,
          timeoutMs,
          resume,
          dropKnown,
          signal,
          onUpdate: ({ number }, transport) => {
            if (came.length === 0) {
              const afterMs = Math.round(now() - startedAt);
              saw('first-update', { path, order, afterMs, transport, number });
            }
            came.push({ number, transport });
            saw('update', { number, transport });
          },
        },
        saw,
      );
      if (signal.aborted) saw('stopped');
      else saw('done', { path, order, transport: survived, ...tally(came, true) });
    } catch (error) {
      saw('error', { reason: (error as Error).message });
    }
    setRunning(false);
  };
  return { isRunning, start: () => void start(), stop: () => running.current?.abort() };
}
