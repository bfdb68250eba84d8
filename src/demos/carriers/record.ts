import type { RecordingScript } from '#demo/recording.ts';

/** All five with the cookie for their addresses, and once more with it at another path. */
export default {
  meets: ['with-and-without/with', 'with-and-without/without'],
  steps: [
    { press: 'Send all five' },
    { see: 'Of 5 requests, 4 carried the cookie' },
    { check: 'for another path' },
    { press: 'Send all five' },
    { see: 'Of 5 requests, 0 carried the cookie' },
  ],
} satisfies RecordingScript;
