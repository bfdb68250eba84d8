import type { RecordingScript } from '#demo/recording.ts';

/** The browser asks, the robot asks in the browser's words, and then in as few as it can. */
export default {
  meets: ['smallest-polite-request/few-bytes'],
  steps: [
    { press: 'Ask with your browser' },
    { see: 'status 200' },
    { press: 'Take over its lines' },
    { press: 'Send the robot' },
    { see: 'The robot sent' },
    { fill: 'Field lines, yours to edit', with: '' },
    { press: 'Send the robot' },
    { see: 'The robot sent 7' },
  ],
} satisfies RecordingScript;
