import type { RecordingScript } from '#demo/recording.ts';

/** Two servers, four servers, and one of the old ones drained: half of the WebSockets move. */
export default {
  search: '?roulette.clients=8&roulette.rule=fewest-sockets&roulette.how=drain&roulette.resend=on',
  meets: ['rebalance/moved', 'rebalance/no-loss'],
  steps: [
    { press: 'Start' },
    { see: '8 WebSockets at 2 servers.' },
    { press: 'Send 12 requests' },
    { press: 'Scale to 4' },
    { see: 'C and D without any.' },
    { press: 'End A' },
    { see: '8 WebSockets at 3 servers.' },
    { press: 'Count' },
    { see: '50 % of 8 WebSockets are at new servers.' },
  ],
  // Every head is there twice: on both hops.
  maxLength: 180_000,
} satisfies RecordingScript;
