import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'mailbox',
  title: 'Mailbox',
  summary:
    'Letters drop into a mailbox on the server at random moments. Choose how your page gets to know.',
  lifelines: { server: 'server program' },
  parameters: {
    way: {
      type: 'choice',
      label: 'How to be told',
      default: 'every-3',
      choices: [
        { value: 'every-1', label: 'ask every 1 s' },
        { value: 'every-3', label: 'ask every 3 s' },
        { value: 'every-10', label: 'ask every 10 s' },
        { value: 'wait', label: 'ask and wait: long polling' },
        { value: 'events', label: 'listen: SSE' },
        { value: 'socket', label: 'listen: WebSocket' },
      ],
    },
    seed: {
      type: 'number',
      label: 'Seed',
      default: 12,
      min: 1,
      max: 9999,
      step: 1,
      help: 'Letters come at random, one in 3 s on average. The same seed has the same moments.',
    },
  },
  challenges: [
    {
      id: 'no-hollow-boxes',
      title: 'No hollow boxes',
      goals: [
        {
          id: 'ten-letters',
          words:
            'get 10 letters, not all in one heap, with no empty answer and a mean age under 300 ms',
          all: [
            {
              exists: {
                where: {
                  kind: 'app',
                  'data.name': 'tens',
                  'data.letters': { atLeast: 10 },
                  // Ten dropped at once, just before a question, would be luck.
                  'data.answers': { atLeast: 5 },
                  'data.empty': 0,
                  'data.meanAgeMs': { atMost: 299 },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'Ask more often, and more answers are empty. Ask less often, and the letters get old.',
        'An empty answer comes from a server that had to answer at once. Who says that it has to?',
        'Choose any way that waits or listens, and press Start. You may drop letters yourself.',
      ],
    },
  ],
});
