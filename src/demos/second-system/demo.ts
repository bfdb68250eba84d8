import type { Where } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';
import { CAPACITY, ROOM } from './tiers.ts';

/** A run of the MODEL in which neither tier is full, in any second. */
const bothHold: Where = {
  kind: 'app',
  'data.name': 'load',
  'data.sockets': { atMost: ROOM - 1 },
  'data.peak': { atMost: CAPACITY - 1 },
};

export default defineDemo({
  id: 'second-system',
  title: 'A second system',
  summary:
    'A MODEL of 10,000 clients on the day half of the WebSocket servers are lost: what has to fit where.',
  lifelines: { server: 'fallback tier' },
  parameters: {
    share: {
      type: 'number',
      label: 'On the fallback',
      unit: '% of those served',
      default: 5,
      min: 5,
      max: 70,
      step: 1,
    },
    shed: {
      type: 'number',
      label: 'Turned away',
      unit: '% of all',
      default: 0,
      min: 0,
      max: 60,
      step: 1,
    },
    wait: {
      type: 'number',
      label: 'Retry-After',
      unit: 'seconds',
      default: 5,
      min: 1,
      max: 120,
      step: 1,
    },
    spread: {
      type: 'flag',
      label: 'Tell each another number, up to twice as long',
      default: false,
    },
  },
  challenges: [
    {
      id: 'both-stand',
      title: 'Both tiers stand',
      goals: [
        {
          id: 'told',
          words: 'somebody is turned away, and told when to come back',
          all: [
            {
              exists: {
                where: {
                  kind: 'http.res.head',
                  hop: 0,
                  'data.statusCode': 503,
                  'data.fields.retry-after': { present: true },
                },
              },
            },
          ],
        },
        {
          id: 'both-hold',
          words: 'both tiers stay below 100 %, in every second',
          all: [{ exists: { where: bothHold } }],
        },
        {
          id: 'most-served',
          words: 'and 7,000 clients or more are served meanwhile',
          all: [{ exists: { where: { ...bothHold, 'data.served': { atLeast: 7000 } } } }],
        },
      ],
      hints: [
        'Both rooms together are smaller than the crowd. Somebody has to wait outside.',
        'Who waits outside knocks. How often, and all at once?',
        'Turn away 28 %, 20 % on the fallback, Retry-After 60 seconds, another number for each.',
      ],
    },
  ],
});
