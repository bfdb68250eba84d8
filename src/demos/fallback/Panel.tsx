import { useEffect, useRef, useState } from 'preact/hooks';
import { Figures } from '#controls/Figures.tsx';
import { formatMs } from '#controls/number-format.ts';
import type { PanelProps } from '#controls/panel-props.ts';
import type { Saw } from '#demo/workbench.ts';
import { climb } from './client.ts';
import type demo from './demo.ts';
import { recordedFeed, sentence, type Entry } from './feed-log.ts';
import { FEED_LENGTH, feedAddress, startFeed, tally, type Arrival } from './feed.ts';

type Props = PanelProps<(typeof demo)['parameters']>;

/** What a user sees: sixteen numbered updates that should all be there. */
export default function Panel({ bench, control }: Props) {
  const feed = { ...useFeed(bench), ...(bench.isReplay && recordedFeed(bench.rows)) };
  const counts = tally(feed.arrivals, feed.isOver);
  return (
    <>
      {control('path')}
      <div class="panel-pair">{control('timeoutMs')}</div>
      {control('resume')}
      <div class="panel-actions">
        <button
          type="button"
          class="go"
          disabled={bench.address === undefined || feed.isRunning}
          onClick={feed.start}
        >
          Start
        </button>
        <button type="button" disabled={!feed.isRunning} onClick={feed.stop}>
          Stop
        </button>
      </div>
      <Updates arrivals={feed.arrivals} isOver={feed.isOver} />
      <p class="panel-verdict" role="status">
        {verdict(feed, counts)}
      </p>
      {feed.log.length > 0 && (
        <ol class="panel-log" aria-label="What the client tried">
          {feed.log.map(({ at, text }, index) => (
            <li key={index}>
              <span>{formatMs(at)}</span> {text}
            </li>
          ))}
        </ol>
      )}
      <Figures
        figures={[
          { value: `${counts.received} of ${FEED_LENGTH}`, label: 'updates received' },
          {
            value: feed.isOver ? `${counts.lost}, ${counts.doubled}` : '–',
            label: 'lost, doubled',
          },
          {
            value: feed.firstAfterMs === undefined ? '–' : formatMs(feed.firstAfterMs),
            label: 'until the first',
          },
        ]}
      />
    </>
  );
}

function verdict(feed: ReturnType<typeof useFeed>, counts: ReturnType<typeof tally>): string {
  if (feed.isOver && feed.survivor !== undefined) {
    const all = counts.lost === 0 ? `All ${FEED_LENGTH} updates` : `${counts.received} updates`;
    return `${all} received; ${feed.survivor} survived on this path.`;
  }
  if (feed.isOver) return 'No transport survived.';
  return feed.isRunning ? 'Following the feed …' : 'Press Start: the server begins to publish.';
}

const letter: Readonly<Record<string, string>> = {
  WebSocket: 'W',
  'event stream': 'S',
  'long polling': 'P',
};

function Updates({
  arrivals,
  isOver,
}: {
  readonly arrivals: readonly Arrival[];
  readonly isOver: boolean;
}) {
  const cells = Array.from({ length: FEED_LENGTH }, (_, index) => {
    const came = arrivals.filter((arrival) => arrival.number === index + 1);
    const first = came[0]?.transport;
    const name = `Update ${index + 1}: ${
      first === undefined
        ? isOver
          ? 'lost'
          : 'not yet'
        : came.length > 1
          ? `doubled, ${first}`
          : first
    }`;
    const kind = first === undefined ? (isOver ? 'is-lost' : '') : `is-${letter[first] ?? ''}`;
    return (
      <li key={index} class={`${kind} ${came.length > 1 ? 'is-doubled' : ''}`} aria-label={name}>
        <b>{index + 1}</b>
        <i>
          {first === undefined
            ? isOver
              ? '✕'
              : '·'
            : `${letter[first] ?? ''}${came.length > 1 ? '×2' : ''}`}
        </i>
      </li>
    );
  });
  return (
    <>
      <ol class="updates" aria-label="The sixteen updates">
        {cells}
      </ol>
      <p class="panel-hint">W WebSocket · S event stream · P long polling · ✕ lost · ×2 doubled</p>
    </>
  );
}

/** One run of the feed after another, and what arrived in the last one. */
function useFeed({ address, values, now, saw: report }: Props['bench']) {
  const running = useRef<AbortController>();
  const [arrivals, setArrivals] = useState<readonly Arrival[]>([]);
  const [log, setLog] = useState<readonly Entry[]>([]);
  const [isRunning, setRunning] = useState(false);
  const [survivor, setSurvivor] = useState<string>();
  const [isOver, setOver] = useState(false);
  const [firstAfterMs, setFirst] = useState<number>();

  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    if (address === undefined) return;
    const controller = new AbortController();
    const startedAt = now();
    const { path, timeoutMs, resume } = values;
    const came: Arrival[] = [];
    let transport = '';
    running.current = controller;
    setArrivals([]);
    setLog([]);
    setOver(false);
    setSurvivor(undefined);
    setFirst(undefined);
    setRunning(true);

    const saw: Saw = (name, data) => {
      if (name === 'try') transport = String(data?.['transport']);
      const text = sentence(name, data);
      if (text !== undefined) setLog((before) => [...before, { at: now() - startedAt, text }]);
      report(name, data);
    };
    try {
      await startFeed(address, saw, controller.signal);
      const survived = await climb(
        {
          address: feedAddress(address, path),
          timeoutMs,
          after: () => (resume ? Math.max(0, ...came.map(({ number }) => number)) : undefined),
          signal: controller.signal,
          onUpdate: ({ number }) => {
            if (came.length === 0) {
              const afterMs = Math.round(now() - startedAt);
              setFirst(afterMs);
              saw('first-update', { path, afterMs, transport, number });
            }
            came.push({ number, transport });
            setArrivals([...came]);
            saw('update', { number, transport });
          },
        },
        saw,
      );
      if (!controller.signal.aborted) {
        setSurvivor(survived);
        setOver(true);
        saw('done', { path, transport: survived, ...tally(came, true) });
      }
    } catch (error) {
      saw('error', { reason: (error as Error).message });
    }
    setRunning(false);
  };
  return {
    arrivals,
    log,
    isRunning,
    isOver,
    survivor,
    firstAfterMs,
    start: () => void start(),
    stop: () => running.current?.abort(),
  };
}
