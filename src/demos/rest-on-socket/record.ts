import type { RecordingScript } from '#demo/recording.ts';

/** The tasks with nothing agreed on, with everything, and by HTTP. */
export default {
  meets: ['a-412-of-your-own/refused', 'a-412-of-your-own/told', 'a-412-of-your-own/http'],
  steps: [
    { press: 'Run the tasks' },
    { see: 'Over the WebSocket, 0 of 8 tasks work, with 0 invented.' },
    { check: 'A word for what to do' },
    { check: 'Ids that tie answers to questions' },
    { check: 'Codes for how it went' },
    { check: 'A form for errors' },
    { check: 'Versions, to write only if' },
    { check: 'Rules for keeping an answer' },
    { check: 'A choice of formats' },
    { check: 'A name for the log' },
    { press: 'Run the tasks' },
    { see: 'Over the WebSocket, 8 of 8 tasks work, with 8 invented.' },
    { check: 'HTTP' },
    { press: 'Run the tasks' },
    { see: 'By HTTP, 8 of 8 tasks work. Nothing was invented.' },
  ],
} satisfies RecordingScript;
