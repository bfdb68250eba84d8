import { defineDemo } from '#demo/definition.ts';
import { Lanes } from './lanes.ts';

export default defineDemo({
  id: 'race',
  title: 'Race',
  summary:
    'One feed of events reaches your page in six ways at once, over a path as long as you set it.',
  isTimed: true,
  lifelines: { server: 'server program' },
  parameters: {
    delayMs: {
      type: 'number',
      label: 'Delay one way',
      unit: 'ms',
      default: 50,
      min: 0,
      max: 500,
      step: 1,
    },
    everyMs: {
      type: 'number',
      label: 'One event every',
      unit: 'ms',
      default: 250,
      min: 50,
      max: 2000,
      step: 1,
    },
    rhythm: {
      type: 'choice',
      label: 'Events come',
      default: 'even',
      choices: [
        { value: 'even', label: 'evenly' },
        { value: 'random', label: 'at random' },
      ],
    },
    pollMs: {
      type: 'number',
      label: 'Short polling asks every',
      unit: 'ms',
      default: 1000,
      min: 200,
      max: 5000,
      step: 1,
    },
    events: {
      type: 'number',
      label: 'Events',
      default: 40,
      min: 5,
      max: 100,
      step: 1,
    },
    lanes: {
      type: 'choice',
      label: 'Who runs',
      default: 'all',
      choices: [
        { value: 'all', label: 'all at once' },
        ...Lanes.map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
    seed: {
      type: 'number',
      label: 'Seed',
      default: 1,
      min: 1,
      max: 9999,
      step: 1,
      help: 'The same seed has the same random moments.',
    },
  },
  challenges: [
    {
      id: 'long-polling-loses',
      title: 'Make long polling lose',
      goals: [
        {
          id: 'much-later',
          words: 'race with 30 events or more in which long polling’s mean is 1.8 times SSE’s',
          all: [
            {
              exists: {
                as: 'feed',
                where: {
                  kind: 'server',
                  'data.name': 'feed-over',
                  'data.events': { atLeast: 30 },
                },
              },
            },
            {
              exists: {
                where: {
                  kind: 'app',
                  'data.name': 'finish',
                  'data.feed': { sameAs: 'feed.data.feed' },
                  'data.longByEvents': { atLeast: 1.8 },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'While its next question is on the way, the server may not speak to it. How long is that?',
        'Long polling loses when events fall into that time. Make it longer, or the events more.',
        'Set the delay to 200 ms and leave an event every 250 ms.',
      ],
    },
  ],
});
