import type { RecordingScript } from '#demo/recording.ts';

/** Thirty ticks in five ways, then two times Hello. */
export default {
  search: '?compress.messages=30',
  meets: ['smaller-than-payload/fewer-bytes'],
  steps: [
    { press: 'Send' },
    { see: 'SSE, gzip and flush: 30 messages' },
    { check: 'Hello: 5 bytes' },
    { fill: 'Messages', with: '2' },
    { press: 'Send' },
    { see: 'SSE, gzip and flush: 2 messages' },
  ],
} satisfies RecordingScript;
