import type { RecordingScript } from '#demo/recording.ts';

/** A handshake that lost its Upgrade, then the box that holds responses and leaves a WebSocket alone. */
export default {
  search: '?boxes.box=strip-upgrade',
  meets: ['one-that-gets-through/five-in-time'],
  steps: [
    { press: 'Start' },
    { see: '3 × close event' },
    { press: 'Stop' },
    { select: 'Box', option: 'buffer' },
    { press: 'Start' },
    { see: '16 of 16 by WebSocket' },
  ],
  files: [
    {
      name: 'recorded-matrix.json',
      search: '?boxes.view=all',
      steps: [{ press: 'Try all' }, { see: '95 of 95 cells' }],
      saveBy: 'Save as JSON',
    },
  ],
} satisfies RecordingScript;
