import type { RecordingScript } from '#demo/recording.ts';

/** Ada is cut off while Ben speaks, and gets what she missed when she is back. */
export default {
  search: '?chat.by=events',
  meets: ['nothing-missed/said-meanwhile', 'nothing-missed/came-later'],
  steps: [
    { press: 'Open the chat' },
    { fill: 'Ada says', with: 'Shall we meet?' },
    { press: 'Send as Ada' },
    { see: 'Shall we meet?' },
    { press: 'Offline for 5 s (Ada)' },
    { see: 'offline' },
    { fill: 'Ben says', with: 'At nine.' },
    { press: 'Send as Ben' },
    { see: 'replayed' },
  ],
} satisfies RecordingScript;
