import { defineDemo } from '#demo/definition.ts';

/** Room for a Host of up to 20 octets; any further field line is longer than what is left. */
export const POLITE_LENGTH = 80;

export default defineDemo({
  id: 'x-ray',
  title: 'X-ray of one GET',
  summary:
    'Your browser asks for 22 bytes of JSON; then a robot asks for the same in words that you edit.',
  lifelines: { server: 'server program' },
  parameters: {},
  challenges: [
    {
      id: 'smallest-polite-request',
      title: 'Smallest polite request',
      goals: [
        {
          id: 'few-bytes',
          words: `get a 200 with a request of at most ${POLITE_LENGTH} bytes`,
          all: [
            {
              exists: {
                as: 'request',
                where: {
                  kind: 'http.req.head',
                  sender: 'ROBOT',
                  'data.headLength': { atMost: POLITE_LENGTH },
                },
              },
            },
            {
              exists: {
                where: {
                  kind: 'http.res.head',
                  'data.statusCode': 200,
                  connection: { sameAs: 'request.connection' },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'Your browser tells much about itself. Which of it does the server need for this answer?',
        'Delete field lines and send the robot. It still gets its 200.',
        'Only Host has to stay: leave the text empty, and keep the box for Host ticked.',
      ],
    },
  ],
});
