import type { Condition } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

const passedUnread = (box: string): Condition => ({
  exists: { where: { kind: 'box', 'data.name': 'passed-unread', 'data.box': box } },
});

export default defineDemo({
  id: 'encrypted',
  title: 'The same box, and TLS',
  summary:
    'A robot of ours asks for a WebSocket or a stream through a box, once in the clear and once inside real TLS.',
  lifelines: { server: 'server program' },
  tls: true,
  parameters: {
    box: {
      type: 'choice',
      label: 'Box',
      default: 'strip-upgrade',
      choices: [
        { value: 'strip-upgrade', label: 'strip-upgrade' },
        { value: 'refuse-upgrade', label: 'refuse-upgrade' },
        { value: 'buffer', label: 'buffer' },
      ],
    },
    ask: {
      type: 'choice',
      label: 'The robot asks for',
      default: 'WebSocket',
      choices: [
        { value: 'WebSocket', label: 'a WebSocket' },
        { value: 'event stream', label: 'an event stream' },
      ],
    },
    secure: { type: 'flag', label: 'Inside TLS', default: false },
  },
  challenges: [
    {
      id: 'past-the-box',
      title: 'Past the box',
      goals: [
        {
          id: 'stripped',
          words: 'a handshake in the clear from which strip-upgrade takes the Upgrade',
          all: [
            { exists: { where: { kind: 'box', 'data.name': 'upgrade-stripped' } } },
            { exists: { where: { kind: 'ws.handshake', hop: 0, 'data.accepted': false } } },
          ],
        },
        {
          id: 'opened',
          words: 'a WebSocket that opens through the same box and brings five messages',
          all: [
            passedUnread('strip-upgrade'),
            { exists: { where: { kind: 'ws.handshake', hop: 2, 'data.accepted': true } } },
            { count: { where: { kind: 'ws.message', hop: 2, direction: 'down' }, atLeast: 5 } },
          ],
        },
        {
          id: 'not-held',
          words:
            'an event stream of which buffer holds nothing back: five events within two seconds',
          all: [
            passedUnread('buffer'),
            {
              exists: {
                where: {
                  kind: 'app',
                  'data.name': 'answer',
                  'data.box': 'buffer',
                  'data.ask': 'event stream',
                  'data.updates': 5,
                },
              },
            },
          ],
        },
      ],
      hints: [
        'What would a box have to read to find the field Upgrade?',
        'Leave the box where it is, and put the handshake inside TLS.',
        'strip-upgrade without TLS, strip-upgrade with TLS, then buffer with TLS and an event stream.',
      ],
    },
  ],
});
