import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'quiet-feed',
  title: 'A quiet feed',
  summary: 'Your page asks every second for a notice that is replaced once a minute.',
  lifelines: { server: 'server program' },
  parameters: {
    how: {
      type: 'choice',
      label: 'Each question',
      default: 'whole',
      choices: [
        { value: 'whole', label: 'wants it all' },
        { value: 'newer', label: 'wants it if it is newer' },
      ],
    },
    asks: {
      type: 'number',
      label: 'Questions',
      default: 20,
      min: 1,
      max: 60,
      step: 1,
    },
  },
  challenges: [
    {
      id: 'cheap-silence',
      title: 'Cheap silence',
      goals: [
        {
          id: 'hardly-any-content',
          words: 'ask 15 times or more in one go, and be sent the content twice at most',
          all: [
            {
              exists: {
                as: 'over',
                where: { kind: 'app', 'data.name': 'over', 'data.asks': { atLeast: 15 } },
              },
            },
            {
              count: {
                where: {
                  kind: 'server',
                  'data.name': 'answered',
                  'data.statusCode': 304,
                  'data.series': { sameAs: 'over.data.series' },
                },
                atLeast: 13,
              },
            },
            {
              count: {
                where: {
                  kind: 'server',
                  'data.name': 'answered',
                  'data.statusCode': 200,
                  'data.series': { sameAs: 'over.data.series' },
                },
                atMost: 2,
              },
            },
          ],
        },
      ],
      hints: [
        'Most answers bring what your page has already. How could the server know that?',
        'The page names the version that it has. If it still is the one, 304 says so, without content.',
        'Choose “wants it if it is newer”, and press Ask.',
      ],
    },
  ],
});
