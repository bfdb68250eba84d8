import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import type { Transport } from './client.ts';
import type demo from './demo.ts';
import { addressBehind } from './paths.ts';

export type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

/** One thing at a time that can be stopped, and that stops when its panel goes. */
export function useTask({ address, saw }: Bench) {
  const running = useRef<AbortController>();
  const [isRunning, setRunning] = useState(false);
  useEffect(() => () => running.current?.abort(), [address]);

  const begin = async (work: (address: string, stop: AbortSignal) => Promise<void>) => {
    if (address === undefined) return;
    running.current?.abort();
    const controller = (running.current = new AbortController());
    setRunning(true);
    try {
      await work(address, controller.signal);
    } catch (error) {
      if (controller.signal.aborted) saw('stopped');
      else saw('error', { reason: (error as Error).message });
    }
    if (running.current === controller) setRunning(false);
  };
  return { isRunning, begin, stop: () => running.current?.abort() };
}

export const pathOf = ({ box, behind }: Bench['values']): string =>
  [box, behind].filter((name) => name !== 'none').join('+') || 'none';

/** Puts the chosen box on the path and follows the feed through it. */
export function useProbe(bench: Bench) {
  const { isRunning, begin, stop } = useTask(bench);
  const start = () => {
    const { values, saw } = bench;
    const path = pathOf(values);
    const transport = values.transport as Transport;
    void begin(async (direct, signal) => {
      // Not before somebody starts: most of a page's readers only read it. All of it: files that came
      // beside the probe would take its connections.
      const [{ beginFeed, probe }] = await Promise.all([
        import('./probe.ts'),
        import('./Outcome.tsx'),
      ]);
      saw('start', { path, transport });
      const feed = await beginFeed(direct, signal);
      const report = await probe({
        transport,
        feed,
        address: addressBehind(direct, path),
        saw,
        stop: signal,
        onUpdate: (number, afterMs) => saw('update', { path, transport, number, afterMs }),
      });
      // An update that was not waited for is not one that did not come.
      signal.throwIfAborted();
      saw('done', { path, transport, ...report });
    });
  };
  return { isRunning, start, stop };
}
