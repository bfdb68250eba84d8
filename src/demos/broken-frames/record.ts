import type { RecordingScript } from '#demo/recording.ts';

/** One rule of each kind broken, and the one on which the two readers differ. */
export default {
  meets: [
    'collect-the-codes/close-1000',
    'collect-the-codes/close-1002',
    'collect-the-codes/close-1007',
    'collect-the-codes/close-1009',
    'interrupt-yourself/pong-first',
    'two-readers/ws-takes-it',
  ],
  steps: [
    { press: 'Send the robot' },
    { see: 'close 1002' },
    { select: 'What the robot sends', option: 'text ff fe' },
    { press: 'Send the robot' },
    { see: 'close 1007' },
    { select: 'What the robot sends', option: '2,000 bytes of text' },
    { press: 'Send the robot' },
    { see: 'close 1009' },
    { select: 'What the robot sends', option: 'close 1000 “bye”' },
    { press: 'Send the robot' },
    { see: 'close 1000' },
    { select: 'What the robot sends', option: 'Hel + ping + lo' },
    { press: 'Send the robot' },
    { see: 'pong “p”, then text “Hello”' },
    { select: 'What the robot sends', option: 'a length of 5 in the 16-bit form' },
    { press: 'Send the robot' },
    { see: 'ws and RFC 6455 differ here.' },
  ],
} satisfies RecordingScript;
