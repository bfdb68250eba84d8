import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'by-hand',
  title: 'Shake hands by hand',
  summary:
    'The server holds your browser’s handshake until you say what to answer; the browser then judges your value.',
  lifelines: { server: 'server program' },
  parameters: {
    status: {
      type: 'choice',
      label: 'Status of the answer',
      default: '101',
      choices: [
        { value: '101', label: '101 Switching Protocols' },
        { value: '200', label: '200 OK' },
      ],
    },
    cookie: {
      type: 'flag',
      label: 'Set a cookie for this address before connecting',
      default: false,
    },
  },
  challenges: [
    {
      id: 'exact-change',
      title: 'Exact change',
      goals: [
        {
          id: 'accepted',
          words: 'have your browser accept an answer with an accept value that you worked out',
          all: [
            {
              exists: {
                as: 'answer',
                where: { kind: 'server', 'data.name': 'answered', 'data.by': 'reader' },
              },
            },
            {
              exists: {
                as: 'handshake',
                where: {
                  kind: 'ws.handshake',
                  'data.accepted': true,
                  'data.acceptMatches': true,
                  'data.accept': { sameAs: 'answer.data.accept' },
                },
              },
            },
            { exists: { as: 'open', where: { kind: 'app', 'data.name': 'open' } } },
            { before: ['answer', 'open'] },
          ],
        },
      ],
      hints: [
        'The accept value is made from the key, and from a text that every WebSocket server knows.',
        'The key, then at once 258EAFA5-E914-47DA-95CA-C5AB0DC85B11, no space between and none after.',
        'Type both into “Text to hash”, and copy the base64 line into the accept value. Status 101.',
      ],
    },
  ],
});
