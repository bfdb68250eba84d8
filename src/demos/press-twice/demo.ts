import { defineDemo } from '#demo/definition.ts';

const ofThatWallet = {
  kind: 'server',
  'data.wallet': { sameAs: 'again.data.wallet' },
  'data.method': 'POST',
} as const;

export default defineDemo({
  id: 'press-twice',
  title: 'Press it twice',
  summary:
    'A wallet with 100 in it and four ways to make it 110. The answer gets lost, and the client asks again.',
  lifelines: { server: 'server program' },
  parameters: {
    method: {
      type: 'choice',
      label: 'Ten more, by',
      default: 'POST',
      choices: [
        { value: 'POST', label: 'POST a deposit of 10' },
        { value: 'PUT', label: 'PUT the balance to 110' },
        { value: 'PATCH', label: 'PATCH the balance by +10' },
        { value: 'DELETE', label: 'DELETE a hold of 10' },
      ],
    },
    lose: { type: 'flag', label: 'Lose the first response', default: true },
    retry: { type: 'flag', label: 'Retry when there is no answer', default: true },
    key: { type: 'flag', label: 'Send an Idempotency-Key', default: false },
  },
  challenges: [
    {
      id: 'safe-to-repeat',
      title: 'Safe to repeat',
      goals: [
        {
          id: 'lost',
          words: 'lose the response to a POST',
          all: [{ exists: { where: { kind: 'box', 'data.name': 'response-swallowed' } } }],
        },
        {
          id: 'once',
          words: 'send it again, and have one deposit all the same',
          all: [
            { exists: { as: 'lost', where: { kind: 'box', 'data.name': 'response-swallowed' } } },
            {
              exists: {
                as: 'again',
                where: { kind: 'server', 'data.name': 'duplicate', 'data.method': 'POST' },
              },
            },
            { before: ['lost', 'again'] },
            {
              count: { where: { ...ofThatWallet, 'data.name': 'applied' }, atLeast: 1, atMost: 1 },
            },
            {
              exists: {
                where: { ...ofThatWallet, 'data.name': 'duplicate', 'data.balance': 110 },
              },
            },
          ],
        },
      ],
      hints: [
        'Two deposits of 10 that are meant look like one that was sent twice. What could tell them apart?',
        'The client knows that it asks again. It has to say so.',
        'POST, all three flags on: lose, retry, Idempotency-Key.',
      ],
    },
  ],
});
