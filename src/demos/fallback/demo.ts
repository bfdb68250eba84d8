import type { Goal } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';

const allSixteen = (id: string, path: string, words: string): Goal => ({
  id,
  words,
  all: [
    {
      exists: {
        where: {
          kind: 'app',
          'data.name': 'done',
          'data.path': path,
          'data.received': 16,
          'data.lost': 0,
          'data.doubled': 0,
        },
      },
    },
  ],
});

const withinTwoSeconds = (id: string, path: string, words: string): Goal => ({
  id,
  words,
  all: [
    {
      exists: {
        where: {
          kind: 'app',
          'data.name': 'first-update',
          'data.path': path,
          'data.afterMs': { atMost: 1999 },
        },
      },
    },
  ],
});

/** A feed that began by polling and ended by WebSocket. */
const switched = {
  kind: 'app',
  'data.name': 'done',
  'data.path': 'slow;delayMs=300',
  'data.order': 'polling-first',
  'data.transport': 'WebSocket',
} as const;

export default defineDemo({
  id: 'fallback',
  title: 'Plan B',
  summary:
    'A server publishes 16 numbered updates. A client gets them by WebSocket, or by what survives on its path.',
  lifelines: { server: 'server program' },
  parameters: {
    path: {
      type: 'choice',
      label: 'Path',
      default: 'none',
      choices: [
        { value: 'none', label: 'no box' },
        { value: 'strip-upgrade', label: 'strip-upgrade: takes Upgrade out' },
        { value: 'refuse-upgrade', label: 'refuse-upgrade: answers it with 403' },
        { value: 'accept-then-drop', label: 'accept-then-drop: 101, then nothing' },
        { value: 'buffer', label: 'buffer: holds answers until their end' },
        { value: 'buffer+strip-upgrade', label: 'buffer + strip-upgrade: both' },
        { value: 'slow;delayMs=300', label: 'slow: 300 ms longer each way' },
      ],
    },
    order: {
      type: 'choice',
      label: 'Order',
      default: 'websocket-first',
      choices: [
        { value: 'websocket-first', label: 'WebSocket first, then the next' },
        { value: 'polling-first', label: 'Polling first, then upgrade' },
        { value: 'race', label: 'Race: all at once' },
      ],
    },
    timeoutMs: {
      type: 'number',
      label: 'Wait for the first message',
      unit: 'milliseconds',
      default: 2000,
      min: 200,
      max: 10_000,
      step: 100,
      help: 'So long each transport may take to say anything at all, before the next one is tried.',
    },
    resume: {
      type: 'flag',
      label: 'Resume after the last number',
      default: true,
      help: 'Off: whoever connects hears only what is published from then on.',
    },
    dropKnown: {
      type: 'flag',
      label: 'Drop what it has already',
      default: true,
      help: 'Off: an update that comes by two ways is shown twice.',
    },
  },
  challenges: [
    {
      id: 'all-sixteen',
      title: 'All sixteen',
      goals: [
        allSixteen('stripped', 'strip-upgrade', 'all 16, once each, where Upgrade is stripped'),
        allSixteen('dropped', 'accept-then-drop', 'all 16 where the 101 comes and then nothing'),
        allSixteen('last-resort', 'buffer+strip-upgrade', 'all 16 where streams are held back too'),
      ],
      hints: [
        'No transport survives everything. Choose a path and press Start.',
        'An update that was published while nobody listened is not gone if the client can ask for it.',
        'Leave “Resume after the last number” on, and run the three paths to their ends.',
      ],
    },
    {
      id: 'under-two-seconds-anywhere',
      title: 'Under two seconds, anywhere',
      goals: [
        withinTwoSeconds(
          'open-road',
          'none',
          'the first update in under 2 s with nothing on the path',
        ),
        withinTwoSeconds('refused', 'refuse-upgrade', '… behind the box that refuses the upgrade'),
        withinTwoSeconds('silent', 'accept-then-drop', '… behind the box that accepts, then drops'),
        withinTwoSeconds(
          'held-back',
          'buffer+strip-upgrade',
          '… and where streams are held back too',
        ),
      ],
      hints: [
        'A refusal is quick. What takes long is a box that says nothing.',
        'Who decides how long silence is? Look at the controls.',
        'Wait 1000 milliseconds for the first message, then run each path. Or change the order.',
      ],
    },
    {
      id: 'over-the-switch',
      title: 'Over the switch',
      goals: [
        {
          id: 'came-twice',
          words: 'on the slow path, an update comes by polling and by WebSocket',
          all: [
            {
              exists: {
                as: 'again',
                where: { kind: 'app', 'data.name': 'again' },
              },
            },
            { exists: { as: 'done', where: switched } },
            { before: ['again', 'done'] },
          ],
        },
        {
          id: 'whole',
          words: 'and the user has all 16, once each',
          all: [
            {
              exists: {
                where: { ...switched, 'data.received': 16, 'data.lost': 0, 'data.doubled': 0 },
              },
            },
          ],
        },
      ],
      hints: [
        'For a moment, two transports carry the same feed. A slow path makes that moment longer.',
        'Begin with polling and let the client upgrade.',
        'Path slow, Order polling first, both switches on, Start.',
      ],
    },
  ],
});
