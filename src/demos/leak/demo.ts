import { defineDemo } from '#demo/definition.ts';

const answer = { kind: 'http.res.head', hop: 0 } as const;
const sameSetting = { sameAs: 'ada.data.fields.x-demo-setting' } as const;

export default defineDemo({
  id: 'leak',
  title: 'The leak',
  summary: 'Two people ask the same address for a greeting of their own, through a shared cache.',
  lifelines: { server: 'origin' },
  parameters: {
    repair: {
      type: 'choice',
      label: 'The origin says',
      default: 'none',
      choices: [
        { value: 'none', label: 's-maxage=60' },
        { value: 'private', label: 'private' },
        { value: 'no-store', label: 'no-store' },
        { value: 'vary', label: 's-maxage=60, and Vary: X-Demo-User' },
        { value: 'own-address', label: 's-maxage=60, and an address for each user' },
      ],
    },
  },
  challenges: [
    {
      id: 'plug-it',
      title: 'Plug it',
      goals: [
        {
          id: 'leak',
          words: 'let one get what was made for the other: the cache has kept it',
          all: [
            {
              exists: {
                as: 'asked',
                where: { kind: 'http.req.head', hop: 0, 'data.fields.x-demo-user': 'Bert' },
              },
            },
            {
              exists: {
                where: {
                  ...answer,
                  answers: { sameAs: 'asked.number' },
                  'data.fields.x-demo-greets': 'Ada',
                  'data.fields.age': { present: true },
                },
              },
            },
          ],
        },
        {
          id: 'plugged',
          words: 'plug it: under the same fields each gets their own greeting, without an Age',
          all: [
            {
              exists: {
                as: 'ada',
                where: {
                  ...answer,
                  'data.fields.x-demo-greets': 'Ada',
                  'data.fields.age': { present: false },
                },
              },
            },
            {
              exists: {
                as: 'bert',
                where: {
                  ...answer,
                  'data.fields.x-demo-greets': 'Bert',
                  'data.fields.age': { present: false },
                  'data.fields.x-demo-setting': sameSetting,
                },
              },
            },
            // Later, what the cache had kept of the one would be gone by itself.
            { within: { rows: ['ada', 'bert'], ms: 30_000 } },
          ],
        },
      ],
      hints: [
        'The cache knows the address. It does not know that X-Demo-User matters.',
        'Say that this answer is for one user, or that it depends on who asks, or ask elsewhere.',
        'Ask as Ada, ask as Bert: that is the leak. Then set private, and ask as both again.',
      ],
    },
  ],
});
