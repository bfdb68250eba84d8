import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import { receive } from './client.ts';
import type demo from './demo.ts';
import { ways, wireSizes, type WireSize } from './wire-sizes.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

/** Receives batches, and says what each came to once all of it is on the timeline. */
export function useBatches({ address, values, rows, saw, isReplay }: Bench) {
  const running = useRef<AbortController>();
  const batches = useRef(0);
  const told = useRef(0);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const sizes = wireSizes(rows);

  useEffect(() => () => running.current?.abort(), [address]);
  useEffect(() => {
    told.current = 0;
  }, [address]);
  useEffect(() => {
    if (isReplay) return;
    for (const size of sizes.slice(told.current)) saw('wire-size', summary(size));
    told.current = sizes.length;
  }, [sizes.length, isReplay]);

  const start = async () => {
    if (address === undefined) return;
    const { way, kind, messages } = values;
    const { signal } = (running.current = new AbortController());
    setProblem(undefined);
    setRunning(true);
    try {
      for (const one of way === 'each' ? ways : [way]) {
        batches.current += 1;
        await receive(one, { address, batch: batches.current, messages, kind, signal }, saw);
      }
    } catch (error) {
      // By a new run, which begins with nothing.
      if (!signal.aborted) {
        setProblem(`It failed: ${(error as Error).message}.`);
        saw('error', { reason: (error as Error).message });
      }
    }
    setRunning(false);
  };
  return { sizes, isRunning, problem, start: () => void start() };
}

const summary = ({ way, kind, batch, messages, payload, setUp, sent }: WireSize) => ({
  way,
  kind,
  batch,
  messages,
  payload,
  wire: setUp + sent,
  saved: payload - setUp - sent,
});
