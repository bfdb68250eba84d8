import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'no-101',
  title: 'No 101 at all',
  summary:
    'A robot of ours opens a WebSocket over HTTP/2, where CONNECT and 200 stand for Upgrade and 101.',
  lifelines: { client: 'robot', server: 'server program' },
  http2: true,
  parameters: {
    message: {
      type: 'text',
      label: 'Message',
      default: 'Hello',
      // Of up to three octets each in UTF-8: the robot carries 125.
      maxLength: 40,
    },
  },
  challenges: [
    {
      id: '101-is-optional',
      title: '101 is optional',
      goals: [
        {
          id: 'hello-both-ways',
          words: 'exchange Hello over a WebSocket with no 101 in the whole capture',
          all: [
            ...(['up', 'down'] as const).map((direction) => ({
              exists: { where: { kind: 'ws.message', direction, 'data.text': 'Hello' } },
            })),
            { none: { where: { kind: 'http.res.head', 'data.statusCode': 101 } } },
          ],
        },
      ],
      hints: [
        'Which of the two buttons can do without a 101?',
        'HTTP/2 has no Upgrade at all: there it is CONNECT, and 200.',
        'A 101 stays in the capture. Press Clear, then send the robot with Hello.',
      ],
    },
  ],
});
