import { defineDemo } from '#demo/definition.ts';

const seen = { kind: 'app', 'data.name': 'seen' } as const;

export default defineDemo({
  id: 'push-and-get',
  title: 'A push and a GET',
  summary:
    'A snapshot that changes: a WebSocket brings it whole, or says that it changed, and a GET fetches it.',
  lifelines: { server: 'server program' },
  parameters: {
    way: {
      type: 'choice',
      label: 'The socket brings',
      default: 'whole',
      choices: [
        { value: 'whole', label: 'the whole snapshot' },
        { value: 'name', label: 'its address; a GET fetches it, with max-age' },
        { value: 'name-no-store', label: 'its address; a GET fetches it, with no-store' },
      ],
    },
  },
  challenges: [
    {
      id: 'best-of-both',
      title: 'Best of both',
      goals: [
        {
          id: 'in-time',
          words: 'see three new versions, each within 300 ms of its change',
          all: [
            {
              distinct: {
                path: 'data.version',
                where: { ...seen, 'data.isAgain': false, 'data.afterMs': { atMost: 300 } },
                atLeast: 3,
              },
            },
          ],
        },
        {
          id: 'for-nothing',
          words: 'and look at one of them again with nothing on the wire',
          all: [{ exists: { where: { ...seen, 'data.isAgain': true, 'data.fromCache': true } } }],
        },
      ],
      hints: [
        'A message has no address, so nothing can keep it for you.',
        'What if the message says only what has changed?',
        'The address and a GET with max-age: Connect, change it three times, and Look again.',
      ],
    },
  ],
});
