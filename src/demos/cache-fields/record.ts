import type { RecordingScript } from '#demo/recording.ts';

/** A response loaded, taken from the cache while fresh, found stale, confirmed by a 304, replaced. */
export default {
  search: '?cache-fields.maxAge=3',
  steps: [
    { press: 'Load' },
    { press: 'Load again' },
    { see: '0 bytes, from the cache' },
    { see: 'Stale: it has to ask' },
    { press: 'Load again' },
    { see: ', 304' },
    { press: 'Change the resource' },
    { press: 'Load again' },
    { see: '0 bytes, from the cache' },
    { see: 'Stale: it has to ask' },
    { press: 'Load again' },
    { see: 'ersion 2' },
  ],
} satisfies RecordingScript;
