import type { Row } from '#capture/row.ts';
import { Figures } from '#controls/Figures.tsx';
import { formatCount, formatMs } from '#controls/number-format.ts';
import { feedSeen, type FeedSeen } from './feed-log.ts';
import { FEED_LENGTH, tally, type Arrival } from './feed.ts';

type Props = { readonly rows: readonly Row[]; readonly isRunning: boolean };

/** The updates that came, what the client tried for them, and what that took. */
export function Outcome({ rows, isRunning }: Props) {
  const feed = feedSeen(rows);
  const counts = tally(feed.arrivals, feed.isOver);
  return (
    <>
      <Updates arrivals={feed.arrivals} isOver={feed.isOver} />
      <p class="panel-verdict" role="status">
        {verdict(feed, counts, isRunning)}
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
          { value: `${feed.wasted} of ${feed.tries}`, label: 'attempts wasted' },
          { value: String(feed.cameAgain), label: 'came again, dropped' },
          { value: formatCount(feed.octets), label: 'bytes, both ways' },
        ]}
      />
    </>
  );
}

function verdict(feed: FeedSeen, counts: ReturnType<typeof tally>, isRunning: boolean): string {
  if (feed.isOver && feed.survivor !== undefined) {
    const all = counts.lost === 0 ? `All ${FEED_LENGTH} updates` : `${counts.received} updates`;
    return `${all} received; ${feed.survivor} survived on this path.`;
  }
  if (feed.isOver) return 'No transport survived.';
  return isRunning ? 'Following the feed …' : 'Press Start: the server begins to publish.';
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
