import type { Condition, Goal } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

const ofThisBatch = { 'data.batch': { sameAs: 'report.data.batch' } } as const;
const applied = { kind: 'server', 'data.name': 'applied', ...ofThisBatch } as const;

/** The server's program made ten coffees, one for each table. */
const exactlyOnce: readonly Condition[] = [
  { distinct: { path: 'data.table', where: applied, atLeast: 10 } },
  { count: { where: applied, atMost: 10 } },
];

const ofFirst = { 'data.batch': { sameAs: 'first.data.batch' } } as const;
const MAX_ROUND_TRIPS = 3;

/** Ten coffees of one batch, in the order of their tables. */
const inOrder: Condition = {
  sequence: Array.from({ length: 10 }, (_, index) => ({
    as: index === 0 ? 'first' : `table-${index + 1}`,
    where: {
      kind: 'server',
      'data.name': 'applied',
      'data.table': index + 1,
      ...(index > 0 && ofFirst),
    },
  })),
};

const allAcknowledged = (id: string, path: string, words: string): Goal => ({
  id,
  words,
  all: [
    {
      exists: {
        as: 'report',
        where: {
          kind: 'app',
          'data.name': 'done',
          'data.path': path,
          'data.orders': 10,
          'data.answered': 10,
        },
      },
    },
    {
      exists: {
        as: 'begun',
        where: { kind: 'app', 'data.name': 'batch', ...ofThisBatch },
      },
    },
    // A path on which nothing got lost by luck, or for want of requests, shows nothing.
    { exists: { as: 'hole', where: { kind: 'box', 'data.name': { includes: 'swallowed' } } } },
    { before: ['begun', 'hole'] },
    { before: ['hole', 'report'] },
    ...exactlyOnce,
  ],
});

const silence: Condition = {
  exists: {
    as: 'report',
    where: {
      kind: 'app',
      'data.name': 'no-news',
      'data.sent': { atLeast: 5 },
      'data.readyState': 'OPEN',
      'data.bufferedAmount': 0,
      'data.answered': 0,
    },
  },
};

export default defineDemo({
  id: 'acknowledge',
  title: 'Did it happen?',
  summary:
    'A café takes numbered orders over a WebSocket or by POST, past a box that may swallow them or their answers.',
  lifelines: { server: 'server program' },
  parameters: {
    by: {
      type: 'choice',
      label: 'Send by',
      default: 'websocket',
      choices: [
        { value: 'websocket', label: 'WebSocket' },
        { value: 'post', label: 'POST, all at once' },
        { value: 'post-in-turn', label: 'POST, one after the other' },
        { value: 'post-in-one', label: 'POST, all in one' },
        { value: 'post-202', label: 'POST, answered with 202' },
      ],
    },
    path: {
      type: 'choice',
      label: 'Path',
      default: 'none',
      choices: [
        { value: 'none', label: 'no box' },
        { value: 'accept-then-drop', label: 'accept-then-drop: 101, then nothing' },
        { value: 'black-hole', label: 'black-hole: swallows every order' },
        {
          value: 'lost-orders',
          label: 'lost-orders: each 5th order; on a socket, all from the 5th on',
        },
        {
          value: 'lost-answers',
          label: 'lost-answers: each 5th answer; on a socket, all from the 5th on',
        },
      ],
    },
    orders: { type: 'number', label: 'Orders', default: 5, min: 1, max: 10, step: 1 },
    ids: { type: 'flag', label: 'Ids: a name for every order', default: false },
    acks: {
      type: 'flag',
      label: 'Acknowledgements: the server names the id it has done',
      default: false,
    },
    timeout: { type: 'flag', label: 'Time-out: a second without an answer', default: false },
    retry: { type: 'flag', label: 'Retry: send anew what has no answer', default: false },
    deduplicate: {
      type: 'flag',
      label: 'De-duplication: the server does an id once',
      default: false,
    },
    oneAtATime: {
      type: 'flag',
      label: 'One at a time: a socket’s next order waits for the last',
      default: true,
    },
    stuck: { type: 'flag', label: 'Stuck: it takes orders and makes none', default: false },
    seed: {
      type: 'number',
      label: 'Seed of the delays',
      default: 1,
      min: 1,
      max: 1000,
      step: 1,
      help: 'Each coffee takes 10 to 100 ms. The same seed gives the same delays.',
    },
  },
  challenges: [
    {
      id: 'no-news',
      title: 'No news',
      goals: [
        {
          id: 'nothing-wrong',
          words: 'five orders sent with no error: the socket is OPEN, bufferedAmount is 0',
          all: [silence],
        },
        {
          id: 'swallowed',
          words: 'the box has swallowed them',
          all: [
            silence,
            { exists: { as: 'hole', where: { kind: 'box', 'data.name': 'octets-swallowed' } } },
            { before: ['hole', 'report'] },
          ],
        },
        {
          id: 'none-applied',
          words: 'and the server’s program has made none of them',
          all: [
            silence,
            { none: { where: { kind: 'server', 'data.name': 'arrived', ...ofThisBatch } } },
          ],
        },
      ],
      hints: [
        'A WebSocket has no answer of its own. What would the script see if nothing arrived?',
        'Put a box on the path that keeps the connection and swallows what crosses it.',
        'Send by WebSocket, Path black-hole, Orders 5, then Send and wait.',
      ],
    },
    {
      id: 'exactly-once',
      title: 'Exactly once',
      goals: [
        allAcknowledged(
          'orders-lost',
          'lost-orders',
          'ten orders where orders get lost: ten answers, one coffee per table',
        ),
        allAcknowledged(
          'answers-lost',
          'lost-answers',
          'ten orders where answers get lost: ten answers, one coffee per table',
        ),
      ],
      hints: [
        'Something has to send again what got no answer. How does it notice?',
        'If the answer was lost, the coffee is made already. Who can tell the second order from a new one?',
        'Orders 10, and all five pieces on: ids, acknowledgements, time-out, retry, de-duplication. Both paths.',
      ],
    },
    {
      id: 'in-order-and-fast',
      title: 'In order and fast',
      goals: [
        {
          id: 'in-order',
          words: 'ten coffees, made in the order of their tables',
          all: [inOrder],
        },
        {
          id: 'fast',
          words: `and those within ${MAX_ROUND_TRIPS} round trips, the handshake counted`,
          all: [
            inOrder,
            {
              none: {
                where: {
                  kind: 'server',
                  'data.name': 'arrived',
                  'data.roundTrip': { atLeast: MAX_ROUND_TRIPS + 1 },
                  ...ofFirst,
                },
              },
            },
          ],
        },
      ],
      hints: [
        'Who waits for an answer before the next order spends a round trip on each.',
        'Two ways keep ten in order without that: one connection whose server does one at a time, or one request that holds all ten.',
        'Path none, Orders 10, and Send by WebSocket with One at a time on, or by POST, all in one.',
      ],
    },
  ],
});
