import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import type demo from './demo.ts';
import { behind, type LibraryId } from './paths.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

/** Connects by the chosen library, on one path after another. */
export function useLibraries({ address, values, saw }: Bench) {
  const running = useRef<AbortController>();
  /** The path that it is connecting on. */
  const [current, setCurrent] = useState<string>();
  useEffect(() => () => running.current?.abort(), [address]);

  const connect = async (paths: readonly string[]) => {
    if (address === undefined) return;
    running.current?.abort();
    const { signal } = (running.current = new AbortController());
    const library = values.library as LibraryId;
    try {
      // Not before somebody connects: most of a page's readers only read it.
      const { ways } = await import('./client.ts');
      for (const path of paths) {
        signal.throwIfAborted();
        setCurrent(path);
        saw('try', { library, path });
        const outcome = await ways[library]({ address: behind(address, path), saw, signal });
        signal.throwIfAborted();
        saw('outcome', { library, path, ...outcome });
      }
    } catch (error) {
      if (!signal.aborted) saw('error', { reason: (error as Error).message });
    }
    // What was stopped earlier may end after another has begun.
    if (running.current.signal === signal) setCurrent(undefined);
  };
  return {
    current,
    connect: (paths: readonly string[]) => void connect(paths),
    stop: () => {
      running.current?.abort();
      setCurrent(undefined);
    },
  };
}
