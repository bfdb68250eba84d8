import type { Condition } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

const conditional = {
  kind: 'http.req.head',
  sender: 'BROWSER',
  'data.fields.if-none-match': { present: true },
} as const;
const load = { kind: 'app', 'data.name': 'load' } as const;
const switchedOff = { kind: 'app', 'data.name': 'settings', 'data.down': true } as const;
/** On the far side of the shared cache, where its program is the one that asks. */
const failure = { kind: 'http.res.head', hop: 1, 'data.statusCode': 503 } as const;
const inItsPlace: readonly Condition[] = [
  { exists: { as: 'failure', where: failure } },
  {
    exists: {
      as: 'decision',
      where: {
        kind: 'box',
        'data.name': 'cache-decision',
        'data.outcome': 'stale',
        'data.rule': 'STALE_IF_ERROR',
      },
    },
  },
  { before: ['failure', 'decision'] },
];

export default defineDemo({
  id: 'cache-fields',
  title: 'Cache fields',
  summary:
    'You compose the header fields of a resource; your browser’s own cache decides what to send, if anything.',
  lifelines: { server: 'server program' },
  parameters: {
    freshness: {
      type: 'choice',
      label: 'Cache-Control',
      default: 'max-age',
      choices: [
        { value: 'max-age', label: 'max-age' },
        { value: 's-maxage', label: 'max-age=0, s-maxage' },
        { value: 'swr', label: 'max-age, stale-while-revalidate=60' },
        { value: 'sie', label: 'max-age, stale-if-error=60' },
        { value: 'no-cache', label: 'no-cache' },
        { value: 'no-store', label: 'no-store' },
        { value: 'none', label: 'none' },
      ],
    },
    maxAge: {
      type: 'number',
      label: 'Lifetime',
      unit: 'seconds',
      default: 5,
      min: 3,
      max: 600,
      step: 1,
      help: 'From 3 on: with 1, a browser asked again at once, perhaps since HTTP’s dates have whole seconds.',
    },
    etag: { type: 'flag', label: 'ETag: a name for this version', default: true },
    lastModified: {
      type: 'choice',
      label: 'Last-Modified',
      default: 'none',
      choices: [
        { value: 'none', label: 'none' },
        { value: 'ten-days-ago', label: 'ten days ago' },
        { value: 'now', label: 'now' },
      ],
    },
    vary: {
      type: 'choice',
      label: 'Vary',
      default: '',
      choices: [
        { value: '', label: 'none' },
        { value: 'accept-language', label: 'Accept-Language' },
        { value: '*', label: '*' },
      ],
    },
    path: {
      type: 'choice',
      label: 'Path',
      default: 'direct',
      choices: [
        { value: 'direct', label: 'straight to the origin' },
        { value: 'shared-cache', label: 'through a shared cache' },
      ],
    },
    down: { type: 'flag', label: 'The origin is down: it answers 503', default: false },
  },
  challenges: [
    {
      id: '304-from-the-origin',
      title: '304 from the origin',
      goals: [
        {
          id: 'asks-if-changed',
          words: 'your browser asks for it “unless it is still this version”: If-None-Match',
          all: [{ exists: { as: 'question', where: conditional } }],
        },
        {
          id: 'not-modified',
          words: 'and the origin answers 304 with no body',
          all: [
            { exists: { as: 'question', where: conditional } },
            {
              exists: {
                as: 'answer',
                where: {
                  kind: 'http.res.head',
                  // A 304 of the shared cache is not the origin's.
                  sender: 'SERVER',
                  'data.statusCode': 304,
                  answers: { sameAs: 'question.number' },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'Which response field gives a version a name?',
        'The copy has to be stored, and not to be used without asking.',
        'ETag on, Cache-Control: no-cache, then Load and Load again.',
      ],
    },
    {
      id: 'zero-bytes',
      title: 'Zero bytes',
      goals: [
        {
          id: 'first-load',
          words: 'load it once over the wire',
          all: [{ exists: { where: { ...load, 'data.fromCache': false } } }],
        },
        {
          id: 'free-load',
          words: 'load it again with nothing on the wire in between',
          all: [
            {
              sequence: [
                { where: { ...load, 'data.fromCache': false } },
                { where: { ...load, 'data.fromCache': true } },
              ],
            },
          ],
        },
      ],
      hints: [
        'Your browser may answer for the server as long as the stored answer is fresh.',
        'max-age says for how many seconds that is.',
        'Load, and load again before the freshness clock is at zero.',
      ],
    },
    {
      id: 'nobody-asked-for-this',
      title: 'Nobody asked for this',
      goals: [
        {
          id: 'heuristic-hit',
          words: 'get a hit from the cache although the server never said how long it may be kept',
          all: [
            {
              exists: { where: { ...load, 'data.fromCache': true, 'data.freshness': 'heuristic' } },
            },
          ],
        },
      ],
      hints: [
        'A cache may guess (RFC 9111 §4.2.2). What would it guess from?',
        'Something that has not changed for long will not change soon.',
        'Cache-Control none, ETag off, Last-Modified ten days ago; “Reload past the cache”, then “Load again”.',
      ],
    },
    {
      id: 'nobody-noticed',
      title: 'The origin is down and nobody noticed',
      goals: [
        {
          id: 'origin-failed',
          words: 'the origin answers 503',
          all: [{ exists: { where: failure } }],
        },
        {
          id: 'stale-if-error',
          words: 'the shared cache answers in its place, with what is stale',
          all: inItsPlace,
        },
        {
          id: 'two-hundred',
          words: 'and the page is told 200',
          all: [
            ...inItsPlace,
            // Both are the page's: its clock and the server's agree to a few milliseconds only.
            { exists: { as: 'off', where: switchedOff } },
            { exists: { as: 'load', where: { ...load, 'data.statusCode': 200 } } },
            { before: ['off', 'load'] },
          ],
        },
      ],
      hints: [
        'Something on the path has to hold an answer when the origin has none.',
        'A stale response may go out only if somebody allows it. Which directive speaks of errors?',
        'Path through a shared cache, Cache-Control max-age with stale-if-error, Load; when it is stale, switch the origin off and Load again.',
      ],
    },
  ],
});
