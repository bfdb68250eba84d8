import { defineDemo } from '#demo/definition.ts';

const refused = {
  exists: {
    as: 'refused',
    where: { kind: 'http.res.head', hop: 0, 'data.statusCode': 503 },
  },
} as const;

export default defineDemo({
  id: 'event-source',
  title: 'The edges of EventSource',
  summary: 'A server counts, two numbers a second, as an event stream. You break the stream.',
  lifelines: { server: 'server program' },
  parameters: {
    by: {
      type: 'choice',
      label: 'Read it with',
      default: 'event-source',
      choices: [
        { value: 'event-source', label: 'EventSource' },
        { value: 'made-anew', label: 'EventSource, made anew when it is closed' },
        { value: 'fetch', label: 'fetch, a parser and rules of our own' },
      ],
    },
    carryId: {
      type: 'flag',
      label: 'Our new attempts name the last id',
      default: true,
      help: 'EventSource’s own attempts always do, in Last-Event-ID.',
    },
    retryMs: {
      type: 'number',
      label: 'Wait before a retry',
      unit: 'milliseconds',
      default: 1000,
      min: 200,
      max: 10_000,
      step: 100,
      help: 'The server sends it in the stream, as retry:.',
    },
  },
  challenges: [
    {
      id: 'survive-the-deploy',
      title: 'Survive the deploy',
      goals: [
        {
          id: 'refused',
          words: 'the stream breaks, and the next attempt is answered with 503',
          all: [refused],
        },
        {
          id: 'back',
          words: 'within 10 s numbers come again, and none is missing',
          all: [
            refused,
            {
              exists: {
                as: 'back',
                where: { kind: 'app', 'data.name': 'update', 'data.missing': 0 },
              },
            },
            { before: ['refused', 'back'] },
            { within: { rows: ['refused', 'back'], ms: 10_000 } },
          ],
        },
      ],
      hints: [
        'What does readyState say after the 503? Who could still try again?',
        'Somebody has to make a new attempt: your script. And it has to say where it was.',
        'Read it with EventSource made anew, or with fetch. Follow, then press Deploy: one 503.',
      ],
    },
  ],
});
