import type { RecordingScript } from '#demo/recording.ts';

/** The snapshot whole, and once more; then by a push and a GET, three times, and once more. */
export default {
  meets: ['best-of-both/in-time', 'best-of-both/for-nothing'],
  steps: [
    { press: 'Connect' },
    { see: 'Connected. Change the snapshot.' },
    { press: 'Change it' },
    { see: 'Version 2 seen:' },
    { press: 'Look again' },
    { see: 'Version 2 looked at again:' },
    { press: 'Disconnect' },
    { check: 'its address; a GET fetches it, with max-age' },
    { press: 'Connect' },
    { press: 'Change it' },
    { see: 'Version 3 seen:' },
    { press: 'Change it' },
    { see: 'Version 4 seen:' },
    { press: 'Change it' },
    { see: 'Version 5 seen:' },
    { press: 'Look again' },
    { see: 'Version 5 looked at again: nothing on the wire.' },
  ],
} satisfies RecordingScript;
