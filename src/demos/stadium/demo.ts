import type { Condition } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

/** The same number in a field of an answer: the same score, or the same event. */
const same = (field: string) => ({
  [`data.fields.${field}`]: { sameAs: `one.data.fields.${field}` },
});
const fromOrigin = { kind: 'http.res.head', sender: 'SERVER' } as const;
const toReader = { kind: 'http.res.head', hop: 0 } as const;

const served = (field: string, readers: number): readonly Condition[] => [
  { exists: { as: 'one', where: { ...toReader, [`data.fields.${field}`]: { present: true } } } },
  { count: { where: { ...toReader, ...same(field) }, atLeast: readers } },
];
const cheaply = (field: string, readers: number, responses: number): readonly Condition[] => [
  ...served(field, readers),
  { count: { where: { ...fromOrigin, ...same(field) }, atLeast: 1, atMost: responses } },
];

export default defineDemo({
  id: 'stadium',
  title: 'Stadium',
  summary:
    'A score changes every five seconds. A crowd of robots learns of it in one of five ways, and you see who pays.',
  lifelines: { server: 'origin' },
  parameters: {
    way: {
      type: 'choice',
      label: 'How they learn of it',
      default: 'direct',
      choices: [
        { value: 'direct', label: 'polling, straight to the origin' },
        { value: 'shared-cache', label: 'polling through a shared cache' },
        { value: 'long-poll', label: 'long poll through a shared cache' },
        { value: 'events', label: 'SSE' },
        { value: 'websocket', label: 'WebSocket' },
      ],
    },
    readers: {
      type: 'number',
      label: 'Readers',
      default: 20,
      min: 1,
      max: 10_000,
      step: 1,
      help: 'Up to 200 are robots, on real connections; of WebSockets your browser opens up to 20. For more, a MODEL.',
    },
    lifetime: {
      type: 'number',
      label: 's-maxage of the score',
      unit: 'seconds',
      default: 2,
      min: 1,
      max: 60,
      step: 1,
    },
    every: {
      type: 'number',
      label: 'Each polls every',
      unit: 'seconds',
      default: 2,
      min: 1,
      max: 60,
      step: 1,
    },
    nodes: {
      type: 'number',
      label: 'Cache nodes',
      default: 1,
      min: 1,
      max: 100,
      step: 1,
    },
  },
  challenges: [
    {
      id: 'price-of-one',
      title: 'Ten thousand for the price of one',
      goals: [
        {
          id: 'crowd',
          words: '50 readers or more are told the same score',
          all: served('x-demo-score', 50),
        },
        {
          id: 'two-responses',
          words: 'and it left the origin at most twice',
          all: cheaply('x-demo-score', 50, 2),
        },
      ],
      hints: [
        'Somebody else than the origin has to answer most of them.',
        'A cache that has no answer yet can let the others wait for the first one’s.',
        'Polling through a shared cache, 60 readers, “Let them read”.',
      ],
    },
    {
      id: 'one-wakes-all',
      title: 'One event wakes them all',
      goals: [
        {
          id: 'told',
          words: '20 readers or more are told the same event',
          all: served('x-demo-event', 20),
        },
        {
          id: 'one-response',
          words: 'and one response of the origin told them all',
          all: cheaply('x-demo-event', 20, 1),
        },
      ],
      hints: [
        'They wait for what comes next, and all ask for it by the same address.',
        'The address names the last event that they have: log?offset=41.',
        'Long poll through a shared cache, 20 readers, “Let them read”, and wait for the score to change.',
      ],
    },
  ],
});
