import type { RecordingScript } from '#demo/recording.ts';

/** The same letters, asked for by the clock and listened to: old and hollow, then neither. */
export default {
  search: '?mailbox.seed=3',
  meets: [],
  steps: [
    { press: 'Start' },
    { see: 'empty' },
    { see: '25\u00a0%, n = 4' },
    { select: 'How to be told', option: 'listen: SSE' },
    { see: 'ms, n = 2' },
    { press: 'Drop a letter now' },
    { see: 'ms, n = 3' },
    { press: 'Stop' },
    { see: 'Stopped.' },
  ],
} satisfies RecordingScript;
