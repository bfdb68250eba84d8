import type { RecordingScript } from '#demo/recording.ts';

/** A response loaded, taken from the cache while fresh, found stale, confirmed by a 304, replaced. */
export default {
  search: '?cache-fields.maxAge=3',
  meets: [
    '304-from-the-origin/asks-if-changed',
    '304-from-the-origin/not-modified',
    'zero-bytes/first-load',
    'zero-bytes/free-load',
  ],
  steps: [
    { press: 'Load' },
    { press: 'Load again' },
    { see: '0 bytes, from the cache' },
    { see: 'stale, it has to ask' },
    { press: 'Load again' },
    { see: ', 304' },
    { press: 'Change the resource' },
    { press: 'Load again' },
    { see: '0 bytes, from the cache' },
    { see: 'stale, it has to ask' },
    { press: 'Load again' },
    { see: 'ersion 2' },
  ],
} satisfies RecordingScript;
