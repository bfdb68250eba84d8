import { octetsFromHex, octetsFromLatin1 } from '#protocol/octets.ts';
import { applyMask } from '#protocol/websocket/masking.ts';
import { PREDICTABLE_KEY, type FramePlan } from './frame-plan.ts';

/** What the server may send back, in the words of the guess. */
export type Outcome = 'echo' | '1000' | '1002' | '1007' | '1009' | 'other';

export type Preset = {
  readonly id: string;
  /** For the list of choices. */
  readonly label: string;
  readonly frames: readonly FramePlan[];
};

const [CONTINUATION, TEXT, CLOSE, PING] = [0, 1, 8, 9] as const;

const text = (characters: string) => new TextEncoder().encode(characters);
const closeBody = (code: number, reason = '') =>
  new Uint8Array([code >> 8, code & 0xff, ...text(reason)]);
const letters = (length: number) => octetsFromLatin1('a'.repeat(length));

/** Masked with the key 01 02 03 04, this stands on the wire as an HTTP request. */
const disguised = applyMask(octetsFromLatin1('GET /x HTTP/1.1\r\n\r\n'), PREDICTABLE_KEY);

/** Most of them are the cases of the curriculum's table B.3, sent with a limit of 1,024 octets. */
export const presets: readonly Preset[] = [
  {
    id: 'hello',
    label: 'Hello, as it should be',
    frames: [{ opcode: TEXT, payload: text('Hello') }],
  },
  {
    id: 'unmasked',
    label: 'Hello, unmasked',
    frames: [{ opcode: TEXT, masking: 'none', payload: text('Hello') }],
  },
  {
    id: 'rsv1',
    label: 'RSV1 without an extension',
    frames: [{ opcode: TEXT, rsv1: true, payload: text('Hello') }],
  },
  { id: 'opcode-3', label: 'opcode 3', frames: [{ opcode: 3, payload: text('Hello') }] },
  {
    id: 'long-form',
    label: 'a length of 5 in the 16-bit form',
    frames: [{ opcode: TEXT, lengthForm: 16, payload: text('Hello') }],
  },
  {
    id: 'top-bit',
    label: 'a 64-bit length with its top bit set',
    frames: [{ opcode: TEXT, lengthForm: 64, topBit: true, payload: text('Hello') }],
  },
  {
    id: 'fragments',
    label: 'Hel + lo, two fragments',
    frames: [
      { opcode: TEXT, fin: false, payload: text('Hel') },
      { opcode: CONTINUATION, payload: text('lo') },
    ],
  },
  {
    id: 'ping-between',
    label: 'Hel + ping + lo',
    frames: [
      { opcode: TEXT, fin: false, payload: text('Hel') },
      { opcode: PING, payload: text('p') },
      { opcode: CONTINUATION, payload: text('lo') },
    ],
  },
  {
    id: 'continuation-first',
    label: 'a continuation of nothing',
    frames: [{ opcode: CONTINUATION, payload: text('lo') }],
  },
  {
    id: 'text-inside-text',
    label: 'a new text inside a text',
    frames: [
      { opcode: TEXT, fin: false, payload: text('Hel') },
      { opcode: TEXT, payload: text('lo') },
    ],
  },
  {
    id: 'ping-126',
    label: 'a ping of 126 bytes',
    frames: [{ opcode: PING, payload: letters(126) }],
  },
  {
    id: 'ping-fragment',
    label: 'a ping that is not finished',
    frames: [{ opcode: PING, fin: false, payload: text('p') }],
  },
  {
    id: 'half-euro',
    label: '€ cut in two fragments',
    frames: [
      { opcode: TEXT, fin: false, payload: octetsFromHex('e282') },
      { opcode: CONTINUATION, payload: octetsFromHex('ac') },
    ],
  },
  {
    id: 'lost-euro',
    label: '€ without its last byte',
    frames: [{ opcode: TEXT, payload: octetsFromHex('e282') }],
  },
  {
    id: 'not-utf8',
    label: 'text ff fe',
    frames: [{ opcode: TEXT, payload: octetsFromHex('fffe') }],
  },
  {
    id: 'too-big',
    label: '2,000 bytes of text',
    frames: [{ opcode: TEXT, payload: letters(2000) }],
  },
  {
    id: 'close-1000',
    label: 'close 1000 “bye”',
    frames: [{ opcode: CLOSE, payload: closeBody(1000, 'bye') }],
  },
  { id: 'close-1006', label: 'close 1006', frames: [{ opcode: CLOSE, payload: closeBody(1006) }] },
  { id: 'close-4999', label: 'close 4999', frames: [{ opcode: CLOSE, payload: closeBody(4999) }] },
  { id: 'close-5000', label: 'close 5000', frames: [{ opcode: CLOSE, payload: closeBody(5000) }] },
  {
    id: 'close-one-byte',
    label: 'a close with a body of 1 byte',
    frames: [{ opcode: CLOSE, payload: octetsFromHex('03') }],
  },
  {
    id: 'close-empty',
    label: 'a close without a code',
    frames: [{ opcode: CLOSE, payload: new Uint8Array(0) }],
  },
  {
    id: 'predictable-key',
    label: 'a disguised request, key 01 02 03 04',
    frames: [{ opcode: TEXT, masking: 'predictable', payload: disguised }],
  },
  {
    id: 'fresh-key',
    label: 'the same text, with a fresh key',
    frames: [{ opcode: TEXT, payload: disguised }],
  },
];

/** The preset of that id. */
export function presetOf(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id);
}
