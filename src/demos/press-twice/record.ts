import type { RecordingScript } from '#demo/recording.ts';

/** Each method once with a lost response and a retry; then POST with a key. */
export default {
  meets: ['safe-to-repeat/lost', 'safe-to-repeat/once'],
  steps: [
    { press: 'Press' },
    { see: 'The server did it twice: 120.' },
    { check: 'PUT the balance to 110' },
    { press: 'Press' },
    { see: 'answered with 200. The server did it twice: 110.' },
    { check: 'PATCH the balance by +10' },
    { press: 'Press' },
    { see: 'answered with 200. The server did it twice: 120.' },
    { check: 'DELETE a hold of 10' },
    { press: 'Press' },
    { see: 'answered with 404. The server did it once: 110.' },
    { check: 'POST a deposit of 10' },
    { check: 'Send an Idempotency-Key' },
    { press: 'Press' },
    { see: 'answered with 201. The server did it once: 110.' },
  ],
} satisfies RecordingScript;
