import type { RecordingScript } from '#demo/recording.ts';

/** Three logs of three nights: in two the cause is found, in one there is nothing to find. */
export default {
  meets: ['night-shift/requests', 'night-shift/sockets', 'night-shift/messages'],
  steps: [
    { select: 'Outcome', option: 'failed' },
    { select: 'What is wrong?', option: 'orders in EUR' },
    { press: 'Name it' },
    { see: 'Right: orders in EUR. It took 1 click.' },
    { check: 'the access log of WebSockets' },
    { select: 'What is wrong?', option: 'this log does not say' },
    { press: 'Name it' },
    { see: 'Right: this log does not say.' },
    { check: 'the log of their messages' },
    { select: 'Outcome', option: 'failed' },
    { select: 'What is wrong?', option: 'server D' },
    { press: 'Name it' },
    { see: 'Right: server D. It took 1 click.' },
  ],
} satisfies RecordingScript;
