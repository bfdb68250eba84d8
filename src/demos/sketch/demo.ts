import { defineDemo } from '#demo/definition.ts';

const stroke = {
  kind: 'app',
  'data.name': 'stroke',
  'data.points': { atLeast: 30 },
} as const;

export default defineDemo({
  id: 'sketch',
  title: 'Two pens, one board',
  summary: 'Each point of a stroke goes to the other board at once, over the transport you choose.',
  lifelines: { page: 'both scripts', server: 'server program' },
  parameters: {
    by: {
      type: 'choice',
      label: 'Draw by',
      default: 'websocket',
      choices: [
        { value: 'websocket', label: 'WebSocket' },
        { value: 'events', label: 'SSE + POST' },
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
    },
    room: {
      type: 'text',
      label: 'Key of a shared board',
      default: '',
      maxLength: 22,
      help: 'Comes with a link from another browser. Empty: a board of your own.',
    },
  },
  challenges: [
    {
      id: 'fewer-requests',
      title: 'Fewer requests than points',
      goals: [
        {
          id: 'batched',
          words: 'a stroke of 30 points or more by SSE + POST, in at most a third as many requests',
          all: [
            {
              exists: {
                where: {
                  ...stroke,
                  'data.by': 'events',
                  'data.pointsPerMessage': { atLeast: 3 },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'This client has one request under way at a time. What do the points do meanwhile?',
        'The longer an answer takes, the more points go with the next request.',
        'Draw by SSE + POST with a delay of 100 ms, and press Draw a circle.',
      ],
    },
  ],
});
