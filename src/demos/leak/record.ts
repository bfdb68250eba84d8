import type { RecordingScript } from '#demo/recording.ts';

/** The leak, and then private. */
export default {
  meets: ['plug-it/leak', 'plug-it/plugged'],
  steps: [
    { press: 'Ask as Ada' },
    { see: 'Ada is greeted as Ada.' },
    { press: 'Ask as Bert' },
    { see: 'A leak: Bert is greeted as Ada.' },
    { select: 'The origin says', option: 'private' },
    { press: 'Ask as Ada' },
    { see: 'It came from the origin.' },
    { press: 'Ask as Bert' },
    { see: 'Bert is greeted as Bert.' },
  ],
} satisfies RecordingScript;
