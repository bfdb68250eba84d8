import type { RecordingScript } from '#demo/recording.ts';

/** One round from each state that can be measured. */
export default {
  meets: ['http-wins/before-the-handshake'],
  steps: [
    { press: 'Ask both ways' },
    { see: 'The event came by fetch' },
    { check: 'an idle HTTP/1.1 connection' },
    { press: 'Ask both ways' },
    { see: 'The event came by fetch' },
    { check: 'an HTTP/2 connection (robot)' },
    { press: 'Ask both ways' },
    { see: 'The event came by fetch' },
  ],
} satisfies RecordingScript;
