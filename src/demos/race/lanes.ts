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

/** The same, and what a race itself tells of the browser. */
type Known = Conditions & {
  /** From an answer to long polling to the next question, on average; 0 while there was none. */
  readonly turnaroundMs: number;
};

export type LaneId = 'poll' | 'long' | 'events' | 'stream' | 'ws' | 'deflate';

export type Lane = {
  /** The last segment of its address. */
  readonly id: LaneId;
  readonly name: string;
  /** Mean latency by formula, in milliseconds. */
  readonly predict: (known: Known) => number;
};

const push = ({ delayMs }: Conditions) => pushMeanMs(delayMs);

/** The ways of handing out one feed, in the order of their age. */
export const Lanes: readonly Lane[] = [
  {
    id: 'poll',
    name: 'Short polling',
    predict: ({ pollMs, delayMs }) => shortPollMeanMs(pollMs, delayMs),
  },
  {
    id: 'long',
    name: 'Long polling',
    predict: ({ rhythm, everyMs, delayMs, turnaroundMs }) =>
      (rhythm === 'even' ? longPollEvenMeanMs : longPollMeanMs)(everyMs, delayMs, turnaroundMs),
  },
  { id: 'events', name: 'SSE', predict: push },
  { id: 'stream', name: 'Fetch stream', predict: push },
  { id: 'ws', name: 'WebSocket', predict: push },
  {
    id: 'deflate',
    name: 'WebSocket, deflated',
    predict: push,
  },
];
