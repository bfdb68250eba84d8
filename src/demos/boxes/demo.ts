import { BoxNames } from '#demo/box-names.ts';
import { defineDemo } from '#demo/definition.ts';

const boxes = BoxNames.map((box) => ({ value: box, label: box }));

const line = (label: string) => ({ type: 'flag', label, default: false }) as const;

/** One for each of `nginxLines`. */
const nginxParameters = {
  version: line('proxy_http_version 1.1'),
  upgrade: line('Upgrade, set again'),
  connection: line('Connection, set again'),
  timeout: line('proxy_read_timeout 90s'),
};

export default defineDemo({
  id: 'boxes',
  title: 'The box in the middle',
  summary:
    'A real proxy that misbehaves, on the path of a WebSocket, an event stream, a fetch or a poll; both its sides are captured.',
  lifelines: { server: 'server program' },
  parameters: {
    view: {
      type: 'choice',
      label: 'What to do',
      default: 'one',
      choices: [
        { value: 'one', label: 'put one on the path' },
        { value: 'name', label: 'name the hidden one' },
        { value: 'all', label: 'try them all' },
        { value: 'nginx', label: 'repair an nginx' },
      ],
    },
    box: {
      type: 'choice',
      label: 'Box',
      default: 'strip-upgrade',
      choices: [{ value: 'none', label: 'none' }, ...boxes],
    },
    behind: {
      type: 'choice',
      label: 'Behind it',
      default: 'none',
      choices: [{ value: 'none', label: 'nothing more' }, ...boxes],
    },
    transport: {
      type: 'choice',
      label: 'Get updates by',
      default: 'WebSocket',
      choices: [
        { value: 'WebSocket', label: 'WebSocket' },
        { value: 'EventSource', label: 'event stream (SSE)' },
        { value: 'fetch stream', label: 'fetch, read as it comes' },
        { value: 'long poll', label: 'long poll' },
        { value: 'short poll', label: 'short poll, each 500 ms' },
      ],
    },
    ...nginxParameters,
  },
  challenges: [
    {
      id: 'one-that-gets-through',
      title: 'One that gets through',
      goals: [
        {
          id: 'five-in-time',
          words: 'five updates behind the box buffer, each within a second',
          all: [
            {
              exists: {
                where: {
                  kind: 'http.req.head',
                  hop: 0,
                  'data.requestTarget': { includes: '/via/buffer/' },
                },
              },
            },
            {
              count: {
                where: {
                  kind: 'app',
                  'data.name': 'update',
                  'data.path': 'buffer',
                  'data.afterMs': { atMost: 1000 },
                },
                atLeast: 5,
              },
            },
          ],
        },
      ],
      hints: [
        'The box holds a response until its end. Which of the five have no response that stays open?',
        'A long poll’s answer ends with each update. A WebSocket has no response after its 101.',
        'Set Box to buffer and Get updates by to WebSocket, and press Start.',
      ],
    },
    {
      id: 'name-that-box',
      title: 'Name that box',
      goals: [
        {
          id: 'one',
          words: 'a hidden box named after at most four probes',
          all: [
            { exists: { where: { kind: 'server', 'data.name': 'named', 'data.right': true } } },
            {
              exists: {
                where: {
                  kind: 'app',
                  'data.name': 'named',
                  'data.right': true,
                  'data.probes': { atMost: 4 },
                },
              },
            },
          ],
        },
        {
          id: 'three',
          words: 'three different ones, each after at most four probes',
          all: [
            {
              distinct: {
                path: 'data.box',
                where: {
                  kind: 'app',
                  'data.name': 'named',
                  'data.right': true,
                  'data.probes': { atMost: 4 },
                },
                atLeast: 3,
              },
            },
          ],
        },
      ],
      hints: [
        'Begin with the WebSocket, and look at the wire: the page knows less than the status line.',
        'A 200 with a Via field came from further away than one without. Which page is it, and which version did the server see?',
        'WebSocket first. If it delivers everything, the event stream; then the plain GET. No box here needs more.',
      ],
    },
  ],
});
