import type { RecordingScript } from '#demo/recording.ts';

/** Ten requests by the browser over HTTP/1.1, and ten by the robot over HTTP/2. */
export default {
  meets: ['forty-bytes/browser-heavy', 'forty-bytes/robot-light'],
  steps: [
    { press: 'Ask over HTTP/1.1' },
    { see: 'Your browser asked 10 times' },
    { press: 'Send the robot over HTTP/2' },
    { see: 'the robot 10 times' },
  ],
} satisfies RecordingScript;
