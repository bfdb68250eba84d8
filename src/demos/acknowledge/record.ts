import type { RecordingScript } from '#demo/recording.ts';

/** Five sends into a black hole; then five whose fifth answer is lost, and what retry makes of it. */
export default {
  search: '?acknowledge.path=black-hole',
  meets: ['no-news/nothing-wrong', 'no-news/swallowed', 'no-news/none-applied'],
  steps: [
    { press: 'Send' },
    { see: 'sent, no answer' },
    { select: 'Path', option: 'lost-answers' },
    { check: 'Ids: a name for every order' },
    { check: 'Acknowledgements: the server names the id it has done' },
    { check: 'Time-out: a second without an answer' },
    { check: 'Retry: send anew what has no answer' },
    { press: 'Send' },
    { see: '5 sent, 5 answered. The server: 6 made.' },
  ],
} satisfies RecordingScript;
