import type { RecordingScript } from '#demo/recording.ts';

/** A wrong value, which the browser refuses. A right one needs its key, which no script knows. */
export default {
  meets: [],
  steps: [
    { press: 'Connect' },
    { see: 'CONNECTING' },
    { fill: 'Sec-WebSocket-Accept', with: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' },
    { press: 'Answer' },
    { see: 'CLOSED, 1006: your browser has refused the answer.' },
  ],
} satisfies RecordingScript;
