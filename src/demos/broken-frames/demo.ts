import type { Goal } from '#challenge/challenge.ts';
import { defineDemo } from '#demo/definition.ts';
import { presets } from './presets.ts';

const fromRobot = { kind: 'ws.frame', sender: 'ROBOT', direction: 'up' } as const;
const fromServer = { kind: 'ws.frame', sender: 'SERVER', direction: 'down' } as const;

const closes = (code: number, words: string): Goal => ({
  id: `close-${code}`,
  words,
  all: [
    { exists: { as: 'sent', where: fromRobot } },
    {
      exists: {
        where: {
          ...fromServer,
          'data.opcode': 8,
          'data.closeCode': code,
          connection: { sameAs: 'sent.connection' },
        },
      },
    },
  ],
});

export default defineDemo({
  id: 'broken-frames',
  title: 'Break it',
  summary:
    'Our raw TCP client sends frames that no browser would send, to a WebSocket server that takes messages of up to 1,024 bytes.',
  lifelines: { client: 'robot', server: 'server program (ws)' },
  parameters: {
    preset: {
      type: 'choice',
      label: 'What the robot sends',
      default: 'unmasked',
      choices: [
        ...presets.map(({ id, label }) => ({ value: id, label })),
        { value: 'own', label: 'frames of your own …' },
      ],
    },
    opcode: {
      type: 'choice',
      label: 'Opcode',
      default: '1',
      choices: [
        { value: '0', label: '0 continuation' },
        { value: '1', label: '1 text' },
        { value: '2', label: '2 binary' },
        { value: '3', label: '3 reserved' },
        { value: '8', label: '8 close' },
        { value: '9', label: '9 ping' },
        { value: '10', label: '10 pong' },
      ],
    },
    fin: { type: 'flag', label: 'FIN: ends its message', default: true },
    rsv1: { type: 'flag', label: 'RSV1', default: false },
    masking: {
      type: 'choice',
      label: 'Masking key',
      default: 'random',
      choices: [
        { value: 'random', label: 'random' },
        { value: 'predictable', label: '01 02 03 04' },
        { value: 'none', label: 'none' },
      ],
    },
    form: {
      type: 'choice',
      label: 'Length written in',
      default: 'shortest',
      choices: [
        { value: 'shortest', label: 'the shortest form' },
        { value: '16', label: '16 bits' },
        { value: '64', label: '64 bits' },
      ],
    },
    payload: { type: 'text', label: 'Payload', default: 'Hello', maxLength: 1500 },
    as: {
      type: 'choice',
      label: 'The payload is',
      default: 'text',
      choices: [
        { value: 'text', label: 'text' },
        { value: 'hex', label: 'hex' },
      ],
    },
    own: {
      type: 'text',
      label: 'Frames of your own, in hex, a space between two',
      default: '',
      maxLength: 4000,
    },
  },
  challenges: [
    {
      id: 'collect-the-codes',
      title: 'Collect the codes',
      goals: [
        closes(1000, 'end a connection cleanly, with 1000'),
        closes(1002, 'make the server close with 1002, protocol error'),
        closes(1007, '… with 1007, invalid payload data'),
        closes(1009, '… with 1009, message too big'),
      ],
      hints: [
        'A close frame is answered with a close frame. The other three are complaints.',
        '1007 is about text, 1009 about size. Nearly all other rules give 1002.',
        'Send “close 1000”, “Hello, unmasked”, “text ff fe” and “2,000 bytes of text”.',
      ],
    },
    {
      id: 'interrupt-yourself',
      title: 'Interrupt yourself',
      goals: [
        {
          id: 'pong-first',
          words:
            'get the pong to a ping of yours before the echo of a “Hello” that began before the ping',
          all: [
            {
              sequence: [
                { as: 'first', where: { ...fromRobot, 'data.opcode': 1, 'data.fin': false } },
                {
                  where: {
                    ...fromRobot,
                    'data.opcode': 9,
                    connection: { sameAs: 'first.connection' },
                  },
                },
                {
                  where: {
                    ...fromServer,
                    'data.opcode': 10,
                    connection: { sameAs: 'first.connection' },
                  },
                },
                {
                  where: {
                    kind: 'ws.message',
                    direction: 'down',
                    'data.text': 'Hello',
                    connection: { sameAs: 'first.connection' },
                  },
                },
              ],
            },
          ],
        },
      ],
      hints: [
        'A control frame may stand between two fragments, and is answered at once.',
        'Begin a message without ending it: FIN off.',
        'Send “Hel + ping + lo”.',
      ],
    },
    {
      id: 'two-readers',
      title: 'Two readers, two opinions',
      goals: [
        {
          id: 'ws-takes-it',
          words: 'find what RFC 6455 forbids and ws takes all the same',
          all: [
            {
              exists: {
                as: 'sent',
                where: { ...fromRobot, 'data.violations.0.closeCode': { present: true } },
              },
            },
            {
              exists: {
                where: {
                  kind: 'ws.message',
                  direction: 'down',
                  connection: { sameAs: 'sent.connection' },
                },
              },
            },
          ],
        },
      ],
      hints: [
        'ws closes on nearly all that the RFC forbids. What does it echo all the same?',
        'It is about how a number is written, not about which number.',
        'Send “a length of 5 in the 16-bit form”.',
      ],
    },
  ],
});
