import type { RecordingScript } from '#demo/recording.ts';

/**
 * A response loaded, taken from the cache while fresh, found stale, confirmed by a 304, replaced; then
 * through a shared cache, which answers in the place of an origin that is down.
 */
export default {
  search: '?cache-fields.maxAge=3',
  meets: [
    '304-from-the-origin/asks-if-changed',
    '304-from-the-origin/not-modified',
    'zero-bytes/first-load',
    'zero-bytes/free-load',
    'nobody-noticed/origin-failed',
    'nobody-noticed/stale-if-error',
    'nobody-noticed/two-hundred',
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
    { check: 'through a shared cache' },
    { select: 'Cache-Control', option: 'sie' },
    { press: 'Load again' },
    { see: 'miss' },
    { see: 'stale, it has to ask' },
    { check: 'The origin is down: it answers 503' },
    { press: 'Load again' },
    { see: 'stale-if-error lets the stale response go out' },
  ],
} satisfies RecordingScript;
