import type { Condition } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

const landed = (by: string): Condition => ({
  distinct: {
    path: 'data.jump',
    where: { kind: 'server', 'data.name': 'landed', 'data.by': by },
    atLeast: 5,
  },
});

export default defineDemo({
  id: 'jump',
  title: 'Jump',
  summary:
    'Each jump goes to the server twice at the same moment: by POST on an open connection, and over an open WebSocket.',
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
    busy: {
      type: 'flag',
      label: 'Keep six connections busy meanwhile',
      default: false,
      help: 'Six requests whose answers take 1.5 s each.',
    },
  },
  challenges: [
    {
      id: 'break-the-tie',
      title: 'Break the tie',
      goals: [
        {
          id: 'twice-as-late',
          words:
            'land five jumps each way in one go, by POST twice as late as by WebSocket or later',
          all: [
            landed('POST'),
            landed('WebSocket'),
            {
              exists: {
                where: {
                  kind: 'app',
                  'data.name': 'series',
                  'data.jumps': { atLeast: 5 },
                  'data.times': { atLeast: 2 },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'Both need the way and nothing else. What could a POST have to wait for before it leaves?',
        'A browser has six HTTP/1.1 connections to a host. A WebSocket has one of its own.',
        'Keep six connections busy, and press Jump five times.',
      ],
    },
  ],
});
