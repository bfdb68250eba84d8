import { useEffect, useRef, useState } from 'preact/hooks';
import type { PanelProps } from '#controls/panel-props.ts';
import type { Saw } from '#demo/workbench.ts';
import { byEventSource, byFetch, openTabs, type Follow } from './client.ts';
import type demo from './demo.ts';

type Bench = PanelProps<(typeof demo)['parameters']>['bench'];

/** Follows the stream, breaks it, and opens the seven; what the script sees becomes rows. */
export function useStream({ address, values, saw: report }: Bench) {
  const running = useRef<AbortController>();
  const tabs = useRef<readonly EventSource[]>([]);
  const [isFollowing, setFollowing] = useState(false);

  const closeTabs = () => {
    tabs.current.forEach((source, index) => {
      if (source.readyState === EventSource.CLOSED) return;
      source.close();
      report('tab', { tab: index + 1, state: 'closed' });
    });
  };
  const stop = () => {
    if (running.current?.signal.aborted === false) report('stopped');
    running.current?.abort();
    setFollowing(false);
  };
  useEffect(
    () => () => {
      running.current?.abort();
      for (const source of tabs.current) source.close();
    },
    [],
  );

  const follow = () => {
    if (address === undefined) return;
    running.current?.abort();
    closeTabs();
    const { signal } = (running.current = new AbortController());
    const { by, carryId, retryMs } = values;
    let last: number | undefined;
    let missing = 0;
    let wasAway = false;
    const saw: Saw = (name, data) => {
      if (signal.aborted) return;
      if (name === 'error' || name === 'refused') wasAway = true;
      report(name, data);
    };
    const following: Follow = {
      url: new URL(`ticks?retry=${retryMs}`, address).href,
      retryMs,
      lastId: () => (carryId && last !== undefined ? String(last) : undefined),
      signal,
      saw,
      onEvent: ({ id }) => {
        const number = Number(id);
        missing += last === undefined ? 0 : Math.max(0, number - last - 1);
        last = number;
        if (wasAway) saw('back', { number, missing });
        wasAway = false;
        saw('update', { number, missing });
      },
    };
    setFollowing(true);
    report('follow', { by, retryMs, carryId, ...(by !== 'fetch' && { readyState: 'CONNECTING' }) });
    if (by === 'fetch') void byFetch(following);
    else byEventSource(following, by === 'made-anew');
  };

  const end = (how: 'nothing' | 503 | 204) => {
    if (address === undefined) return;
    fetch(new URL('end', address), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ with: how }),
    }).catch((error: unknown) => report('error', { reason: (error as Error).message }));
  };

  const openSeven = () => {
    if (address === undefined) return;
    stop();
    closeTabs();
    tabs.current = openTabs(address, 7, report);
  };
  const closeFirst = () => {
    tabs.current[0]?.close();
    report('tab', { tab: 1, state: 'closed' });
  };
  return { isFollowing, follow, stop, end, openSeven, closeFirst };
}
