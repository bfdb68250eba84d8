import type { Condition } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

const handshake = (isWithCookie: boolean): Condition => ({
  exists: {
    where: {
      kind: 'server',
      'data.name': 'asked',
      'data.by': 'WebSocket',
      'data.cookie': isWithCookie,
      'data.origin': { not: 'none' },
    },
  },
});

export default defineDemo({
  id: 'carriers',
  title: 'What carries a cookie?',
  summary:
    'Your page makes five requests of different kinds. Which of them carry a cookie, and which say where they come from?',
  lifelines: { server: 'server program' },
  parameters: {
    at: {
      type: 'choice',
      label: 'A cookie is set',
      default: 'here',
      choices: [
        { value: 'here', label: 'for these addresses' },
        { value: 'elsewhere', label: 'for another path' },
        { value: 'none', label: 'not at all' },
      ],
    },
  },
  challenges: [
    {
      id: 'with-and-without',
      title: 'With and without',
      goals: [
        {
          id: 'with',
          words: 'a handshake that carries the cookie, and Origin',
          all: [handshake(true)],
        },
        {
          id: 'without',
          words: 'a handshake without it, and Origin all the same',
          all: [handshake(false)],
        },
      ],
      hints: [
        'A script can’t take a cookie off a handshake. Who decides where it is sent?',
        'A cookie has a path. The handshake carries it when its address begins with that.',
        'Send all five once with the cookie for these addresses, and once for another path.',
      ],
    },
  ],
});
