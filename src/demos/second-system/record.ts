import type { RecordingScript } from '#demo/recording.ts';

/** The same number for all, which come back as a wave; then another for each. */
export default {
  search:
    '?second-system.share=20&second-system.shed=28&second-system.wait=60&second-system.spread=off',
  meets: ['both-stand/told', 'both-stand/both-hold', 'both-stand/most-served'],
  steps: [
    { press: 'Run the MODEL' },
    { see: 'Too much. The fallback tier:' },
    { check: 'Tell each another number, up to twice as long' },
    { press: 'Run the MODEL' },
    { see: 'Both tiers hold.' },
    { see: 'knocked at the fallback tier 2 times' },
  ],
} satisfies RecordingScript;
