import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'rest-on-socket',
  title: 'Rebuild REST on a socket',
  summary:
    'Eight tasks on a shelf of resources, over a WebSocket with as much of a protocol as you agree on, or by HTTP.',
  lifelines: { server: 'server program' },
  parameters: {
    over: {
      type: 'choice',
      label: 'Over',
      default: 'websocket',
      choices: [
        { value: 'websocket', label: 'a WebSocket' },
        { value: 'http', label: 'HTTP' },
      ],
    },
    methods: { type: 'flag', label: 'A word for what to do', default: false },
    ids: { type: 'flag', label: 'Ids that tie answers to questions', default: false },
    statuses: { type: 'flag', label: 'Codes for how it went', default: false },
    errors: { type: 'flag', label: 'A form for errors', default: false },
    versions: { type: 'flag', label: 'Versions, to write only if', default: false },
    freshness: { type: 'flag', label: 'Rules for keeping an answer', default: false },
    types: { type: 'flag', label: 'A choice of formats', default: false },
    trace: { type: 'flag', label: 'A name for the log', default: false },
  },
  challenges: [
    {
      id: 'a-412-of-your-own',
      title: 'A 412 of your own',
      goals: [
        {
          id: 'refused',
          words: 'over the WebSocket, a write is refused because the list has changed',
          all: [
            {
              exists: {
                where: {
                  kind: 'server',
                  'data.name': 'handled',
                  'data.over': 'WebSocket',
                  'data.status': 'changed',
                },
              },
            },
          ],
        },
        {
          id: 'told',
          words: 'and a message tells your script so',
          all: [
            {
              sequence: [
                {
                  where: {
                    kind: 'server',
                    'data.name': 'handled',
                    'data.over': 'WebSocket',
                    'data.status': 'changed',
                  },
                },
                {
                  where: {
                    kind: 'ws.message',
                    direction: 'down',
                    'data.text': { includes: '"changed"' },
                  },
                },
              ],
            },
          ],
        },
        {
          id: 'http',
          words: 'then the same by HTTP: a 412',
          all: [{ exists: { where: { kind: 'http.res.head', 'data.statusCode': 412 } } }],
        },
      ],
      hints: [
        'Two write the list, and the second has not seen what the first wrote. What must a write say?',
        'A refusal helps only if the answer has a word for it.',
        'Versions and Codes on, Run the tasks; then Over HTTP, and run them again.',
      ],
    },
  ],
});
