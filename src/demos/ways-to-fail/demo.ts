import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'ways-to-fail',
  title: 'Ways to fail',
  summary: 'Your browser asks well each time; the server answers in one of eight ways that fail.',
  lifelines: { server: 'server program' },
  parameters: {
    way: {
      type: 'choice',
      label: 'The answer',
      default: 'wrong-accept',
      choices: [
        { value: 'wrong-accept', label: '101 with a wrong accept value' },
        { value: 'ok-200', label: '200 with the right accept value' },
        { value: 'moved', label: '301 to an address that works' },
        { value: 'no-connection', label: '101 without Connection' },
        { value: 'subprotocol', label: '101 with a subprotocol that was not offered' },
        { value: 'extension', label: '101 with an extension that was not offered' },
        { value: 'forbidden', label: '403: this origin may not' },
        { value: 'tls', label: 'wss:// to a port without TLS' },
        { value: 'good', label: '101 as it should be' },
      ],
    },
  },
  challenges: [
    {
      id: 'same-face',
      title: 'Same face',
      goals: [
        {
          id: 'three-causes',
          words: 'let the server fail your handshake in three different ways',
          all: [
            {
              distinct: {
                path: 'data.way',
                where: { kind: 'server', 'data.name': 'answered', 'data.way': { not: 'good' } },
                atLeast: 3,
              },
            },
          ],
        },
        {
          id: 'one-symptom',
          words: 'while your page sees the same each time: error, then close 1006',
          all: [
            {
              distinct: {
                path: 'data.way',
                where: {
                  kind: 'app',
                  'data.name': 'outcome',
                  'data.code': 1006,
                  'data.errors': 1,
                  'data.opened': false,
                },
                atLeast: 3,
              },
            },
            {
              none: { where: { kind: 'app', 'data.name': 'outcome', 'data.code': { not: 1006 } } },
            },
          ],
        },
      ],
      hints: [
        'The page’s column says the same in each line. What does the wire’s column say?',
        'One way tried three times is one cause.',
        'Connect with three different answers. If the good one is among them, press Clear first.',
      ],
    },
  ],
});
