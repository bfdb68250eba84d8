import { defineDemo } from '#demo/definition.ts';

const ofCake = { 'data.cake': { sameAs: 'outcome.data.cake' } } as const;
const outcome = { exists: { as: 'outcome', where: { kind: 'app', 'data.name': 'outcome' } } };

export default defineDemo({
  id: 'slow-job',
  title: '200, 202, and silence',
  summary:
    'A bakery: an order is answered when the cake is baked, or at once with 202 and its outcome told by another way.',
  lifelines: { server: 'server program' },
  parameters: {
    by: {
      type: 'choice',
      label: 'The outcome comes by',
      default: 'waiting',
      choices: [
        { value: 'waiting', label: 'the answer itself: 200' },
        { value: 'asking', label: '202, then asking again' },
        { value: 'events', label: '202, then an event stream' },
        { value: 'websocket', label: '202, then a WebSocket' },
      ],
    },
    box: {
      type: 'choice',
      label: 'On the path',
      default: 'none',
      choices: [
        { value: 'none', label: 'nothing' },
        { value: 'max-duration', label: 'a proxy that gives a request 2 s' },
      ],
    },
    bakesMs: {
      type: 'number',
      label: 'A cake bakes',
      default: 3000,
      min: 200,
      max: 5000,
      step: 100,
      unit: 'ms',
    },
    everyMs: {
      type: 'number',
      label: 'Ask again every',
      default: 500,
      min: 100,
      max: 2000,
      step: 100,
      unit: 'ms',
    },
  },
  challenges: [
    {
      id: 'told-not-asked',
      title: 'Told, not asked',
      goals: [
        {
          id: 'accepted',
          words: 'an order is answered with 202 before its cake is baked',
          all: [
            {
              sequence: [
                {
                  as: 'accepted',
                  where: { kind: 'server', 'data.name': 'answered', 'data.statusCode': 202 },
                },
                { where: { kind: 'http.res.head', 'data.statusCode': 202 } },
                {
                  where: {
                    kind: 'server',
                    'data.name': 'baked',
                    'data.cake': { sameAs: 'accepted.data.cake' },
                  },
                },
              ],
            },
          ],
        },
        {
          id: 'told',
          words: 'and your script learns that it is, with no request that asks',
          all: [
            outcome,
            {
              exists: {
                where: {
                  kind: 'server',
                  'data.name': 'answered',
                  'data.statusCode': 202,
                  ...ofCake,
                },
              },
            },
            { none: { where: { kind: 'server', 'data.name': 'asked', ...ofCake } } },
          ],
        },
      ],
      hints: [
        'A request has one final answer. If that is a 202, what can bring the rest?',
        'Something that was opened before, by which the server may speak when it has something to say.',
        'Choose 202 with an event stream, or with a WebSocket, and press Order a cake.',
      ],
    },
    {
      id: 'gone-and-baked',
      title: 'Gone, and baked',
      goals: [
        {
          id: 'no-answer',
          words: 'an order is answered with 504',
          all: [{ exists: { where: { kind: 'http.res.head', 'data.statusCode': 504 } } }],
        },
        {
          id: 'baked',
          words: 'and its cake is baked after that, all the same',
          all: [
            {
              sequence: [
                { as: 'begun', where: { kind: 'server', 'data.name': 'begun' } },
                { where: { kind: 'http.res.head', 'data.statusCode': 504 } },
                {
                  where: {
                    kind: 'server',
                    'data.name': 'baked',
                    'data.cake': { sameAs: 'begun.data.cake' },
                  },
                },
              ],
            },
          ],
        },
      ],
      hints: [
        '504 is a word of a proxy: it waited long enough. What did the server do meanwhile?',
        'Let your script wait for a cake that takes longer than the proxy does.',
        'The answer itself, a proxy that gives a request 2 s, and a cake that bakes 3000 ms.',
      ],
    },
  ],
});
