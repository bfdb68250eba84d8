import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'elephant',
  title: 'The elephant in the pipe',
  summary:
    'On one connection the server sends a large message, a ping and a small message. Choose how the large one is cut.',
  lifelines: { server: 'server program' },
  parameters: {
    way: {
      type: 'choice',
      label: 'Send the large message',
      default: 'frame',
      choices: [
        { value: 'frame', label: 'in one frame' },
        { value: 'fragments', label: 'in fragments' },
        { value: 'messages', label: 'as many messages' },
      ],
    },
    sizeKiB: {
      type: 'number',
      label: 'Its size',
      unit: 'KiB',
      default: 64,
      min: 1,
      max: 256,
      step: 1,
    },
    rate: {
      type: 'number',
      label: 'Path carries',
      unit: 'kB/s',
      default: 32,
      min: 1,
      max: 2000,
      step: 1,
    },
    pieceKiB: {
      type: 'number',
      label: 'Size of a piece',
      unit: 'KiB',
      default: 4,
      min: 1,
      max: 64,
      step: 1,
      help: 'Of fragments and of many messages. After each, the server sends a ping and waits for its pong.',
    },
    lost: {
      type: 'number',
      label: 'Lost packet',
      default: 4,
      min: 1,
      max: 9,
      step: 1,
    },
  },
  challenges: [
    {
      id: 'past-the-elephant',
      title: 'Past the elephant',
      goals: [
        {
          id: 'pong-meanwhile',
          words:
            'get a pong within 300 ms while one message of 16 KiB or more is on its way for 1.5 s or longer',
          all: [
            {
              exists: {
                as: 'over',
                where: {
                  kind: 'app',
                  'data.name': 'large',
                  'data.messages': 1,
                  'data.bytes': { atLeast: 16_384 },
                  'data.afterMs': { atLeast: 1500 },
                },
              },
            },
            {
              exists: {
                where: {
                  kind: 'server',
                  'data.name': 'pong',
                  'data.transfer': { sameAs: 'over.data.transfer' },
                  'data.isUnderWay': true,
                  'data.afterMs': { atMost: 300 },
                },
              },
            },
            {
              exists: {
                where: {
                  kind: 'ws.message',
                  direction: 'down',
                  'data.length': { atLeast: 16_384 },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'Nothing overtakes on a connection. What may the server put between two parts of a message?',
        'A control frame may come between two fragments. Send the large message in fragments.',
        'A piece of 4 KiB takes 128 ms on a path of 32 kB/s. Leave both as they are.',
      ],
    },
  ],
});
