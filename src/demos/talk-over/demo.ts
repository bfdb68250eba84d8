import { defineDemo } from '#demo/definition.ts';

/** The server heard a number that some of its own had passed on the way. */
const crossed = {
  kind: 'server',
  'data.name': 'heard',
  'data.crossed': { atLeast: 1 },
} as const;

export default defineDemo({
  id: 'talk-over',
  title: 'Talk over each other',
  summary:
    'Your page says a number every 50 ms and the server one every 70 ms, over the transport that you choose.',
  lifelines: { server: 'server program' },
  parameters: {
    by: {
      type: 'choice',
      label: 'Talk by',
      default: 'websocket',
      choices: [
        { value: 'websocket', label: 'WebSocket' },
        { value: 'events', label: 'SSE + POST' },
        { value: 'turns', label: 'fetch, one at a time' },
      ],
    },
    delayMs: {
      type: 'number',
      label: 'One-way delay',
      unit: 'milliseconds',
      default: 0,
      min: 0,
      max: 300,
      step: 10,
      help: 'A box on the way holds everything back for so long, in each direction.',
    },
    numbers: {
      type: 'number',
      label: 'Numbers of the page',
      default: 40,
      min: 5,
      max: 100,
      step: 5,
    },
  },
  challenges: [
    {
      id: 'crossing-swords',
      title: 'Crossing swords',
      goals: [
        {
          id: 'crossed',
          words: 'a number on its way up and one on its way down, at the same time',
          all: [{ exists: { where: crossed } }],
        },
        {
          id: 'one-connection',
          words: '… both as frames, on one and the same connection, at least ten times',
          all: [
            {
              exists: {
                as: 'up',
                where: { ...crossed, 'data.sameConnection': true },
              },
            },
            {
              exists: {
                where: {
                  kind: 'ws.frame',
                  direction: 'down',
                  connection: { sameAs: 'up.connection' },
                },
              },
            },
            {
              count: {
                where: {
                  ...crossed,
                  'data.sameConnection': true,
                  connection: { sameAs: 'up.connection' },
                },
                atLeast: 10,
              },
            },
          ],
        },
      ],
      hints: [
        'On one machine a number is there before the other side can speak. What would keep it on its way for longer?',
        'Set a one-way delay. Then watch where the lines of the drawing cross.',
        'With SSE + POST they cross as well, on two connections. Talk by WebSocket, with 100 ms.',
      ],
    },
  ],
});
