/** What the frame that is taken apart by hand says. */
export const decodeWords = {
  labels: {
    'fin-opcode': 'FIN, opcode',
    'mask-length': 'MASK, length',
    'masking-key': 'masking key',
    payload: 'payload',
  },
  choose: 'Choose a name, then press the bytes that it fits',
  bytes: 'The bytes of the frame',
  tile: (place: number, hex: string, name = 'no name yet') => `Byte ${place}, ${hex}: ${name}`,
  begin: (left: number) => `${left} ${left === 1 ? 'byte has' : 'bytes have'} no name yet.`,
  judged: (right: number, all: number) => `${right} of ${all} are right. The others are marked.`,
  whole: 'All right. Now unmask the payload.',
  unmask: 'Payload ⊕ key, byte by byte: which letter is it?',
  sent: 'sent',
  key: '⊕ key',
  letter: '= letter',
  letterOf: (place: number) => `Letter ${place}`,
  letters: (right: number, all: number) => `${right} of ${all} letters.`,
  spelt: (word: string) => `${word}. You have read a frame as your browser does.`,
  answer: 'Show it to me',
} as const;
