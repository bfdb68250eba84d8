import type { RecordingScript } from '#demo/recording.ts';

/** All eight, one after another. */
export default {
  meets: ['same-face/three-causes', 'same-face/one-symptom'],
  steps: [
    { press: 'Connect' },
    { see: 'On the wire 1 thing; to the page 1 face.' },
    ...[
      '200 with the right accept value',
      '301 to an address that works',
      '101 without Connection',
      '101 with a subprotocol that was not offered',
      '101 with an extension that was not offered',
      '403: this origin may not',
      'wss:// to a port without TLS',
    ].flatMap((option, index) => [
      { select: 'The answer', option },
      { press: 'Connect' },
      { see: `On the wire ${index + 2} things; to the page 1 face.` },
    ]),
  ],
} satisfies RecordingScript;
