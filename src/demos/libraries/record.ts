import type { RecordingScript } from '#demo/recording.ts';

/** Socket.IO behind the box that accepts and then drops: as it comes, then with the WebSocket first. */
export default {
  search: '?libraries.path=accept-then-drop',
  meets: ['where-it-does-not/helps', 'where-it-does-not/does-not'],
  steps: [
    { press: 'Connect' },
    { see: 'accept-then-drop: polling, after' },
    { check: 'Socket.IO, WebSocket first, tryAllTransports' },
    { press: 'Connect' },
    { see: 'accept-then-drop: no: timeout' },
  ],
} satisfies RecordingScript;
