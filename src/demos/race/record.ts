import type { RecordingScript } from '#demo/recording.ts';

/** Long polling at its worst: every event falls between two of its questions. */
export default {
  search: '?race.delayMs=200&race.events=30',
  meets: ['long-polling-loses/much-later'],
  // Six lanes on two hops: fewer events would leave the means to chance.
  maxLength: 220_000,
  steps: [{ press: 'Start' }, { see: 'The race is over' }],
} satisfies RecordingScript;
