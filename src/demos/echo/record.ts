import type { RecordingScript } from '#demo/recording.ts';

/** A connection from its handshake to its close: a short message, one with a longer header, a ping. */
export default {
  meets: ['header-hunter/header-6', 'header-hunter/header-8', 'two-ways-to-end/clean-4001'],
  steps: [
    { press: 'Connect' },
    { press: 'Ping from the server' },
    { see: 'pong' },
    { press: 'Send' },
    { see: '“Hello”' },
    { fill: 'Fill up to', with: '126' },
    { press: 'Send' },
    { see: '“HelloHello' },
    { fill: 'Fill up to', with: '0' },
    { unfold: 'How it ends' },
    { press: 'Close' },
    { see: '4001' },
  ],
} satisfies RecordingScript;
