import type { RecordingScript } from '#demo/recording.ts';

/** Three lines without a box, then behind one that cuts them every sixteen octets. */
export default {
  meets: ['broken-parser/naive-throws', 'broken-parser/lines-survive'],
  steps: [
    { press: 'Read' },
    { see: 'One piece is one JSON: 0 errors. By lines: 3 of 3 messages.' },
    { check: 'rechunk: makes chunks of its own' },
    { press: 'Read' },
    { see: '6 pieces. One piece is one JSON: 6 errors. By lines: 3 of 3 messages.' },
  ],
} satisfies RecordingScript;
