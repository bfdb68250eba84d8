import type { RecordingScript } from '#demo/recording.ts';

/** The same message in all three ways. Small, on a path as narrow: its octets are in the recording. */
export default {
  search: '?elephant.sizeKiB=16&elephant.rate=8&elephant.pieceKiB=1',
  meets: ['past-the-elephant/pong-meanwhile'],
  // 16 KiB three times on two hops, in base64.
  maxLength: 190_000,
  steps: [
    { press: 'Send' },
    { see: 'Over: the slowest pong took' },
    { check: 'in fragments' },
    { press: 'Send' },
    { see: 'The large message is on its way' },
    { see: 'Over: the slowest pong took' },
    { check: 'as many messages' },
    { press: 'Send' },
    { see: 'The large message is on its way' },
    { see: 'Over: the slowest pong took' },
  ],
} satisfies RecordingScript;
