import type { RecordingScript } from '#demo/recording.ts';

/** Ben's save is refused; he loads again, and both changes are in. */
export default {
  search: '?two-editors.ifMatch=on',
  meets: ['stop-the-overwrite/refused', 'stop-the-overwrite/nothing-lost'],
  steps: [
    { press: 'Anna loads' },
    { see: 'Anna has version "v1"' },
    { press: 'Ben loads' },
    { see: 'Ben has version "v1"' },
    { press: 'Anna adds milk' },
    { press: 'Anna saves' },
    { see: 'The list: Tea, milk. Nothing is lost.' },
    { press: 'Ben adds bread' },
    { press: 'Ben saves' },
    { see: 'Ben: 412, not saved.' },
    { press: 'Ben loads' },
    { see: 'Ben has version "v2"' },
    { press: 'Ben adds bread' },
    { press: 'Ben saves' },
    { see: 'The list: Tea, milk, bread. Nothing is lost.' },
  ],
} satisfies RecordingScript;
