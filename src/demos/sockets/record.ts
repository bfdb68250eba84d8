import type { RecordingScript } from '#demo/recording.ts';

/** Ten in a row, ten at once, ten that are each the last on their connection. */
export default {
  meets: ['reuse/eight-on-one'],
  steps: [
    { press: 'Ask' },
    { see: '10 answers on 1 TCP connection.' },
    { check: 'all at once' },
    { press: 'Ask' },
    { see: 'all at once: 10 requests' },
    { see: '10 answers on 6 TCP' },
    { check: 'in a row, answered with Connection: close' },
    { press: 'Ask' },
    { see: '10 answers on 10 TCP connections.' },
  ],
} satisfies RecordingScript;
