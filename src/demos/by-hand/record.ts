import type { RecordingScript } from '#demo/recording.ts';

/** A wrong value, which the browser refuses, and then the right one for its next key. */
export default {
  meets: ['exact-change/accepted'],
  steps: [
    { press: 'Connect' },
    { see: 'CONNECTING' },
    { fill: 'Sec-WebSocket-Accept', with: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=' },
    { press: 'Answer' },
    { see: 'CLOSED, 1006: your browser has refused the answer.' },
    { press: 'Connect' },
    { see: 'CONNECTING' },
    {
      fill: 'Text to hash',
      copy: 'The browser’s key',
      then: '258EAFA5-E914-47DA-95CA-C5AB0DC85B11',
    },
    { fill: 'Sec-WebSocket-Accept', copy: 'The same in base64' },
    { press: 'Answer' },
    { see: 'OPEN: your browser has accepted your value.' },
  ],
} satisfies RecordingScript;
