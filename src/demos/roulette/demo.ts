import type { Where } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

/** Eight clients or more, of which at least 40 % are at servers that were not there in the beginning. */
const moved: Where = {
  kind: 'server',
  'data.name': 'counted',
  'data.sockets': { atLeast: 8 },
  'data.sent': { atLeast: 20 },
  'data.onNew': { atLeast: 40 },
};

export default defineDemo({
  id: 'roulette',
  title: 'Load balancer roulette',
  summary:
    'A load balancer before two real server processes, then four: requests spread, WebSockets stay, until somebody moves them.',
  lifelines: { server: 'servers' },
  parameters: {
    clients: {
      type: 'number',
      label: 'WebSockets',
      default: 10,
      min: 2,
      max: 12,
      step: 1,
      help: 'Each sends one message a second. A server works 0.7 seconds on it.',
    },
    rule: {
      type: 'choice',
      label: 'A new WebSocket goes',
      default: 'round-robin',
      choices: [
        { value: 'round-robin', label: 'to each server in turn' },
        { value: 'fewest-sockets', label: 'to the server with the fewest' },
      ],
    },
    how: {
      type: 'choice',
      label: 'End a server by',
      default: 'kill',
      choices: [
        { value: 'kill', label: 'killing it' },
        { value: 'drain', label: 'draining it: finish, then close with 1012' },
      ],
    },
    resend: {
      type: 'flag',
      label: 'Clients send again what was not acknowledged',
      default: false,
    },
  },
  challenges: [
    {
      id: 'rebalance',
      title: 'Rebalance without tears',
      goals: [
        {
          id: 'moved',
          words: 'of 8 WebSockets or more, at least 40 % are at new servers when you count',
          all: [{ exists: { where: moved } }],
        },
        {
          id: 'no-loss',
          words: 'and no message was lost',
          all: [{ exists: { where: { ...moved, 'data.missing': 0 } } }],
        },
      ],
      hints: [
        'Start, scale to 4, and end an old server: its WebSockets have to come back somewhere.',
        'In turn, some of them go to the other old server. To the one with the fewest, all of them reach the new ones.',
        'A killed server takes unfinished work with it. A drained one does not, but a message may be sent into a connection that is closing. Let clients send again what was not acknowledged.',
      ],
    },
  ],
});
