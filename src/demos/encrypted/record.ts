import type { RecordingScript } from '#demo/recording.ts';

/** The stripper in the clear and inside TLS, then the box that holds responses, inside TLS. */
export default {
  meets: ['past-the-box/stripped', 'past-the-box/opened', 'past-the-box/not-held'],
  steps: [
    { press: 'Send the robot' },
    { see: 'strip-upgrade, in the clear: 200, 0 of 5.' },
    { check: 'Inside TLS' },
    { press: 'Send the robot' },
    { see: 'strip-upgrade, inside TLSv1.3: 101, 5 of 5.' },
    { check: 'buffer' },
    { check: 'an event stream' },
    { press: 'Send the robot' },
    { see: 'buffer, inside TLSv1.3: 200, 5 of 5.' },
  ],
} satisfies RecordingScript;
