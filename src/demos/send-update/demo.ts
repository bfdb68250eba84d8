import type { Where } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

/** The response's row repeats the line of its request. */
const refused: Where = {
  kind: 'http.res.head',
  'data.statusCode': 400,
  'data.requestTarget': { includes: '/send-update/' },
};

export default defineDemo({
  id: 'send-update',
  title: 'Send UPDATE',
  summary:
    'One request with the method of your choice, to one of three servers. Which layer refuses it?',
  lifelines: { server: 'server program' },
  parameters: {
    server: {
      type: 'choice',
      label: 'Server',
      default: 'strict',
      choices: [
        { value: 'strict', label: 'strict: reads any token (robot)' },
        { value: 'node', label: 'Node: one handler for everything' },
        { value: 'router', label: 'router: has a route for UPDATE' },
      ],
    },
    method: {
      type: 'choice',
      label: 'Method',
      default: 'UPDATE',
      choices: [
        { value: 'GET', label: 'GET' },
        { value: 'PUT', label: 'PUT' },
        { value: 'put', label: 'put, in lower case' },
        { value: 'PATCH', label: 'PATCH' },
        { value: 'patch', label: 'patch, in lower case' },
        { value: 'UPDATE', label: 'UPDATE' },
      ],
    },
  },
  challenges: [
    {
      id: 'rejected-before-hello',
      title: 'Rejected before hello',
      goals: [
        {
          id: 'four-hundred',
          words: 'get a request to this demo answered with 400',
          all: [{ exists: { where: refused } }],
        },
        {
          id: 'nobody-called',
          words: 'and have no handler called for that method',
          all: [
            { exists: { as: 'answer', where: refused } },
            {
              none: {
                where: {
                  kind: 'server',
                  'data.name': 'handler-called',
                  'data.method': { sameAs: 'answer.data.method' },
                },
              },
            },
          ],
        },
      ],
      hints: [
        '404, 405 and 501 are answers of a program that has read your request. Who answers before it?',
        'A parser that has a list of methods refuses what is not on it.',
        'Server Node or router, Method UPDATE or patch in lower case, Send.',
      ],
    },
  ],
});
