import { defineDemo } from '#demo/definition.ts';

export default defineDemo({
  id: 'chunks',
  title: 'Chunks are not messages',
  summary:
    'The server writes three lines of JSON as three chunks; a box may cut the same bytes elsewhere.',
  lifelines: { server: 'server program' },
  parameters: {
    path: {
      type: 'choice',
      label: 'Path',
      default: 'none',
      choices: [
        { value: 'none', label: 'no box' },
        { value: 'rechunk', label: 'rechunk: makes chunks of its own' },
      ],
    },
    size: {
      type: 'number',
      label: 'The box’s chunk size',
      default: 16,
      min: 1,
      max: 100,
      step: 1,
      unit: 'B',
    },
    waitMs: {
      type: 'number',
      label: 'How long it waits to fill one',
      default: 50,
      min: 0,
      max: 1000,
      step: 10,
      unit: 'ms',
    },
  },
  challenges: [
    {
      id: 'broken-parser',
      title: 'Broken parser',
      goals: [
        {
          id: 'naive-throws',
          words: 'make the client “one piece is one JSON” throw a SyntaxError behind the box',
          all: [
            { exists: { as: 'box', where: { kind: 'box', 'data.name': 'response-rechunked' } } },
            {
              exists: {
                as: 'error',
                where: {
                  kind: 'app',
                  'data.name': 'error',
                  'data.error': 'SyntaxError',
                  'data.by': 'one piece is one JSON',
                  'data.path': 'rechunk',
                },
              },
            },
            { before: ['box', 'error'] },
          ],
        },
        {
          id: 'lines-survive',
          words: 'while the client that reads lines gets all three from the same bytes',
          all: [
            {
              exists: {
                where: {
                  kind: 'app',
                  'data.name': 'done',
                  'data.path': 'rechunk',
                  'data.byLine': 3,
                  'data.errors': { atLeast: 1 },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'What would the naive client need to be true of every piece that it reads?',
        'Have the box cut a line in two, or put two lines together.',
        'Path rechunk, chunk size 16, and Read.',
      ],
    },
  ],
});
