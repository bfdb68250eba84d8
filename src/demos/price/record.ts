import type { RecordingScript } from '#demo/recording.ts';

/** Five bytes on each transport, then as many of fifty as the WebSocket's handshake needs. */
export default {
  search: '',
  meets: ['twenty-bytes/websocket'],
  steps: [
    { press: 'Send' },
    { see: 'long poll, HTTP/2: 1 message' },
    { select: 'Send by', option: 'WebSocket, down' },
    { fill: 'Payload', with: '50' },
    { fill: 'Messages', with: '40' },
    { press: 'Send' },
    { see: 'WebSocket, down: 40 messages' },
    { fill: 'Payload', with: '5' },
  ],
} satisfies RecordingScript;
