import type { RecordingScript } from '#demo/recording.ts';

/** Behind the box that accepts the upgrade and then swallows everything. */
export default {
  search: '?fallback.path=accept-then-drop&fallback.timeoutMs=1000',
  meets: ['all-sixteen/dropped', 'under-two-seconds-anywhere/silent'],
  steps: [{ press: 'Start' }, { see: 'survived on this path' }],
} satisfies RecordingScript;
