import { useEffect, useRef } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import type { Saw } from '#demo/workbench.ts';
import { batchAddress, beginBatch } from './batch.ts';
import { byPostAtOnce, byPostInOne, byPostInTurn, overWebSocket, type Sending } from './client.ts';
import type demo from './demo.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

const TIMEOUT_MS = 1000;
const ATTEMPTS = 5;
/** So long nothing has to come until it is called no news; longer than the client's time-out. */
const NO_NEWS_MS = 1500;
const states = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

/** Sends one batch after another; all that the script learns of them becomes rows. */
export function useBatch({ address, values, saw: report }: Bench): () => void {
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), []);

  const send = async (address: string) => {
    running.current?.abort();
    const controller = new AbortController();
    const { signal } = controller;
    running.current = controller;
    const { by, path, orders: count, ids, acks, timeout, retry } = values;
    const { seed, deduplicate, oneAtATime, stuck } = values;
    const tables = Array.from({ length: count }, (_, index) => index + 1);
    const sent = new Set<unknown>();
    let answered = 0;
    let batch = 0;
    let socket: WebSocket | undefined;
    let quiet: ReturnType<typeof setTimeout> | undefined;

    const state = () =>
      socket && {
        readyState: states[socket.readyState] ?? '',
        bufferedAmount: socket.bufferedAmount,
      };
    const conclude = (name: string) => {
      clearTimeout(quiet);
      if (signal.aborted) return;
      report(name, { batch, by, path, orders: count, sent: sent.size, answered, ...state() });
    };
    // The API has no event for silence: this looks by itself, once.
    const noNews = () => {
      conclude('no-news');
      // Requests without an answer would keep the browser's six connections to this host.
      if (socket === undefined) controller.abort();
    };
    const saw: Saw = (name, data = {}) => {
      if (signal.aborted) return;
      if (name === 'send') sent.add(data['table']);
      if (name === 'acknowledged' || name === 'answer') answered += 1;
      report(name, { ...data, ...(name === 'send' && state()) });
      clearTimeout(quiet);
      quiet = setTimeout(noNews, NO_NEWS_MS);
    };

    try {
      const settings = { seed, acknowledge: acks && ids, deduplicate, oneAtATime, stuck };
      batch = await beginBatch(address, settings, signal);
      saw('batch', { batch, orders: count });
      const sending: Sending = {
        address: batchAddress(address, path, batch),
        orders: tables.map((table) => (ids ? { id: `${batch}-${table}`, table } : { table })),
        timeoutMs: timeout ? TIMEOUT_MS : undefined,
        attempts: retry ? ATTEMPTS : 1,
        signal,
        onSocket: (opened) => {
          socket = opened;
        },
      };
      await ways[by]?.(sending, saw);
      conclude('done');
    } catch (error) {
      saw('error', { reason: (error as Error).message });
      clearTimeout(quiet);
    }
  };
  return () => {
    if (address !== undefined) void send(address);
  };
}

const ways: Readonly<Record<string, (sending: Sending, saw: Saw) => Promise<void>>> = {
  websocket: overWebSocket,
  post: (sending, saw) => byPostAtOnce(sending, 'orders', saw),
  'post-202': (sending, saw) => byPostAtOnce(sending, 'jobs', saw),
  'post-in-turn': byPostInTurn,
  'post-in-one': byPostInOne,
};
