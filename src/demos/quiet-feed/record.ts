import type { RecordingScript } from '#demo/recording.ts';

/** The same fifteen questions twice: the second time, what is not new has no content. */
export default {
  search: '?quiet-feed.asks=15',
  meets: ['cheap-silence/hardly-any-content'],
  maxLength: 110_000,
  steps: [
    { press: 'Ask' },
    { see: 'Over: 15 questions' },
    { check: 'wants it if it is newer' },
    { press: 'Ask' },
    { see: 'Asked 3 times' },
    { see: 'Over: 15 questions' },
  ],
} satisfies RecordingScript;
