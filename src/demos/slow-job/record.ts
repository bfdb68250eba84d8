import type { RecordingScript } from '#demo/recording.ts';

/** A cake by each of the four ways, and one that a proxy had no patience for. */
export default {
  search: '?slow-job.bakesMs=2500',
  meets: [
    'told-not-asked/accepted',
    'told-not-asked/told',
    'gone-and-baked/no-answer',
    'gone-and-baked/baked',
  ],
  steps: [
    { press: 'Order a cake' },
    { see: 'Baked, and your script knows: 1 request.' },
    { check: 'a proxy that gives a request 2 s' },
    { press: 'Order a cake' },
    { see: 'The answer: 504. The cake is baked, and your script was not told.' },
    { check: '202, then asking again' },
    { press: 'Order a cake' },
    { see: 'Baked, and your script knows:' },
    { check: '202, then an event stream' },
    { check: 'nothing' },
    { press: 'Order a cake' },
    { see: 'Baked, and your script knows: 2 requests.' },
    { check: '202, then a WebSocket' },
    { press: 'Order a cake' },
    { see: 'Accepted with 202. The cake is not baked yet.' },
    { see: 'Baked, and your script knows: 2 requests.' },
  ],
} satisfies RecordingScript;
