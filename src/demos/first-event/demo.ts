import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'first-event',
  title: 'The first event',
  summary:
    'A fetch and a WebSocket begin at the same moment. Which has its first event first depends on what is open already.',
  lifelines: { server: 'server program' },
  http2: true,
  parameters: {
    open: {
      type: 'choice',
      label: 'Open already',
      default: 'nothing',
      choices: [
        { value: 'nothing', label: 'nothing' },
        { value: 'http1', label: 'an idle HTTP/1.1 connection' },
        { value: 'http2', label: 'an HTTP/2 connection (robot)' },
      ],
    },
    delayMs: {
      type: 'number',
      label: 'Delay one way',
      unit: 'ms',
      default: 100,
      min: 0,
      max: 500,
      step: 1,
    },
  },
  challenges: [
    {
      id: 'http-wins',
      title: 'HTTP wins',
      goals: [
        {
          id: 'before-the-handshake',
          words:
            'have the event back by fetch before the server has even got the WebSocket’s handshake, 50 ms away or more',
          all: [
            {
              sequence: [
                {
                  as: 'fetch',
                  where: { kind: 'server', 'data.name': 'sent', 'data.by': 'fetch' },
                },
                {
                  as: 'back',
                  where: {
                    kind: 'http.res.head',
                    hop: 0,
                    'data.requestTarget': { includes: '/event?round=' },
                  },
                },
                {
                  as: 'handshake',
                  where: {
                    kind: 'server',
                    'data.name': 'sent',
                    'data.by': 'WebSocket',
                    'data.round': { sameAs: 'fetch.data.round' },
                  },
                },
              ],
            },
            {
              exists: {
                where: {
                  kind: 'app',
                  'data.name': 'round',
                  'data.open': 'http1',
                  'data.round': { sameAs: 'fetch.data.round' },
                  'data.delayMs': { atLeast: 50 },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'With nothing open, both open a connection first. What if one of them need not?',
        'A fetch takes a connection that is open and idle. A new WebSocket never does.',
        'Set Open already to an idle HTTP/1.1 connection.',
      ],
    },
  ],
});
