import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'sockets',
  title: 'Ten requests, how many sockets?',
  summary: 'Your browser asks ten times, and the capture shows on how many TCP connections.',
  lifelines: { server: 'server program' },
  parameters: {
    requests: { type: 'number', label: 'Requests', default: 10, min: 1, max: 20, step: 1 },
    way: {
      type: 'choice',
      label: 'Sent',
      default: 'in-turn',
      choices: [
        { value: 'in-turn', label: 'in a row' },
        { value: 'at-once', label: 'all at once' },
        { value: 'close', label: 'in a row, answered with Connection: close' },
      ],
    },
  },
  challenges: [
    {
      id: 'reuse',
      title: 'Reuse',
      goals: [
        {
          id: 'eight-on-one',
          words: 'get eight answers on one and the same TCP connection',
          all: [
            { exists: { as: 'first', where: { kind: 'http.res.head', 'data.statusCode': 200 } } },
            {
              count: {
                where: {
                  kind: 'http.res.head',
                  'data.statusCode': 200,
                  connection: { sameAs: 'first.connection' },
                },
                atLeast: 8,
              },
            },
          ],
        },
      ],
      hints: [
        'Look at the connection of each row. When does the browser open a second one?',
        'A connection that is busy takes no second request; one that is idle does.',
        'Ask ten times in a row.',
      ],
    },
  ],
});
