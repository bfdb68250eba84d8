import type { RecordingScript } from '#demo/recording.ts';

/** `Hello` by the robot over HTTP/2; no 101 in the whole recording. */
export default {
  meets: ['101-is-optional/hello-both-ways'],
  steps: [
    { press: 'Send the robot over HTTP/2' },
    { see: 'In this capture: 2 messages, and the answer 101 never.' },
  ],
} satisfies RecordingScript;
