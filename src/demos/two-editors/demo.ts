import { defineDemo } from '#demo/definition.ts';

const conditional = {
  kind: 'http.req.head',
  'data.method': 'PUT',
  'data.fields.if-match': { present: true },
} as const;

export default defineDemo({
  id: 'two-editors',
  title: 'Two editors',
  summary: 'Anna and Ben edit one shopping list. Both load it, both change it, both save it.',
  lifelines: { server: 'server program' },
  parameters: {
    ifMatch: { type: 'flag', label: 'Save with If-Match', default: false },
  },
  challenges: [
    {
      id: 'stop-the-overwrite',
      title: 'Stop the overwrite',
      goals: [
        {
          id: 'refused',
          words: 'let the second of two saves be refused with 412',
          all: [
            {
              sequence: [
                { where: { kind: 'server', 'data.name': 'saved' } },
                { as: 'put', where: conditional },
                { as: 'answer', where: { kind: 'http.res.head', 'data.statusCode': 412 } },
              ],
            },
          ],
        },
        {
          id: 'nothing-lost',
          words: 'then load again and save, so that the list is “Tea, milk, bread”',
          all: [
            {
              sequence: [
                { where: { kind: 'server', 'data.name': 'refused' } },
                { where: { kind: 'http.req.head', 'data.method': 'GET' } },
                { where: conditional },
                {
                  where: {
                    kind: 'server',
                    'data.name': 'saved',
                    'data.text': { includes: 'milk' },
                  },
                },
              ],
            },
            {
              exists: {
                where: {
                  kind: 'server',
                  'data.name': 'saved',
                  'data.text': { includes: 'Tea, milk, bread' },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'A server can’t know what you have seen, unless you tell it with the save.',
        'The ETag names the version that was loaded. If-Match sends it back.',
        'If-Match on. Both load. Anna adds milk and saves. Ben adds bread, saves, loads, adds bread again, saves.',
      ],
    },
  ],
});
