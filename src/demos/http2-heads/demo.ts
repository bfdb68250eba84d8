import { defineDemo } from '#demo/definition.ts';

const robotHead = {
  kind: 'h2.frame',
  sender: 'ROBOT',
  direction: 'up',
  'data.type': 'HEADERS',
  'data.fields.:method': 'GET',
} as const;

export default defineDemo({
  id: 'http2-heads',
  title: 'HTTP/2 in one screen',
  summary:
    'The same request again and again: by your browser over HTTP/1.1, and by a robot of ours over HTTP/2.',
  lifelines: { server: 'server program' },
  http2: true,
  parameters: {
    requests: { type: 'number', label: 'Requests', default: 10, min: 1, max: 20, step: 1 },
    connection: {
      type: 'choice',
      label: 'The robot’s connections',
      default: 'one',
      choices: [
        { value: 'one', label: 'one for all requests' },
        { value: 'each', label: 'a new one for each' },
      ],
    },
    cookie: { type: 'flag', label: 'The robot sends a cookie', default: true },
  },
  challenges: [
    {
      id: 'forty-bytes',
      title: 'Forty bytes',
      goals: [
        {
          id: 'browser-heavy',
          words: 'let your browser send a request head of at least 400 bytes over HTTP/1.1',
          all: [
            {
              exists: {
                where: {
                  kind: 'http.req.head',
                  sender: 'BROWSER',
                  'data.headLength': { atLeast: 400 },
                },
              },
            },
          ],
        },
        {
          id: 'robot-light',
          words: 'let the robot send a whole head, cookie included, in at most 40 bytes',
          all: [
            {
              exists: {
                // The nine octets of the frame header are counted with it.
                where: {
                  ...robotHead,
                  'data.length': { atMost: 31 },
                  'data.fields.cookie': { present: true },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'Why would the second request need fewer bytes than the first?',
        'Both sides remember the fields, but only as long as their connection lasts.',
        'One connection, the cookie on, and at least two requests.',
      ],
    },
  ],
});
