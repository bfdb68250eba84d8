import type { Where } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

/** The cause, named at the first try. */
const named = (log: string): Where => ({
  kind: 'app',
  'data.name': 'named',
  'data.log': log,
  'data.isRight': true,
  'data.tries': 1,
});

export default defineDemo({
  id: 'night-shift',
  title: 'The night shift',
  summary:
    'Some orders fail. Find out whose, in an access log of requests, in one of WebSockets, and in a log of messages. The logs are a MODEL.',
  lifelines: { server: 'server program' },
  parameters: {
    log: {
      type: 'choice',
      label: 'Read',
      default: 'http',
      choices: [
        { value: 'http', label: 'the access log of requests' },
        { value: 'sockets', label: 'the access log of WebSockets' },
        { value: 'messages', label: 'the log of their messages' },
      ],
    },
    seed: {
      type: 'number',
      label: 'Seed of the MODEL',
      default: 1,
      min: 1,
      max: 99,
      step: 1,
      help: 'Another number, another three nights.',
    },
  },
  challenges: [
    {
      id: 'night-shift',
      title: 'The night shift',
      goals: [
        {
          id: 'requests',
          words: 'the cause is named at the first try, from the access log of requests',
          all: [{ exists: { where: named('http') } }],
        },
        {
          id: 'sockets',
          words: 'what the access log of WebSockets says is named at the first try',
          all: [{ exists: { where: named('sockets') } }],
        },
        {
          id: 'messages',
          words: 'the cause is named at the first try, from the log of messages',
          all: [{ exists: { where: named('messages') } }],
        },
      ],
      hints: [
        'Show the failed ones only. What do almost all of them have in common?',
        'Filter by one value at a time and watch the share that failed.',
        'The access log of WebSockets has no line about an order. Say so.',
      ],
    },
  ],
});
