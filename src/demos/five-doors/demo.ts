import type { Condition, Where } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

/** Somebody asks for the badge; `where` says who. */
const asksFor = (where: Where): Condition => ({
  exists: {
    where: {
      kind: 'http.req.head',
      hop: 0,
      'data.requestTarget': { includes: '/readers/badge' },
      ...where,
    },
  },
});
const tool = (name: string) => asksFor({ 'data.fields.user-agent': { includes: `${name}/` } });
const destination = (name: string) => asksFor({ 'data.fields.sec-fetch-dest': name });

export default defineDemo({
  id: 'five-doors',
  title: 'Five doors',
  summary:
    'An address bar, an image, curl, a health check and a crawler ask for one resource; then they try a WebSocket.',
  lifelines: { server: 'server program' },
  parameters: {
    what: {
      type: 'choice',
      label: 'Ask for',
      default: 'badge',
      choices: [
        { value: 'badge', label: 'the badge, by HTTP' },
        { value: 'ws', label: 'the WebSocket' },
      ],
    },
    way: {
      type: 'choice',
      label: 'On the path',
      default: 'direct',
      choices: [
        { value: 'direct', label: 'nothing' },
        { value: 'shared-cache', label: 'a shared cache' },
      ],
      help: 'For the badge only.',
    },
  },
  challenges: [
    {
      id: 'five-doors',
      title: 'Five doors',
      goals: [
        {
          id: 'browser',
          words: 'the badge is asked for by your address bar and by an image',
          all: [destination('document'), destination('image')],
        },
        {
          id: 'tools',
          words: 'and by curl, a health check and a crawler',
          all: [tool('curl'), tool('kube-probe'), tool('demo-crawler')],
        },
        {
          id: 'hit',
          words: 'and a shared cache answers one of them by itself',
          all: [
            {
              exists: {
                where: {
                  kind: 'http.res.head',
                  hop: 0,
                  'data.requestTarget': { includes: '/readers/badge' },
                  // RFC 9111 §5.1: only a stored response has one.
                  'data.fields.age': { present: true },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'All five buttons, for the badge.',
        'A cache can answer the second who asks by the same way.',
        'Set On the path to a shared cache before you press them.',
      ],
    },
  ],
});
