import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import { billsOf, eachWay, type Bill } from './bill.ts';
import type demo from './demo.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

/** What the server sends of one batch at most, in octets. */
const MAX_OCTETS = 524_288;

/** Sends batches, and says what each has cost once all of it is on the timeline. */
export function usePrice({ address, values, rows, saw, isReplay }: Bench) {
  const running = useRef<AbortController>();
  const batches = useRef(0);
  const billed = useRef(0);
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const bills = billsOf(rows);

  useEffect(() => () => running.current?.abort(), [address]);
  useEffect(() => {
    billed.current = 0;
  }, [address]);
  useEffect(() => {
    if (isReplay) return;
    for (const bill of bills.slice(billed.current)) saw('bill', told(bill));
    billed.current = bills.length;
  }, [bills.length, isReplay]);

  const start = async () => {
    if (address === undefined) return;
    const { way, size, messages } = values;
    if (size * messages > MAX_OCTETS) {
      setProblem('That is more than 512 KiB on one transport: send fewer or shorter messages.');
      return;
    }
    const { signal } = (running.current = new AbortController());
    setProblem(undefined);
    setRunning(true);
    try {
      const { send } = await import('./client.ts');
      for (const one of way === 'each' ? eachWay : [way]) {
        batches.current += 1;
        await send(one, { address, batch: batches.current, messages, size, signal }, saw);
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
  return { bills, isRunning, problem, start: () => void start() };
}

const told = ({ way, batch, messages, size, setUp, overhead }: Bill) => ({
  way,
  transport: ['down', 'up'].includes(way)
    ? 'websocket'
    : way.startsWith('events')
      ? 'event-stream'
      : 'http',
  batch,
  messages,
  size,
  setUp,
  overhead: Math.ceil(overhead * 100) / 100,
});
