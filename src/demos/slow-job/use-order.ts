import { useEffect, useRef, useState } from 'preact/hooks';
import type { Saw, Workbench } from '#demo/workbench.ts';
import {
  byAsking,
  byPush,
  byWaiting,
  overEventStream,
  overWebSocket,
  type Cake,
  type Ordering,
} from './client.ts';
import type demo from './demo.ts';
import { bakeryAddress } from './orders.ts';

type Bench = Workbench<(typeof demo)['parameters']>;

/** Orders one cake after another; all that the script learns of them becomes rows. */
export function useOrder({ address, values, saw, now }: Bench) {
  const [isBusy, setBusy] = useState(false);
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), [address]);

  const order = async (bakery: string) => {
    const controller = (running.current = new AbortController());
    const { signal } = controller;
    const { by, box, bakesMs, everyMs } = values;
    const address = bakeryAddress(bakery, box);
    setBusy(true);
    saw('order', { by, box, bakesMs });
    try {
      const cake = await ways[by]?.({ address, bakesMs, everyMs, signal }, saw);
      if (cake?.at !== undefined) {
        const toldMs = Math.max(0, Math.round((now() - cake.at) * 10) / 10);
        saw('outcome', { cake: cake.cake, state: cake.state, by, toldMs });
      }
      saw('done', { by });
    } catch (error) {
      if (!signal.aborted) saw('error', { reason: (error as Error).message });
    }
    setBusy(false);
  };
  return {
    isBusy,
    order: () => {
      if (address !== undefined) void order(address);
    },
  };
}

const ways: Readonly<Record<string, (ordering: Ordering, saw: Saw) => Promise<Cake | undefined>>> =
  {
    waiting: byWaiting,
    asking: byAsking,
    events: (ordering, saw) => byPush(ordering, overEventStream, saw),
    websocket: (ordering, saw) => byPush(ordering, overWebSocket, saw),
  };
