import type { Condition } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

/** The server took a message while somebody was cut off. */
const saidMeanwhile: Condition = {
  exists: {
    as: 'message',
    where: { kind: 'server', 'data.name': 'message', 'data.away': { present: true } },
  },
};

export default defineDemo({
  id: 'chat',
  title: 'The chat, twice',
  summary: 'Two people chat, over a WebSocket or by SSE and POST; either of them can be cut off.',
  lifelines: { page: 'both scripts', server: 'server program' },
  parameters: {
    by: {
      type: 'choice',
      label: 'Chat by',
      default: 'websocket',
      choices: [
        { value: 'websocket', label: 'WebSocket' },
        { value: 'events', label: 'SSE + POST' },
      ],
    },
    room: {
      type: 'text',
      label: 'Key of a shared room',
      default: '',
      maxLength: 22,
      help: 'Comes with a link from another browser. Empty: a room of your own.',
    },
  },
  challenges: [
    {
      id: 'nothing-missed',
      title: 'Nothing missed',
      goals: [
        {
          id: 'said-meanwhile',
          words: 'a message is said while somebody is cut off',
          all: [saidMeanwhile],
        },
        {
          id: 'came-later',
          words: 'and reaches exactly that person afterwards, because the browser asked for it',
          all: [
            saidMeanwhile,
            {
              exists: {
                as: 'replay',
                where: {
                  kind: 'server',
                  'data.name': 'replayed',
                  'data.id': { sameAs: 'message.data.id' },
                  'data.user': { sameAs: 'message.data.away' },
                },
              },
            },
            {
              exists: {
                as: 'request',
                where: {
                  kind: 'http.req.head',
                  connection: { sameAs: 'replay.connection' },
                  'data.fields.last-event-id': { present: true },
                },
              },
            },
            {
              exists: {
                where: {
                  kind: 'app',
                  'data.name': 'received',
                  'data.id': { sameAs: 'message.data.id' },
                  'data.user': { sameAs: 'message.data.away' },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'Cut one person off, and let the other one speak before the five seconds are over.',
        'Which of the two chats comes back by itself?',
        'Chat by SSE + POST. Take Ada offline for 5 s, let Ben say something, and wait.',
      ],
    },
  ],
});
