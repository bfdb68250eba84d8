import type { RecordingScript } from '#demo/recording.ts';

/** The same short talk over a WebSocket and by SSE and POST, 100 ms away each way. */
export default {
  search: '?talk-over.numbers=15&talk-over.delayMs=100',
  meets: ['crossing-swords/crossed', 'crossing-swords/one-connection'],
  steps: [
    { press: 'Talk' },
    { see: 'on one connection' },
    { check: 'SSE + POST' },
    { fill: 'Numbers of the page', with: '5' },
    { press: 'Talk' },
    { see: 'on different connections' },
  ],
} satisfies RecordingScript;
