import type { RecordingScript } from '#demo/recording.ts';

/** Five jumps that tie, then five that do not. */
export default {
  meets: ['break-the-tie/twice-as-late'],
  maxLength: 90_000,
  steps: [
    { press: 'Jump five times' },
    { see: 'Landed: POST' },
    { check: 'Keep six connections busy meanwhile' },
    { press: 'Jump five times' },
    { see: 'with six connections busy' },
  ],
} satisfies RecordingScript;
