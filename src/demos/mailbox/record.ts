import type { RecordingScript } from '#demo/recording.ts';

/** The same letters, asked for by the clock and listened to: old and hollow, then ten of neither. */
export default {
  search: '?mailbox.seed=3',
  meets: ['no-hollow-boxes/ten-letters'],
  steps: [
    { press: 'Start' },
    { see: 'empty' },
    { see: '25\u00a0%, n = 4' },
    { select: 'How to be told', option: 'listen: SSE' },
    { see: 'ms, n = 2' },
    // With those that drop by themselves: ten.
    { press: 'Drop a letter now' },
    { press: 'Drop a letter now' },
    { press: 'Drop a letter now' },
    { press: 'Drop a letter now' },
    { press: 'Drop a letter now' },
    { press: 'Drop a letter now' },
    { press: 'Drop a letter now' },
    { press: 'Drop a letter now' },
    { see: 'another way' },
    { press: 'Stop' },
  ],
} satisfies RecordingScript;
