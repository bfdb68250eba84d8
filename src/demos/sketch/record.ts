import type { RecordingScript } from '#demo/recording.ts';

/** The same circle over a WebSocket, and by SSE and POST with 100 ms each way. */
export default {
  meets: ['fewer-requests/batched'],
  steps: [
    { press: 'Open the board' },
    { press: 'Draw a circle (Ada)' },
    { see: '30 points in 31 messages' },
    { fill: 'One-way delay', with: '100' },
    { check: 'SSE + POST' },
    { press: 'Draw a circle (Ben)' },
    { see: 'Ben’s stroke' },
  ],
} satisfies RecordingScript;
