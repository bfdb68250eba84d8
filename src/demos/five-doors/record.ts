import type { RecordingScript } from '#demo/recording.ts';

/** All five through a shared cache; then the same at a WebSocket's address. */
export default {
  search: '?five-doors.way=shared-cache',
  meets: ['five-doors/browser', 'five-doors/tools', 'five-doors/hit'],
  steps: [
    { press: 'Open in a new tab' },
    { see: 'address bar asked for the badge: 200' },
    { press: 'Show as an image' },
    { see: '<img> asked for the badge' },
    { press: 'Send curl’s request' },
    { see: 'curl asked for the badge: 200' },
    { press: 'Check its health' },
    { see: 'health check asked for the badge: 200' },
    { press: 'Let a crawler in' },
    { see: 'crawler asked for the badge: 200' },
    { check: 'the WebSocket' },
    { press: 'Send curl’s request' },
    { see: 'curl asked for the WebSocket: 426.' },
    { press: 'curl that asks for Upgrade' },
    { see: 'curl asked for the WebSocket: 400.' },
    { press: 'new WebSocket()' },
    { see: 'new WebSocket() asked for the WebSocket: 101.' },
  ],
} satisfies RecordingScript;
