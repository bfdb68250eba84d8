import type { Workbench } from '#demo/workbench.ts';
import {
  eventStream,
  fetchStream,
  longPoll,
  shortPoll,
  webSocket,
  type Course,
  type FeedEvent,
} from './client.ts';
import type demo from './demo.ts';
import { beginFeed, makeFeed } from './feed.ts';
import { Lanes, type Conditions, type LaneId } from './lanes.ts';

type Bench = Pick<Workbench<(typeof demo)['parameters']>, 'values' | 'saw' | 'now'>;

const clients: Readonly<Record<LaneId, (course: Course, conditions: Conditions) => Promise<void>>> =
  {
    poll: (course, { pollMs }) => shortPoll(course, pollMs),
    long: longPoll,
    events: eventStream,
    stream: fetchStream,
    ws: (course) => webSocket(course, 'ws'),
    deflate: (course) => webSocket(course, 'deflate'),
  };

/** All lanes are opened, then the feed is begun; each has run when the last event has come by it. */
export async function race(
  address: string,
  { delayMs, everyMs, rhythm, pollMs, events: count, lanes, seed }: Bench['values'],
  signal: AbortSignal,
  { saw, now }: Pick<Bench, 'saw' | 'now'>,
): Promise<void> {
  const feed = await makeFeed(address, { seed, rhythm, everyMs, events: count });
  signal.throwIfAborted();
  const conditions = { delayMs, everyMs, rhythm, pollMs };
  saw('start', { feed, count, lanes, ...conditions });
  const hidden = watchHidden(signal);
  const begun = Promise.withResolvers<void>();
  const sums = new Map<string, number>();
  const opened: Promise<void>[] = [];
  const runs = Lanes.filter(({ id }) => lanes === 'all' || lanes === id).map(({ id }) => {
    const open = Promise.withResolvers<void>();
    opened.push(open.promise);
    const onEvents = (events: readonly FeedEvent[]) => {
      // Both on the run's clock: the server's when it published, the page's mapped to it.
      const arrivedAt = now();
      for (const { number, at } of events) {
        const lateMs = Math.round((arrivedAt - at) * 10) / 10;
        sums.set(id, (sums.get(id) ?? 0) + lateMs);
        saw('arrival', { feed, lane: id, number, lateMs });
      }
    };
    const course = { address, feed, count, signal, onEvents, begun: begun.promise };
    return clients[id]({ ...course, onOpen: open.resolve }, conditions);
  });
  const finished = Promise.all(runs);
  await Promise.race([Promise.all(opened), finished]);
  begun.resolve();
  // A stop goes by another path and may be there first: then there is nothing left to begin.
  await beginFeed(address, feed, signal);
  await finished;
  const [long, events] = [sums.get('long'), sums.get('events')];
  saw('finish', {
    feed,
    hidden: hidden(),
    ...(long !== undefined && events !== undefined && { longByEvents: round2(long / events) }),
  });
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

/** Browsers slow the timers of pages that nobody looks at. */
function watchHidden(signal: AbortSignal): () => boolean {
  let wasHidden = document.visibilityState === 'hidden';
  document.addEventListener('visibilitychange', () => (wasHidden = true), { signal });
  return () => wasHidden;
}
