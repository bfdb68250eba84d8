import { defineDemo } from '#demo/definition.ts';

const frame = { kind: 'ws.frame' } as const;
const dataFrameUp = {
  ...frame,
  sender: 'BROWSER',
  direction: 'up',
  'data.opcode': { atLeast: 0, atMost: 2 },
} as const;
const closeFrame = { ...frame, 'data.opcode': 8 } as const;

export default defineDemo({
  id: 'echo',
  title: 'Echo',
  summary:
    'Your browser opens a WebSocket, sends what you type as a message, and gets the same bytes back.',
  lifelines: { server: 'server program' },
  parameters: {
    message: { type: 'text', label: 'Message', default: 'Hello', maxLength: 2000 },
    size: {
      type: 'number',
      label: 'Fill up to',
      unit: 'bytes',
      default: 0,
      min: 0,
      max: 1_048_577,
      step: 1,
      help: '0 sends it as typed. The server takes at most 1,048,576.',
    },
    as: {
      type: 'choice',
      label: 'Send it as',
      default: 'text',
      choices: [
        { value: 'text', label: 'text' },
        { value: 'binary', label: 'binary' },
      ],
    },
    echo: {
      type: 'choice',
      label: 'Echo it',
      default: 'whole',
      choices: [
        { value: 'whole', label: 'whole, in one frame' },
        ...['2', '3', '4', '5', '6', '7', '8'].map((value) => ({
          value,
          label: `in ${value} fragments`,
        })),
      ],
      help: 'A browser can’t be asked to fragment a message; the server can. Changing this reconnects.',
    },
    closer: {
      type: 'choice',
      label: 'Closed by',
      default: 'page',
      choices: [
        { value: 'page', label: 'your script' },
        { value: 'server', label: 'the server' },
      ],
    },
    code: {
      type: 'number',
      label: 'Close code',
      default: 4001,
      min: 1000,
      max: 4999,
      step: 1,
      help: 'A script may only say 1000 or 3000–4999. Try 1001 and see who objects.',
    },
    reason: { type: 'text', label: 'Close reason', default: 'bye', maxLength: 123 },
  },
  challenges: [
    {
      id: 'header-hunter',
      title: 'Header hunter',
      goals: [6, 8, 14].map((length) => ({
        id: `header-${length}`,
        words: `send a frame whose header takes exactly ${length} bytes`,
        all: [{ exists: { where: { ...dataFrameUp, 'data.headerLength': length } } }],
      })),
      hints: [
        'Two bytes and a masking key are always there. What else can a header hold?',
        'The length has 7 bits. What happens to a message that needs more of them?',
        'Fill up to 125, then 126, then 65,536 bytes, and compare the headers.',
      ],
    },
    {
      id: 'two-ways-to-end',
      title: 'Two ways to end',
      goals: [
        {
          id: 'too-big',
          words: 'make the server close with 1009, “message too big”',
          all: [{ exists: { where: { ...closeFrame, sender: 'SERVER', 'data.closeCode': 1009 } } }],
        },
        {
          id: 'clean-4001',
          words: 'end a connection cleanly with 4001: a close frame each way',
          all: [
            { exists: { where: { ...closeFrame, sender: 'BROWSER', 'data.closeCode': 4001 } } },
            { exists: { where: { ...closeFrame, sender: 'SERVER', 'data.closeCode': 4001 } } },
          ],
        },
      ],
      hints: [
        'The server takes messages of up to 1 MiB, and says so in no header at all.',
        'One byte more than 1,048,576 is enough.',
        'For the other goal: close code 4001, then Close. It counts whichever side begins.',
      ],
    },
  ],
});
