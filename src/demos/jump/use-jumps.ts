import { useEffect, useRef, useState } from 'preact/hooks';
import type { Workbench } from '#demo/workbench.ts';
import { byPost, bySocket, keepBusy, openSocket, type Landing } from './client.ts';
import type demo from './demo.ts';

type Bench = Workbench<(typeof demo)['parameters']>;

/** From one jump to the next, in milliseconds. */
const EVERY_MS = 150;

/** Jumps, alone or five in a row, each by both transports at once. */
export function useJumps({ address, values, now, saw }: Bench) {
  const [isRunning, setRunning] = useState(false);
  const [problem, setProblem] = useState<string>();
  const socket = useRef<{ readonly at: string; readonly open: WebSocket }>();
  const last = useRef(0);
  useEffect(
    () => () => {
      socket.current?.open.close();
      last.current = 0;
    },
    [address],
  );

  const ready = async (place: string): Promise<WebSocket> => {
    const known = socket.current;
    if (known?.at === place && known.open.readyState === WebSocket.OPEN) return known.open;
    known?.open.close();
    const open = await openSocket(place);
    socket.current = { at: place, open };
    return open;
  };

  const series = async (address: string, jumps: number) => {
    const { delayMs, busy } = values;
    const place = farAddress(address, delayMs);
    const first = last.current + 1;
    last.current += jumps;
    setProblem(undefined);
    setRunning(true);
    try {
      const open = await ready(place);
      const busyEnded = busy ? await keepBusy(address, first) : undefined;
      saw('jumping', { first, jumps, delayMs, busy });
      const posts: Promise<Landing>[] = [];
      const messages: Promise<Landing>[] = [];
      for (let jump = first; jump < first + jumps; jump += 1) {
        if (jump > first) await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
        posts.push(heard(byPost(place, { jump, at: now() })));
        messages.push(heard(bySocket(open, { jump, at: now() })));
      }
      const times = meanOf(await Promise.all(posts)) / meanOf(await Promise.all(messages));
      await busyEnded?.();
      saw('series', { first, jumps, times: Math.round(times * 100) / 100 });
    } catch (error) {
      setProblem(`It failed: ${(error as Error).message}.`);
      saw('error', { first, reason: (error as Error).message });
    }
    setRunning(false);
  };
  return {
    isRunning,
    problem,
    jump: (jumps: number) => {
      if (address !== undefined) void series(address, jumps);
    },
  };
}

/** A promise that is waited for later, whose failure is then told. */
function heard<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

/** In milliseconds; less than the clocks can tell apart counts as that. */
function meanOf(landings: readonly Landing[]): number {
  return Math.max(0.1, landings.reduce((sum, { tookMs }) => sum + tookMs, 0) / landings.length);
}

/** The server side behind a long way; without one, no box is on it. */
export function farAddress(address: string, delayMs: number): string {
  return delayMs === 0 ? address : new URL(`via/slow;delayMs=${delayMs}/`, address).href;
}
