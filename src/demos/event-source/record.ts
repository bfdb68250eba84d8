import type { RecordingScript } from '#demo/recording.ts';

/** Seven streams; then a killed connection and a 503, which only the script gets over. */
export default {
  search: '?event-source.by=made-anew',
  meets: ['survive-the-deploy/refused', 'survive-the-deploy/back'],
  steps: [
    { press: 'Open seven streams' },
    { see: '6 open' },
    { press: 'Close the first' },
    { see: '7 open' },
    { press: 'Follow' },
    { see: '3 received' },
    { press: 'Kill the connection' },
    { see: 'Numbers again' },
    { press: 'Deploy: one 503' },
    { see: 'closed for good' },
    { see: 'The script tries again' },
    { see: '12 received' },
    { press: 'Stop' },
  ],
} satisfies RecordingScript;
