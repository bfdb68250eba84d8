import type { RecordingScript } from '#demo/recording.ts';

/** The same score for twenty: straight from the origin, then through a cache; then one event for all. */
export default {
  search: '?stadium.readers=20&stadium.lifetime=10',
  meets: ['one-wakes-all/told', 'one-wakes-all/one-response'],
  steps: [
    { press: 'Let them read' },
    { see: '20 readers served; 20 responses of the origin.' },
    { select: 'How they learn of it', option: 'long poll through a shared cache' },
    { press: 'Let them read' },
    { see: '20 readers served; 1 response of the origin.' },
  ],
} satisfies RecordingScript;
