import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'compress',
  title: 'Smaller than it is',
  summary: 'The same messages over WebSocket and SSE, compressed in several ways or not at all.',
  lifelines: { server: 'server program' },
  parameters: {
    way: {
      type: 'choice',
      label: 'Send by',
      default: 'each',
      choices: [
        { value: 'each', label: 'five ways, one after another' },
        { value: 'ws', label: 'WebSocket, not compressed' },
        { value: 'ws-fresh', label: 'WebSocket, each message by itself' },
        { value: 'ws-takeover', label: 'WebSocket, with context takeover' },
        { value: 'events', label: 'SSE, not compressed' },
        { value: 'events-gzip', label: 'SSE, gzip and flush' },
      ],
    },
    kind: {
      type: 'choice',
      label: 'Messages are',
      default: 'ticks',
      choices: [
        { value: 'ticks', label: 'ticks: 89 bytes of JSON' },
        { value: 'random', label: 'random: 89 bytes of noise' },
        { value: 'hello', label: 'Hello: 5 bytes' },
      ],
    },
    messages: { type: 'number', label: 'Messages', default: 10, min: 1, max: 400, step: 1 },
  },
  challenges: [
    {
      id: 'smaller-than-payload',
      title: 'Smaller than the payload',
      goals: [
        {
          id: 'fewer-bytes',
          words:
            'deliver 30 messages or more in fewer bytes on the wire, set-up included, than they have themselves',
          all: [
            {
              exists: {
                as: 'sent',
                where: { kind: 'server', 'data.name': 'sent', 'data.messages': { atLeast: 30 } },
              },
            },
            {
              exists: {
                where: {
                  kind: 'app',
                  'data.name': 'wire-size',
                  'data.saved': { atLeast: 1 },
                  'data.way': { sameAs: 'sent.data.way' },
                  'data.batch': { sameAs: 'sent.data.batch' },
                  'data.messages': { sameAs: 'sent.data.messages' },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'What repeats can be left out, if the other side still has it.',
        'A message that is compressed by itself can refer to nothing before it.',
        '30 ticks, with context takeover or by gzip.',
      ],
    },
  ],
});
