import { defineDemo } from '#demo/definition.ts';
import { Libraries, Paths, pathWords } from './paths.ts';

const answered = (library: string, path: string) =>
  ({
    kind: 'app',
    'data.name': 'outcome',
    'data.library': library,
    'data.path': path,
  }) as const;

export default defineDemo({
  id: 'libraries',
  title: 'What a library does for you',
  summary:
    'Libraries that bring a fallback along, through the same boxes: what they speak first, what in the end, and how long it takes.',
  lifelines: { page: 'the library', server: 'its server' },
  parameters: {
    library: {
      type: 'choice',
      label: 'Library',
      default: 'socket.io',
      choices: Libraries.map(({ id, label }) => ({ value: id, label })),
    },
    path: {
      type: 'choice',
      label: 'Path',
      default: 'none',
      choices: Paths.map((path) => ({ value: path, label: pathWords(path) })),
    },
  },
  challenges: [
    {
      id: 'where-it-does-not',
      title: 'Where it does not help',
      goals: [
        {
          id: 'helps',
          words: 'Socket.IO as it comes, connected behind accept-then-drop, with its word echoed',
          all: [
            {
              exists: {
                where: { ...answered('socket.io', 'accept-then-drop'), 'data.echoed': true },
              },
            },
          ],
        },
        {
          id: 'does-not',
          words: 'the same library set to the WebSocket first, which never connects there',
          all: [
            {
              exists: {
                where: { ...answered('socket.io-all', 'accept-then-drop'), 'data.echoed': false },
              },
            },
          ],
        },
      ],
      hints: [
        'What does a client that tries the WebSocket first see behind that box?',
        'It goes on to the next transport when the first one fails. Does it fail?',
        'Path: accept-then-drop, once with each setting of Socket.IO.',
      ],
    },
  ],
});
