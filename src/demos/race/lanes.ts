import { eventStream, fetchStream, longPoll, shortPoll, webSocket, type Course } from './client.ts';
import {
  longPollEvenMeanMs,
  longPollMeanMs,
  pushMeanMs,
  shortPollMeanMs,
} from './latency-model.ts';

/** What a race is run with. */
export type Conditions = {
  readonly delayMs: number;
  readonly everyMs: number;
  readonly rhythm: string;
  readonly pollMs: number;
};

export type Lane = {
  /** The last segment of its address. */
  readonly id: string;
  readonly name: string;
  readonly run: (course: Course, conditions: Conditions) => Promise<void>;
  /** Mean latency by formula, in milliseconds. */
  readonly predict: (conditions: Conditions) => number;
};

const push = ({ delayMs }: Conditions) => pushMeanMs(delayMs);

/** The ways of handing out one feed, in the order of their age. */
export const Lanes: readonly Lane[] = [
  {
    id: 'poll',
    name: 'Short polling',
    run: (course, { pollMs }) => shortPoll(course, pollMs),
    predict: ({ pollMs, delayMs }) => shortPollMeanMs(pollMs, delayMs),
  },
  {
    id: 'long',
    name: 'Long polling',
    run: longPoll,
    predict: ({ rhythm, everyMs, delayMs }) =>
      (rhythm === 'even' ? longPollEvenMeanMs : longPollMeanMs)(everyMs, delayMs),
  },
  { id: 'events', name: 'SSE', run: eventStream, predict: push },
  { id: 'stream', name: 'Fetch stream', run: fetchStream, predict: push },
  { id: 'ws', name: 'WebSocket', run: (course) => webSocket(course, 'ws'), predict: push },
  {
    id: 'deflate',
    name: 'WebSocket, deflated',
    run: (course) => webSocket(course, 'deflate'),
    predict: push,
  },
];
