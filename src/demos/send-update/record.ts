import type { RecordingScript } from '#demo/recording.ts';

/** UPDATE to all three, then a lower-case patch and put. */
export default {
  meets: ['rejected-before-hello/four-hundred', 'rejected-before-hello/nobody-called'],
  steps: [
    { press: 'Send' },
    { see: 'UPDATE: 501, by the server’s program.' },
    { check: 'Node: one handler for everything' },
    { press: 'Send' },
    { see: 'UPDATE: 400, by the parser.' },
    { check: 'router: has a route for UPDATE' },
    { press: 'Send' },
    { select: 'Method', option: 'patch, in lower case' },
    { press: 'Send' },
    { see: 'patch: 400, by the parser.' },
    { select: 'Method', option: 'put, in lower case' },
    { press: 'Send' },
    { see: 'PUT: 200. The handler was called.' },
  ],
} satisfies RecordingScript;
